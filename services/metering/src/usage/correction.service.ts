import {
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { findMeterByKey } from '../meter/meter.store.ts';
import { matchCounted, replaceSums, type Correction, type Countable, type EventRecord } from './correction.ts';
import * as store from './correction.store.ts';
import { listEvents } from './event-list.store.ts';
import { EventRetractedError } from './usage.errors.ts';
import { hashEvent, type UsageEvent } from './usage-event.ts';
import type { BuildingSeries } from './re-aggregation.store.ts';
import { findFault } from './series.ts';
import { listLateChanges, type LateChange } from './usage-changes.store.ts';
import type { UsageCounter } from './usage-counter.ts';
import { joinGeneration } from './usage.store.ts';
import { sumWindows, type Sums } from './usage-windows.ts';

/** Which event is wrong, and why. */
export interface CorrectionRequest {
  readonly source: string;
  readonly id: string;
  readonly accountId: string;
  /** When the event says that it happened; finds it faster. */
  readonly time: Date | undefined;
  readonly reason: string;
  readonly correctedBy: string;
}

/** Which events are listed: of an account in [from, to), and those alone that a meter counts where one is named. */
export interface EventQuery {
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
  /** Key of a meter. */
  readonly meter?: string | undefined;
  readonly oldestFirst?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const remade = new Set(['max', 'min', 'last', 'unique_count']);

/** Takes events back and gives them other data; what was counted of them follows in the same transaction. */
export class CorrectionService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #counter: UsageCounter;

  constructor(database: Database, clock: Clock, counter: UsageCounter) {
    this.#database = database;
    this.#clock = clock;
    this.#counter = counter;
  }

  /** Counts the event no more. It stays listed, as retracted, and its identity stays taken. */
  async retract(tenantId: string, request: CorrectionRequest): Promise<EventRecord> {
    return this.#correct(tenantId, request, undefined);
  }

  /** Gives the event other data. Its identity, account, type and time stay: to change those, retract it and send another. */
  async replace(tenantId: string, request: CorrectionRequest, data: UsageEvent['data']): Promise<EventRecord> {
    return this.#correct(tenantId, request, data);
  }

  async #correct(
    tenantId: string,
    request: CorrectionRequest,
    data: UsageEvent['data'] | undefined,
  ): Promise<EventRecord> {
    await this.#counter.load(tenantId);
    return this.#database.transaction(tenantId, async (transaction) => {
      await joinGeneration(transaction);
      const hash = hashEvent(request.source, request.id);
      const found = await store.lockEvent(transaction, { hash, accountId: request.accountId, time: request.time });
      if (found === undefined) throw new NotFoundError('usage event', `${request.source} ${request.id}`);
      if (found.retracted) throw new EventRetractedError(request.id);
      const event: EventRecord = { ...found, corrections: [] };
      const series = await store.lockSeries(transaction, event.type);
      await this.#recount(transaction, { event, series, data });
      const correction: Correction = {
        kind: data === undefined ? 'retracted' : 'replaced',
        reason: request.reason,
        previousData: event.data,
        correctedBy: request.correctedBy,
        correctedAt: this.#clock.now(),
      };
      const recordId = newId(correction.correctedAt.getTime());
      await store.insertCorrection(transaction, event, { ...correction, recordId });
      const [after] = await listEvents(transaction, {
        ...store.windowOf(event.time),
        accountId: event.accountId,
        hash,
      });
      transaction.audit({
        action: `usage_event.${correction.kind}`,
        resourceType: 'usage_event',
        resourceId: `${event.source} ${event.id}`,
        before: event,
        after,
      });
      return after ?? event;
    });
  }

  /** What the account's events say that they were, with their corrections: newest first unless asked otherwise. */
  async listEvents(tenantId: string, query: EventQuery): Promise<Page<EventRecord>> {
    const after = decodeCursor(query.cursor, z.tuple([z.number(), z.guid()]));
    return this.#database.transaction(tenantId, async (transaction) => {
      const meter = query.meter === undefined ? undefined : await findMeterByKey(transaction, query.meter);
      if (query.meter !== undefined && meter === undefined) throw new NotFoundError('meter', query.meter);
      const { limit, cursor: _, meter: __, ...range } = query;
      const found = { ...range, type: meter?.eventType, filters: meter?.filters, after, limit: limit + 1 };
      return toPage(
        await listEvents(transaction, found),
        limit,
        (event) => [event.time.getTime(), event.hash],
        (event) => event,
      );
    });
  }

  /** Days of which the usage changed a day or more later, in the order of their last change. */
  async listLateChanges(tenantId: string, after: number, limit: number): Promise<LateChange[]> {
    return this.#database.transaction(tenantId, (transaction) => listLateChanges(transaction, after, limit));
  }

  /** Takes what was counted of the event away, adds what is to be counted instead, and makes anew what cannot be added. */
  async #recount(
    transaction: Transaction,
    {
      event,
      series,
      data,
    }: { event: EventRecord; series: readonly BuildingSeries[]; data: UsageEvent['data'] | undefined },
  ): Promise<void> {
    const range = { accountId: event.accountId, type: event.type, ...store.windowOf(event.time) };
    const own = (all: readonly Countable[]): Countable => all.find((one) => sameHash(one, event)) as Countable;
    const counted = own(await store.readCountable(transaction, { ...range, from: event.time, to: after(event.time) }));
    const before = sumWindows([matchCounted(series, counted)]);
    const changed: Countable | undefined = data && { ...counted, event: { ...counted.event, data } };
    const sums: Sums = replaceSums(before, changed && sumWindows([matchCounted(series, changed)]));
    if (changed !== undefined) refuseFaults(series, changed);
    await store.updateEvent(transaction, event, data);
    await store.deleteSamples(transaction, before);
    await this.#counter.add(transaction, sums);
    if (sums.windows.length === 0 || !series.some(({ aggregation }) => remade.has(aggregation))) return;
    const rest = await store.readCountable(transaction, range);
    await store.remakeWindows(transaction, sums.windows, sumWindows(rest.map((one) => matchCounted(series, one))));
    const past = this.#counter.past();
    await store.remakeDays(
      transaction,
      sums.windows.filter(({ windowStart }) => windowStart < past),
    );
  }
}

function sameHash(one: Countable, event: EventRecord): boolean {
  return one.event.hash === event.hash.replaceAll('-', '');
}

/** The end of a range that holds a time alone: times are whole milliseconds. */
function after(time: Date): Date {
  return new Date(time.getTime() + 1);
}

function refuseFaults(series: readonly BuildingSeries[], { event, meterIds }: Countable): void {
  const faults = series
    .filter(({ meterId }) => meterIds.includes(meterId))
    .map((one) => findFault(one, event))
    .filter((fault) => fault !== undefined)
    .map((fault) => ({ path: '/data', message: fault }));
  if (faults.length > 0) throw new InvalidInputError(faults);
}
