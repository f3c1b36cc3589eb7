import type { UsageRequest } from '@plinth/contracts';
import { InvalidInputError, NotFoundError, type Database, type TenantClock, type Transaction } from '@plinth/common';
import type { Meter } from '../meter/meter.ts';
import { findMeterByKey } from '../meter/meter.store.ts';
import type { UsageQuery, UsageRow } from './usage-query.ts';
import { queryUsage } from './usage-query.store.ts';
import { WINDOW_MS } from './usage-windows.ts';

const MOST_ROWS = 10_000;

/** Usage of one group, as the contract tells it. */
export interface GroupedQuantity {
  readonly values: Record<string, string>;
  readonly quantity: string;
}

/** Usage by groups, or why it cannot be told. */
export type GroupedAnswer = GroupedQuantity[] | { readonly problem: string };

/** Usage of a meter. */
export interface MeterUsage extends Pick<Meter, 'aggregation' | 'unit'> {
  readonly rows: readonly UsageRow[];
}

/** Reads usage as time series and by dimensions. */
export class UsageQueryService {
  readonly #database: Database;
  readonly #clock: TenantClock;

  constructor(database: Database, clock: TenantClock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** See `UsageService.query`. */
  async query(tenantId: string, query: UsageQuery): Promise<MeterUsage> {
    const now = await this.#clock.nowOf(tenantId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const meter = await findMeterByKey(transaction, query.meter);
      if (meter === undefined) throw new NotFoundError('meter', query.meter);
      const { aggregation, unit } = meter;
      return { aggregation, unit, rows: await this.#read(transaction, meter, query, now) };
    });
  }

  /**
   * Quantities by the values of dimensions, in the order of the requests; nothing for meters that do not exist, and the
   * problem of a request that cannot be answered.
   */
  async listGroupedQuantities(
    tenantId: string,
    requests: readonly (UsageRequest & { readonly groupBy: readonly string[] })[],
  ): Promise<GroupedAnswer[]> {
    const now = await this.#clock.nowOf(tenantId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const answers: GroupedAnswer[] = [];
      const meters = new Map<string, Meter | undefined>();
      for (const { accountId, meter: key, from, to, groupBy } of requests) {
        if (!meters.has(key)) meters.set(key, await findMeterByKey(transaction, key));
        const meter = meters.get(key);
        const query = { meter: key, accountIds: [accountId], from: new Date(from), to: new Date(to), groupBy };
        answers.push(meter === undefined ? [] : await this.#readGroups(transaction, meter, query, now));
      }
      return answers;
    });
  }

  async #readGroups(transaction: Transaction, meter: Meter, query: UsageQuery, now: Date): Promise<GroupedAnswer> {
    try {
      const rows = await this.#read(transaction, meter, query, now);
      return rows.map(({ values, quantity }) => ({ values: { ...values }, quantity }));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return { problem: (error.faults ?? []).map(({ message }) => message).join('; ') };
    }
  }

  async #read(transaction: Transaction, meter: Meter, query: UsageQuery, now: Date): Promise<UsageRow[]> {
    const faults = findQueryFaults(meter, query);
    if (faults.length > 0) throw new InvalidInputError(faults);
    const rows = await queryUsage(transaction, meter, { ...query, now, limit: MOST_ROWS + 1 });
    if (rows.length > MOST_ROWS)
      throw new InvalidInputError([
        { path: '/to', message: `the answer has more than ${MOST_ROWS} rows: ask for less, or in larger windows` },
      ]);
    return rows;
  }
}

function findQueryFaults(meter: Meter, query: UsageQuery): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  for (const edge of ['from', 'to'] as const)
    if (query[edge].getTime() % WINDOW_MS !== 0)
      faults.push({ path: `/${edge}`, message: 'must lie on a quarter of an hour' });
  if (query.from >= query.to) faults.push({ path: '/to', message: 'must be after from' });
  const known = new Set([...meter.dimensions, 'accountId']);
  for (const name of query.groupBy ?? [])
    if (!known.has(name)) faults.push({ path: '/groupBy', message: dimensionFault(meter, name) });
  for (const name of Object.keys(query.filter ?? {}))
    if (!meter.dimensions.includes(name))
      faults.push({ path: `/filter/${name}`, message: dimensionFault(meter, name) });
  if (query.windowTimeZone !== undefined && !isTimeZone(query.windowTimeZone))
    faults.push({ path: '/windowTimeZone', message: 'is no IANA time zone' });
  return faults;
}

function dimensionFault(meter: Meter, name: string): string {
  const known = meter.dimensions.length === 0 ? 'it has none' : `it has ${meter.dimensions.join(', ')}`;
  return `"${name}" is no dimension of the meter ${meter.key}: ${known}`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
