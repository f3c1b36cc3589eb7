import type { ContractFunctions, meteringContract } from '@plinth/contracts';
import { InvalidInputError, type Clock, type Database, type Transaction } from '@plinth/common';
import { exact } from '../money/exact-decimal.ts';
import { listPlanVersions } from '../subscription/plan-version.store.ts';
import { monthlyValueOf } from './monthly-value.ts';
import { toChurn, toCohortMonths, toMrrMonths, type ChurnMonth, type CohortMonth, type MrrMonth } from './mrr.ts';
import * as mrr from './mrr.store.ts';
import { listReceivables, type AgedReceivable } from './receivables.store.ts';
import { toSchedule, type RecognitionSchedule } from './revenue-recognition.ts';
import { listRecognition } from './revenue-recognition.store.ts';
import {
  shareByService,
  type BilledMeterMonth,
  type ServiceMonth,
  type ServiceQuantity,
  type SharedWindow,
} from './service-revenue.ts';
import {
  listBilledWindows,
  listMeterMonths,
  listVolumes,
  type BilledWindow,
  type InvoiceVolume,
  type MeterMonth,
} from './usage-revenue.store.ts';

/** Months as `YYYY-MM`, both included, in one currency: nothing is converted. */
export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
}

const longestMonths = 120;
// Events are read for it.
const longestServiceMonths = 3;
// The contract's own limit.
const accountsAtOnce = 20_000;

type Metering = Pick<ContractFunctions<typeof meteringContract>, 'listServiceQuantities'>;

/** Reads what was sold, billed and earned. Writes nothing. */
export class ReportService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #metering: Metering;
  constructor(database: Database, clock: Clock, metering: Metering) {
    this.#database = database;
    this.#clock = clock;
    this.#metering = metering;
  }

  /** Monthly recurring revenue at the ends of months, and how it moved. */
  async getMrr(tenantId: string, query: ReportQuery): Promise<MrrMonth[]> {
    const [range, { currency }] = [toRange(query), query];
    const changes = await this.#database.transaction(tenantId, async (transaction) =>
      mrr.listChanges(transaction, currency, await listValues(transaction, currency), range),
    );
    return toMrrMonths(changes, listMonths(query));
  }

  /** Customers and recurring revenue that were lost. */
  async getChurn(tenantId: string, query: ReportQuery): Promise<ChurnMonth[]> {
    return (await this.getMrr(tenantId, query)).map(toChurn);
  }

  /** Customers by the month of their first paid phase, and how many of them and of their revenue are left. */
  async getCohorts(tenantId: string, query: ReportQuery): Promise<CohortMonth[]> {
    const [range, { currency }] = [toRange(query), query];
    const changes = await this.#database.transaction(tenantId, async (transaction) =>
      mrr.listCohortChanges(transaction, currency, await listValues(transaction, currency), range),
    );
    return toCohortMonths(changes, listMonths(query));
  }

  /** What was invoiced, what of it was earned, and what is deferred at the ends of months. */
  async getRecognition(
    tenantId: string,
    query: ReportQuery & { readonly legalEntityId?: string | undefined; readonly invoiceId?: string | undefined },
  ): Promise<RecognitionSchedule> {
    const range = toRange(query);
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      listRecognition(transaction, { ...query, ...range }),
    );
    return toSchedule(rows, listMonths(query));
  }

  /** What is open now, by how long it is past due. */
  async getReceivables(
    tenantId: string,
    currency: string,
    limit: number,
  ): Promise<{
    readonly now: Date;
    readonly accounts: readonly AgedReceivable[];
    readonly total: Omit<AgedReceivable, 'accountId'>;
  }> {
    const now = this.#clock.now();
    const aged = await this.#database.transaction(tenantId, (transaction) =>
      listReceivables(transaction, { now, currency, limit }),
    );
    return { now, ...aged };
  }

  /** What usage was charged with by meter, beside all that was invoiced. */
  async getUsage(
    tenantId: string,
    query: ReportQuery,
  ): Promise<{ readonly meters: readonly MeterMonth[]; readonly volumes: readonly InvoiceVolume[] }> {
    const range = toRange(query);
    return this.#database.transaction(tenantId, async (transaction) => ({
      meters: await listMeterMonths(transaction, query.currency, range),
      volumes: await listVolumes(transaction, query.currency, range),
    }));
  }

  /** What usage was charged with by the service that caused it. Asks metering while no transaction is open. */
  async getServices(
    tenantId: string,
    query: ReportQuery,
  ): Promise<{ readonly services: readonly ServiceMonth[]; readonly meters: readonly BilledMeterMonth[] }> {
    const range = toRange(query, longestServiceMonths);
    const windows = await this.#database.transaction(tenantId, (transaction) =>
      listBilledWindows(transaction, query.currency, range),
    );
    const shared: SharedWindow[] = [];
    for (const window of windows) shared.push({ ...window, services: await this.#loadServices(tenantId, window) });
    return shareByService(shared);
  }

  async #loadServices(
    tenantId: string,
    { meter, from, to, accountIds }: BilledWindow,
  ): Promise<ServiceQuantity[] | null> {
    if (from >= to) return [];
    const range = { from: from.toISOString(), to: to.toISOString() };
    const found: ServiceQuantity[] = [];
    for (let at = 0; at < accountIds.length; at += accountsAtOnce) {
      const part = accountIds.slice(at, at + accountsAtOnce);
      const { services } = await this.#metering.listServiceQuantities({ tenantId, meter, accountIds: part, ...range });
      if (services === null) return null;
      found.push(...services);
    }
    return mergeServices(found);
  }
}

/** The quantities of the same services together. */
function mergeServices(services: readonly ServiceQuantity[]): ServiceQuantity[] {
  const sums = new Map<string, string>();
  for (const { service, quantity } of services)
    sums.set(
      service,
      exact(sums.get(service) ?? '0')
        .plus(quantity)
        .toFixed(),
    );
  return [...sums].map(([service, quantity]) => ({ service, quantity }));
}

async function listValues(transaction: Transaction, currency: string): Promise<mrr.PricedCombination[]> {
  const combinations = await mrr.listCombinations(transaction, currency);
  const versions = await listPlanVersions(
    transaction,
    combinations.map((combination) => ({ ...combination, currency })),
  );
  const plans = new Map(versions.map((plan) => [`${plan.planId}/${plan.version}`, plan]));
  return combinations.map((combination) => {
    const plan = plans.get(`${combination.planId}/${combination.planVersion}`);
    return { ...combination, minor: plan === undefined ? 0n : monthlyValueOf(plan, combination) };
  });
}

/** The months of a range; throws for one that is empty or too long. */
function listMonths({ from, to }: ReportQuery, longest = longestMonths): string[] {
  const [first, last] = [indexOf(from), indexOf(to)];
  if (last < first || last - first >= longest)
    throw new InvalidInputError([
      { path: '/query/to', message: `must not lie before from, nor ${longest} months or more after it` },
    ]);
  return Array.from({ length: last - first + 1 }, (_, position) => monthAt(first + position));
}

function toRange(query: ReportQuery, longest = longestMonths): mrr.MonthRange {
  listMonths(query, longest);
  return { from: `${query.from}-01`, to: `${query.to}-01` };
}

function indexOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthAt(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
