import { NotFoundError, type Database } from '@plinth/common';
import { windowAt } from '../quota/quota-window.ts';
import { findMeterByKey } from '../meter/meter.store.ts';
import type { Meter } from '../meter/meter.ts';
import { isCountedBy } from '../usage/series.ts';
import { listAccountsAfter } from '../usage/usage-days.store.ts';
import type { UsageQuery } from '../usage/usage-query.ts';
import type { UsageService } from '../usage/usage.service.ts';
import type { ExportQuery } from './export.dto.ts';
import { RawJson, renderRows } from './export-format.ts';
import { exportStart, readEvents, type ExportedEvent, type ExportPosition } from './export.store.ts';

const EVENTS_PER_PAGE = 1000;
/** So many accounts have no more windows in a month than a query answers. */
const accountsPerQuery = { quarter_hour: 3, hour: 12, day: 300, month: 500 } as const;
const eventColumns = ['time', 'accountId', 'type', 'source', 'id', 'data', 'receivedAt'] as const;
const windowColumns = ['meter', 'accountId', 'from', 'to', 'quantity'] as const;

type Row<Columns extends readonly string[]> = Readonly<Record<Columns[number], string | RawJson>>;

/** Writes usage out. Reads page by page, each in a transaction of its own, so that memory stays flat. */
export class ExportService {
  readonly #database: Database;
  readonly #usage: UsageService;

  constructor(database: Database, usage: UsageService) {
    this.#database = database;
    this.#usage = usage;
  }

  /** The lines of an export, in chunks. Throws `NotFoundError` for an unknown meter before the first one. */
  async exportLines(tenantId: string, query: ExportQuery): Promise<AsyncIterable<string>> {
    const meter = query.meter === undefined ? undefined : await this.#getMeter(tenantId, query.meter);
    if (query.windowSize === undefined || meter === undefined)
      return renderRows(query.format, eventColumns, this.#events(tenantId, query, meter));
    const range: UsageQuery = {
      meter: meter.key,
      from: new Date(query.from),
      to: new Date(query.to),
      windowSize: query.windowSize,
      windowTimeZone: query.windowTimeZone,
      groupBy: ['accountId'],
    };
    // Asked once without accounts, so that faults of the query are told before the answer begins.
    await this.#usage.query(tenantId, { ...range, accountIds: [] });
    return renderRows(query.format, windowColumns, this.#windows(tenantId, range, query.accountId));
  }

  async #getMeter(tenantId: string, key: string): Promise<Meter> {
    const meter = await this.#database.transaction(tenantId, (transaction) => findMeterByKey(transaction, key));
    if (meter === undefined) throw new NotFoundError('meter', key);
    return meter;
  }

  async *#events(
    tenantId: string,
    query: ExportQuery,
    meter: Meter | undefined,
  ): AsyncIterable<Row<typeof eventColumns>[]> {
    const { accountId } = query;
    const range = { from: new Date(query.from), to: new Date(query.to), type: meter?.eventType, accountId };
    const isCounted = (data: string): boolean =>
      meter === undefined ||
      meter.filters.length === 0 ||
      isCountedBy(meter, JSON.parse(data) as Record<string, unknown>);
    for (let after: ExportPosition | undefined = exportStart; after !== undefined;) {
      const position: ExportPosition = after;
      const events: ExportedEvent[] = await this.#database.transaction(tenantId, (transaction) =>
        readEvents(transaction, range, position, EVENTS_PER_PAGE),
      );
      yield events
        .filter(({ data }) => isCounted(data))
        .map(({ hash: _, time, receivedAt, data, ...event }) => ({
          ...event,
          time: time.toISOString(),
          receivedAt: receivedAt.toISOString(),
          data: new RawJson(data),
        }));
      after = events.length < EVENTS_PER_PAGE ? undefined : events.at(-1);
    }
  }

  async *#windows(
    tenantId: string,
    range: UsageQuery,
    accountId: string | undefined,
  ): AsyncIterable<Row<typeof windowColumns>[]> {
    for await (const accountIds of this.#accounts(tenantId, accountId, accountsPerQuery[range.windowSize!])) {
      for (let { from } = range; from < range.to;) {
        // Every window ends where a month does, so that cutting there cuts none.
        const { end } = windowAt({ reset: 'month' }, range.windowTimeZone ?? 'UTC', from);
        const to = end === null || end > range.to ? range.to : end;
        const rows = await this.#usage.query(tenantId, { ...range, accountIds, from, to });
        yield rows.map((row) => ({
          meter: range.meter,
          accountId: row.values['accountId'] ?? '',
          from: row.from.toISOString(),
          to: row.to.toISOString(),
          quantity: row.quantity,
        }));
        from = to;
      }
    }
  }

  async *#accounts(tenantId: string, accountId: string | undefined, count: number): AsyncIterable<readonly string[]> {
    if (accountId !== undefined) {
      yield [accountId];
      return;
    }
    for (let after: string | undefined = exportStart.accountId; after !== undefined;) {
      const position: string = after;
      const ids: string[] = await this.#database.transaction(tenantId, (transaction) =>
        listAccountsAfter(transaction, position, count),
      );
      if (ids.length > 0) yield ids;
      after = ids.at(-1);
    }
  }
}
