import { Semaphore, type Database, type Transaction } from '@plinth/common';
import type { MeterService } from '../meter/meter.service.ts';
import type { CountingSeries } from '../meter/meter.ts';
import { findFault } from './series.ts';
import { IngestionBusyError } from './usage.errors.ts';
import type { UsageEvent } from './usage-event.ts';
import * as store from './usage.store.ts';
import type { UsageCounter } from './usage-counter.ts';
import { sumWindows, type MatchedEvent } from './usage-windows.ts';

/** An event of a known account, checked against what counted in a generation. */
export interface CheckedEvent {
  readonly event: UsageEvent;
  readonly accountId: string;
  readonly generation: number;
  /** Whether anything counted events of the type then. */
  readonly hasMeter: boolean;
}

/** An event as it goes into the database: of an account, or kept until there is one. */
export type IncomingEvent = CheckedEvent | store.UnmatchedEvent;

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
  readonly #meters: MeterService;
  readonly #counter: UsageCounter;
  readonly #queues = new Map<string, TenantQueue>();
  readonly #months = new Set<string>();
  readonly #slots = new Semaphore(WRITERS);
  #waiting = 0;

  constructor(database: Database, meters: MeterService, counter: UsageCounter) {
    this.#database = database;
    this.#meters = meters;
    this.#counter = counter;
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
  async replay(tenantId: string, events: readonly IncomingEvent[]): Promise<number> {
    if (events.length === 0) return 0;
    await this.#ensurePartitions(events);
    return this.#inGeneration(tenantId, async (transaction, { generation, series }) => {
      if ((await store.joinGeneration(transaction)) !== generation) throw new GenerationOverError();
      const taken = await store.removeUnmatched(
        transaction,
        events.map(({ event }) => event.hash),
      );
      const mine = events.filter(({ event }) => taken.has(event.hash)).map(matchWith({ generation, series }));
      const matched = mine.filter(isMatched);
      await this.#store(transaction, matched, generation);
      await store.insertUnmatched(transaction, mine.filter(isUnmatched));
      return matched.length;
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
    const known = await this.#inGeneration(tenantId, async (transaction, { generation, series }) => {
      const claimed = await store.claimEvents(transaction, hashes);
      if (claimed.generation !== generation) throw new GenerationOverError();
      const match = matchWith({ generation, series });
      const fresh = shares.flatMap(({ events }) => withoutDuplicates(events, claimed.duplicates)).map(match);
      await this.#store(transaction, fresh.filter(isMatched), generation);
      const unmatched = fresh.filter(isUnmatched);
      await store.insertUnmatched(transaction, unmatched);
      return { duplicates: claimed.duplicates, unmatched: new Set(unmatched.map(({ event }) => event.hash)) };
    });
    for (const { owner, events } of shares) {
      const fresh = withoutDuplicates(events, known.duplicates);
      const unmatched =
        known.unmatched.size === 0 ? 0 : fresh.filter(({ event }) => known.unmatched.has(event.hash)).length;
      owner.resolve({ accepted: fresh.length, unmatched });
    }
  }

  /** Runs `work` with what counts; again when that changed before `work` could join the generation. */
  async #inGeneration<Result>(
    tenantId: string,
    work: (transaction: Transaction, counting: CountingSeries) => Promise<Result>,
  ): Promise<Result> {
    for (let fresh = false; ; fresh = true) {
      const counting = await this.#meters.listCounting(tenantId, fresh);
      try {
        return await this.#database.transaction(tenantId, (transaction) => work(transaction, counting));
      } catch (error) {
        if (!(error instanceof GenerationOverError)) throw error;
      }
    }
  }

  async #store(transaction: Transaction, events: readonly MatchedEvent[], generation: number): Promise<void> {
    await Promise.all([
      store.insertEvents(transaction, events, generation),
      this.#counter.add(transaction, sumWindows(events)),
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

function isMatched(event: MatchedEvent | store.UnmatchedEvent): event is MatchedEvent {
  return 'series' in event;
}

function isUnmatched(event: MatchedEvent | store.UnmatchedEvent): event is store.UnmatchedEvent {
  return !isMatched(event);
}

/** Matches events with the series that count now. What was begun since an event was checked counts it only if it can. */
function matchWith(counting: CountingSeries): (event: IncomingEvent) => MatchedEvent | store.UnmatchedEvent {
  const byType = Map.groupBy(counting.series, ({ eventType }) => eventType);
  return (incoming) => {
    if ('reason' in incoming) return incoming;
    const { event, accountId } = incoming;
    const ofType = byType.get(event.type);
    if (ofType === undefined) return { event, reason: noMeterReason(event) };
    const isChecked = incoming.generation === counting.generation;
    const series = isChecked ? ofType : ofType.filter((one) => findFault(one, event) === undefined);
    return { event, accountId, series };
  };
}

/** Why an event of an account stays unmatched. */
export function noMeterReason({ type }: UsageEvent): string {
  return `no meter counts events of type ${type}`;
}

/** The tenant's meters have changed between the matching and the writing of events. */
class GenerationOverError extends Error {}

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
