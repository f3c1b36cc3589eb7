import type { Database } from '@plinth/common';
import { IngestionBusyError } from './usage.errors.ts';
import type { UsageEvent } from './usage-event.ts';
import * as store from './usage.store.ts';
import { sumWindows, type MatchedEvent } from './usage-windows.ts';

/** An event as it goes into the database: counted, or kept until something counts it. */
export type IncomingEvent = MatchedEvent | store.UnmatchedEvent;

interface Waiting {
  readonly events: readonly IncomingEvent[];
  readonly resolve: (fresh: ReadonlySet<string>) => void;
  readonly reject: (error: unknown) => void;
}

const EVENTS_PER_TRANSACTION = 5000;
const MOST_WAITING = 100_000;

/**
 * Writes events in few transactions: while one commits, the batches that come in are collected for the next. A
 * batch is answered after the commit that holds it. One transaction writes at a time for a tenant, so windows are
 * never fought over within a process.
 */
export class UsageWriter {
  readonly #database: Database;
  readonly #queues = new Map<string, Waiting[]>();
  readonly #months = new Set<string>();
  #waiting = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Gives the hashes of the events that were new; the others had been counted before. */
  async write(tenantId: string, events: readonly IncomingEvent[]): Promise<ReadonlySet<string>> {
    if (this.#waiting + events.length > MOST_WAITING) throw new IngestionBusyError();
    await this.#ensurePartitions(events);
    this.#waiting += events.length;
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(tenantId);
      const entry = { events, resolve, reject };
      if (queue !== undefined) queue.push(entry);
      else {
        this.#queues.set(tenantId, [entry]);
        void this.#drain(tenantId);
      }
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

  async #drain(tenantId: string): Promise<void> {
    const queue = this.#queues.get(tenantId) ?? [];
    while (queue.length > 0) {
      const round: Waiting[] = [];
      let size = 0;
      while (
        queue.length > 0 &&
        (round.length === 0 || size + (queue[0]?.events.length ?? 0) <= EVENTS_PER_TRANSACTION)
      ) {
        const next = queue.shift() as Waiting;
        round.push(next);
        size += next.events.length;
      }
      try {
        await this.#writeRound(tenantId, round);
      } catch (error) {
        for (const entry of round) entry.reject(error);
      }
      this.#waiting -= size;
    }
    this.#queues.delete(tenantId);
  }

  async #writeRound(tenantId: string, round: readonly Waiting[]): Promise<void> {
    const distinct = new Map<string, { incoming: IncomingEvent; owner: Waiting }>();
    for (const owner of round)
      for (const incoming of owner.events)
        if (!distinct.has(incoming.event.hash)) distinct.set(incoming.event.hash, { incoming, owner });
    // Sorted, so that two processes that write the same events wait for each other instead of deadlocking.
    const hashes = [...distinct.keys()].sort();
    const fresh = await this.#database.transaction(tenantId, async (transaction) => {
      const claimed = await store.claimEvents(transaction, hashes);
      const incoming = [...distinct.values()]
        .filter(({ incoming: { event } }) => claimed.has(event.hash))
        .map((entry) => entry.incoming);
      await this.#count(
        transaction,
        incoming.filter((event): event is MatchedEvent => 'meters' in event),
      );
      await store.insertUnmatched(
        transaction,
        incoming.filter((event): event is store.UnmatchedEvent => 'reason' in event),
      );
      return claimed;
    });
    for (const owner of round) {
      const own = new Set(
        owner.events
          .map(({ event }) => event.hash)
          .filter((hash) => fresh.has(hash) && distinct.get(hash)?.owner === owner),
      );
      owner.resolve(own);
    }
  }

  async #count(transaction: Parameters<typeof store.insertEvents>[0], events: readonly MatchedEvent[]): Promise<void> {
    const { windows, uniques } = sumWindows(events);
    await Promise.all([
      store.insertEvents(transaction, events),
      store.addToWindows(transaction, windows),
      store.addUniqueValues(transaction, uniques),
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
