import { Semaphore, type Clock, type Database, type Transaction } from '@plinth/common';
import { PAST_AFTER_MS } from './day-roll-up.ts';
import { addToDays } from './usage-days.store.ts';
import { IngestionBusyError } from './usage.errors.ts';
import type { UsageEvent } from './usage-event.ts';
import * as store from './usage.store.ts';
import { sumWindows, type MatchedEvent } from './usage-windows.ts';

/** An event as it goes into the database: counted, or kept until something counts it. */
export type IncomingEvent = MatchedEvent | store.UnmatchedEvent;

/** How many of the events were new, and how many of those nothing counts yet. */
export interface WriteResult {
  readonly accepted: number;
  readonly unmatched: number;
}

interface Waiting {
  readonly events: readonly IncomingEvent[];
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: unknown) => void;
}

interface TenantQueue {
  readonly waiting: Waiting[];
  writers: number;
}

/** Enough to share a commit, and few enough that the next transaction has its events before this one is done. */
const EVENTS_PER_TRANSACTION = 1200;
const MOST_WAITING = 100_000;
/** While one transaction adds to the windows and commits, the next ones can already store their events. */
const WRITERS_PER_TENANT = 3;
/** Of all tenants together: other requests need connections too. */
const WRITERS = 6;

/**
 * Writes events in few transactions: while some commit, the batches that come in are collected for the next. A batch
 * is answered after the commit that holds it. Few transactions write at a time for a tenant, because they wait for
 * each other at the windows that they share.
 */
export class UsageWriter {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #queues = new Map<string, TenantQueue>();
  readonly #months = new Set<string>();
  readonly #slots = new Semaphore(WRITERS);
  #waiting = 0;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async write(tenantId: string, events: readonly IncomingEvent[]): Promise<WriteResult> {
    if (this.#waiting + events.length > MOST_WAITING) throw new IngestionBusyError();
    await this.#ensurePartitions(events);
    this.#waiting += events.length;
    return new Promise((resolve, reject) => {
      let queue = this.#queues.get(tenantId);
      if (queue === undefined) this.#queues.set(tenantId, (queue = { waiting: [], writers: 0 }));
      queue.waiting.push({ events, resolve, reject });
      if (queue.writers < WRITERS_PER_TENANT) void this.#drain(tenantId, queue);
    });
  }

  /** Counts events that had been kept unmatched; those that another replay took meanwhile are left out. */
  async replay(tenantId: string, events: readonly MatchedEvent[]): Promise<number> {
    await this.#ensurePartitions(events);
    return this.#database.transaction(tenantId, async (transaction) => {
      const taken = await store.removeUnmatched(
        transaction,
        events.map(({ event }) => event.hash),
      );
      const mine = events.filter(({ event }) => taken.has(event.hash));
      await this.#count(transaction, mine);
      return mine.length;
    });
  }

  async #drain(tenantId: string, queue: TenantQueue): Promise<void> {
    queue.writers += 1;
    while (queue.waiting.length > 0) {
      await this.#slots.run(async () => {
        const round = takeRound(queue.waiting);
        try {
          await this.#writeRound(tenantId, round);
        } catch (error) {
          for (const entry of round) entry.reject(error);
        }
        for (const { events } of round) this.#waiting -= events.length;
      });
    }
    queue.writers -= 1;
    if (queue.writers === 0) this.#queues.delete(tenantId);
  }

  async #writeRound(tenantId: string, round: readonly Waiting[]): Promise<void> {
    if (round.length === 0) return;
    const seen = new Set<string>();
    const shares = round.map((owner) => ({
      owner,
      events: owner.events.filter(({ event }) => seen.size < seen.add(event.hash).size),
    }));
    // Sorted, so that two transactions that write the same events wait for each other instead of deadlocking.
    const hashes = [...seen].sort();
    const known = await this.#database.transaction(tenantId, async (transaction) => {
      const duplicates = await store.claimEvents(transaction, hashes);
      const fresh = shares.flatMap(({ events }) => withoutDuplicates(events, duplicates));
      await this.#count(transaction, fresh.filter(isMatched));
      await store.insertUnmatched(
        transaction,
        fresh.filter((event): event is store.UnmatchedEvent => !isMatched(event)),
      );
      return duplicates;
    });
    for (const { owner, events } of shares) {
      const fresh = withoutDuplicates(events, known);
      owner.resolve({ accepted: fresh.length, unmatched: fresh.filter((event) => !isMatched(event)).length });
    }
  }

  async #count(transaction: Transaction, events: readonly MatchedEvent[]): Promise<void> {
    const { windows, uniques } = sumWindows(events);
    const past = this.#clock.now().getTime() - PAST_AFTER_MS;
    await Promise.all([
      store.insertEvents(transaction, events),
      store.addToWindows(transaction, windows),
      store.addUniqueValues(transaction, uniques),
      addToDays(
        transaction,
        windows.filter(({ windowStart }) => windowStart < past),
      ),
    ]);
  }

  /** Months get their partitions before the transaction that needs them, each once in a process. */
  async #ensurePartitions(events: readonly IncomingEvent[]): Promise<void> {
    for (const { event } of events) {
      const month = monthOf(event);
      if (this.#months.has(month)) continue;
      await this.#database.platformTransaction((transaction) => store.ensurePartition(transaction, month));
      this.#months.add(month);
    }
  }
}

/** As many batches as one transaction takes, and at least one. */
function takeRound(waiting: Waiting[]): Waiting[] {
  let [batches, size] = [0, 0];
  for (const { events } of waiting) {
    if (batches > 0 && size + events.length > EVENTS_PER_TRANSACTION) break;
    batches += 1;
    size += events.length;
  }
  return waiting.splice(0, batches);
}

function isMatched(event: IncomingEvent): event is MatchedEvent {
  return 'meters' in event;
}

function withoutDuplicates(
  events: readonly IncomingEvent[],
  duplicates: ReadonlySet<string>,
): readonly IncomingEvent[] {
  return duplicates.size === 0 ? events : events.filter(({ event }) => !duplicates.has(event.hash));
}

const monthNames = new Map<number, string>();

function monthOf(event: UsageEvent): string {
  const day = Math.floor(event.time / 86_400_000);
  let name = monthNames.get(day);
  if (name === undefined) {
    name = `${new Date(event.time).toISOString().slice(0, 7)}-01`;
    if (monthNames.size > 10_000) monthNames.clear();
    monthNames.set(day, name);
  }
  return name;
}
