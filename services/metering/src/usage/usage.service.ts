import type { UsageRequest } from '@plinth/contracts';
import { InvalidInputError, type Database, type TenantClock } from '@plinth/common';
import type { MeterService } from '../meter/meter.service.ts';
import type { AccountResolver } from './account-resolver.ts';
import { parseUsageEvent, type UsageEvent } from './usage-event.ts';
import type { UsageQuery, UsageRow } from './usage-query.ts';
import { UsageQueryService, type GroupedAnswer, type MeterUsage } from './usage-query.service.ts';
import * as store from './usage.store.ts';
import { RejectionService } from './rejection.service.ts';
import { findFault } from './series.ts';
import { UnmatchedService, type Matcher } from './unmatched.service.ts';
import { UsageCounter } from './usage-counter.ts';
import { WINDOW_MS } from './usage-windows.ts';
import { noMeterReason, UsageWriter, type IncomingEvent } from './usage-writer.ts';

export interface IngestionResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly unmatched: number;
  readonly rejected: { index: number; id: string | null; reason: string }[];
}

export interface AccountUsage {
  readonly meter: string;
  readonly aggregation: string;
  readonly unit: string | null;
  readonly quantity: string;
}

/** Takes usage in and tells how much there was. */
export class UsageService {
  readonly #database: Database;
  readonly #meters: MeterService;
  readonly #accounts: AccountResolver;
  readonly #clock: TenantClock;
  readonly #writer: UsageWriter;
  readonly #queries: UsageQueryService;
  readonly #rejections: RejectionService;
  readonly #unmatched: UnmatchedService;

  constructor(database: Database, meters: MeterService, accounts: AccountResolver, clock: TenantClock) {
    this.#database = database;
    this.#meters = meters;
    this.#accounts = accounts;
    this.#clock = clock;
    this.#writer = new UsageWriter(database, meters, new UsageCounter(clock));
    this.#queries = new UsageQueryService(database, clock);
    this.#rejections = new RejectionService(database, { now: () => clock.processNow() });
    const match: Matcher = (tenantId, events) => this.#matcher(tenantId, events);
    this.#unmatched = new UnmatchedService({ database, clock, writer: this.#writer, match });
  }

