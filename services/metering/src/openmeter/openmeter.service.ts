import type { accountContract, ContractFunctions } from '@plinth/contracts';
import { InvalidInputError, NotFoundError } from '@plinth/common';
import type { Meter } from '../meter/meter.ts';
import type { MeterService } from '../meter/meter.service.ts';
import { pickDeciding } from '../quota/quota.ts';
import type { QuotaStateService } from '../quota/quota-state.service.ts';
import type { UsageQuery } from '../usage/usage-query.ts';
import type { UsageService } from '../usage/usage.service.ts';
import type { MeterQuery } from './openmeter.dto.ts';
import {
  toEntitlementValue,
  toOpenMeterMeter,
  toOpenMeterRow,
  windowSizes,
  type OpenMeterEntitlementValue,
  type OpenMeterMeter,
  type OpenMeterRow,
} from './openmeter.ts';

const QUARTER_HOUR_MS = 900_000;
const METERS_PER_PAGE = 200;
const BEGINNING = '2000-01-01T00:00:00Z';

/** Answers clients of the OpenMeter API from meters, usage and quotas. */
export class OpenMeterService {
  readonly #meters: MeterService;
  readonly #usage: UsageService;
  readonly #quotas: QuotaStateService;
  readonly #accounts: ContractFunctions<typeof accountContract>;

  constructor(
    meters: MeterService,
    usage: UsageService,
    quotas: QuotaStateService,
    accounts: ContractFunctions<typeof accountContract>,
  ) {
    this.#meters = meters;
    this.#usage = usage;
    this.#quotas = quotas;
    this.#accounts = accounts;
  }

  /** Throws `InvalidInputError` with the place of each event that is refused; the others are counted all the same. */
  async ingest(tenantId: string, body: unknown): Promise<void> {
    const { rejected } = await this.#usage.ingest(tenantId, Array.isArray(body) ? body : [body]);
    if (rejected.length > 0)
      throw new InvalidInputError(rejected.map(({ index, reason }) => ({ path: `/${index}`, message: reason })));
  }

  async listMeters(tenantId: string): Promise<OpenMeterMeter[]> {
    return (await this.#listActive(tenantId)).flatMap((meter) => toOpenMeterMeter(meter) ?? []);
  }

  async getMeter(tenantId: string, idOrSlug: string): Promise<OpenMeterMeter> {
    const meter = toOpenMeterMeter(await this.#findMeter(tenantId, idOrSlug));
    if (meter === undefined) throw new NotFoundError('meter', idOrSlug);
    return meter;
  }

  async query(
    tenantId: string,
    idOrSlug: string,
    query: MeterQuery,
  ): Promise<{ from: string; to: string; data: OpenMeterRow[] }> {
    const meter = await this.#findMeter(tenantId, idOrSlug);
    const from = new Date(Math.floor(Date.parse(query.from ?? BEGINNING) / QUARTER_HOUR_MS) * QUARTER_HOUR_MS);
    const to =
      query.to === undefined
        ? await this.#usage.currentWindowEnd(tenantId)
        : new Date(Math.ceil(Date.parse(query.to) / QUARTER_HOUR_MS) * QUARTER_HOUR_MS);
    const accountIds = await this.#findAccountIds(tenantId, query);
    const groupBy = (query.groupBy ?? []).map((name) => (name === 'subject' ? 'accountId' : name));
    const asked: UsageQuery = {
      meter: meter.key,
      from,
      to,
      accountIds,
      groupBy,
      windowSize: query.windowSize === undefined ? undefined : windowSizes[query.windowSize],
      windowTimeZone: query.windowTimeZone,
      filter: parseFilter(query),
    };
    const rows = await this.#usage.query(tenantId, asked);
    const ids = new Set(rows.flatMap(({ values }) => values['accountId'] ?? []));
    const keys = ids.size === 0 ? [] : await this.#accounts.listAccountsByIds({ tenantId, ids: [...ids] });
    const keyById = new Map(keys.map(({ id, key }) => [id, key]));
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      data: rows.map((row) => toOpenMeterRow(row, keyById)),
    };
  }

  /** Throws `NotFoundError` for an account that does not exist, and where it has no quota of that feature or meter. */
  async getEntitlementValue(tenantId: string, account: string, feature: string): Promise<OpenMeterEntitlementValue> {
    const [found] = await this.#accounts.resolveAccounts({ tenantId, keys: [account] });
    if (found === undefined) throw new NotFoundError('account', account);
    const states = (await this.#quotas.list(tenantId, found.accountId)).filter(({ quota }) =>
      quota.feature === null ? quota.meter === feature : quota.feature === feature,
    );
    const deciding = pickDeciding(states, '0');
    if (deciding === undefined) throw new NotFoundError('entitlement', feature);
    return toEntitlementValue(deciding);
  }

  async #findMeter(tenantId: string, idOrSlug: string): Promise<Meter> {
    const meter = (await this.#listActive(tenantId)).find(({ id, key }) => id === idOrSlug || key === idOrSlug);
    if (meter === undefined) throw new NotFoundError('meter', idOrSlug);
    return meter;
  }

  async #listActive(tenantId: string): Promise<Meter[]> {
    const meters: Meter[] = [];
    for (let cursor: string | undefined; ;) {
      const page: Awaited<ReturnType<MeterService['list']>> = await this.#meters.list(
        tenantId,
        METERS_PER_PAGE,
        cursor,
      );
      meters.push(...page.data.filter(({ archived }) => !archived));
      if (page.nextCursor === null) return meters;
      cursor = page.nextCursor;
    }
  }

  /** Undefined: all. Subjects that name no account have no usage; an account must be among both where both are asked. */
  async #findAccountIds(tenantId: string, query: MeterQuery): Promise<string[] | undefined> {
    const asked = [query.subject, query.filterCustomerId].filter((keys) => keys !== undefined);
    if (asked.length === 0) return undefined;
    const found = await this.#accounts.resolveAccounts({ tenantId, keys: [...new Set(asked.flat())] });
    const isAmong = (keys: readonly string[], id: string): boolean =>
      found.some(({ key, accountId }) => accountId === id && keys.includes(key));
    const ids = new Set(found.map(({ accountId }) => accountId));
    return [...ids].filter((id) => asked.every((keys) => isAmong(keys, id)));
  }
}

/** The values of `filterGroupBy[name]`; anything else that the operation does not know is refused. */
function parseFilter(query: MeterQuery): Record<string, string[]> {
  const known = new Set([
    'clientId',
    'from',
    'to',
    'windowSize',
    'windowTimeZone',
    'subject',
    'filterCustomerId',
    'groupBy',
  ]);
  const filter: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(query)) {
    if (known.has(name)) continue;
    const dimension = /^filterGroupBy\[([^[\]]+)\]$/.exec(name)?.[1];
    if (dimension === undefined)
      throw new InvalidInputError([{ path: `/query/${name}`, message: 'is not a known field' }]);
    filter[dimension] = [String(value)];
  }
  return filter;
}