  /** Ingests events; each is accepted, a duplicate, or refused with a reason. Refused ones are kept to be looked at. */
  async ingest(tenantId: string, values: readonly unknown[]): Promise<IngestionResult> {
    const result = await this.#ingest(tenantId, values);
    if (result.rejected.length > 0)
      await this.#rejections.record(
        tenantId,
        result.rejected.map(({ index, reason }) => ({ event: values[index], reason })),
      );
    return result;
  }

  /** Ingests a refused event again, corrected where `event` is given. */
  async resend(tenantId: string, rejectedId: string, event: unknown): Promise<IngestionResult> {
    const ingest = (values: readonly unknown[]): Promise<IngestionResult> => this.#ingest(tenantId, values);
    return this.#rejections.resend(tenantId, rejectedId, { event, ingest });
  }

  async #ingest(tenantId: string, values: readonly unknown[]): Promise<IngestionResult> {
    const now = (await this.#clock.nowOf(tenantId)).getTime();
    const rejected: IngestionResult['rejected'] = [];
    const parsed: { index: number; event: UsageEvent }[] = [];
    for (const [index, value] of values.entries()) {
      const event = parseUsageEvent(value, now);
      if (typeof event === 'string') rejected.push({ index, id: idOf(value), reason: event });
      else parsed.push({ index, event });
    }
    const match = await this.#matcher(
      tenantId,
      parsed.map(({ event }) => event),
    );
    const incoming: IncomingEvent[] = [];
    for (const { index, event } of parsed) {
      const matched = match(event);
      if (typeof matched === 'object') incoming.push(matched);
      else rejected.push({ index, id: event.id, reason: matched });
    }
    const { accepted, unmatched } =
      incoming.length === 0 ? { accepted: 0, unmatched: 0 } : await this.#writer.write(tenantId, incoming);
    return {
      accepted,
      duplicates: incoming.length - accepted,
      unmatched,
      rejected: rejected.sort((left, right) => left.index - right.index),
    };
  }

  /** Usage of an account by meter in [from, to), which lie on quarters of an hour; one round trip. */
  async listUsage(
    tenantId: string,
    accountId: string,
    from: Date,
    to: Date,
    meter: string | undefined,
  ): Promise<AccountUsage[]> {
    const now = await this.#clock.nowOf(tenantId);
    return this.#database.read<AccountUsage>(tenantId, 'metering.current_usage', store.currentUsageSql, [
      accountId,
      from,
      to,
      meter ?? null,
      now,
    ]);
  }

  /**
   * One meter's usage, as a time series and by dimensions where asked for. Throws `NotFoundError` for an unknown meter
   * and `InvalidInputError` for a range off the quarters of an hour, a zone or a dimension that does not exist, or more than 10,000 rows.
   */
  async query(tenantId: string, query: UsageQuery): Promise<readonly UsageRow[]> {
    return (await this.queryMeter(tenantId, query)).rows;
  }

  /** The same with what the meter is. */
  async queryMeter(tenantId: string, query: UsageQuery): Promise<MeterUsage> {
    return this.#queries.query(tenantId, query);
  }

  /** See `UsageQueryService.listGroupedQuantities`. */
  async listGroupedQuantities(
    tenantId: string,
    requests: Parameters<UsageQueryService['listGroupedQuantities']>[1],
  ): Promise<GroupedAnswer[]> {
    return this.#queries.listGroupedQuantities(tenantId, requests);
  }

  /** The end of the window that runs at this moment of the tenant's time. */
  async currentWindowEnd(tenantId: string): Promise<Date> {
    const now = await this.#clock.nowOf(tenantId);
    return new Date((Math.floor(now.getTime() / WINDOW_MS) + 1) * WINDOW_MS);
  }

  /** Whether the tenant is a sandbox that stopped its time. */
  async hasOwnTime(tenantId: string): Promise<boolean> {
    return this.#clock.isStopped(tenantId);
  }

  /** `now`: the tenant's time, where the caller has it; needed in a transaction, from which nobody else is asked. */
  async listQuantities(tenantId: string, requests: readonly UsageRequest[], now?: Date): Promise<string[]> {
    if (requests.length === 0) return [];
    const faults = requests.flatMap(({ from, to }, index) =>
      Date.parse(from) % WINDOW_MS === 0 && Date.parse(to) % WINDOW_MS === 0
        ? []
        : [{ path: `/requests/${index}`, message: 'must begin and end on a quarter of an hour' }],
    );
    if (faults.length > 0) throw new InvalidInputError(faults);
    const at = now ?? (await this.#clock.nowOf(tenantId));
    return this.#database.transaction(tenantId, (transaction) => store.listQuantities(transaction, requests, at));
  }

  get rejections(): RejectionService {
    return this.#rejections;
  }

  get unmatched(): UnmatchedService {
    return this.#unmatched;
  }

  /** Matches events with their accounts; gives the reason where a meter of the type cannot count the event. */
  async #matcher(
    tenantId: string,
    events: readonly UsageEvent[],
  ): Promise<(event: UsageEvent) => IncomingEvent | string> {
    if (events.length === 0) return (event) => ({ event, reason: '' });
    const { generation, series } = await this.#meters.listCounting(tenantId);
    const byType = Map.groupBy(series, ({ eventType }) => eventType);
    const accounts = await this.#accounts.resolve(
      tenantId,
      events.map((event) => event.subject),
    );
    return (event) => {
      const counting = byType.get(event.type);
      for (const one of counting ?? []) {
        const fault = findFault(one, event);
        if (fault !== undefined) return fault;
      }
      const accountId = accounts.get(event.subject);
      if (accountId !== undefined) return { event, accountId, generation, hasMeter: counting !== undefined };
      return {
        event,
        reason: counting === undefined ? noMeterReason(event) : 'no account has the subject as its key or id',
      };
    };
  }
}

function idOf(value: unknown): string | null {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 512) : null;
}
