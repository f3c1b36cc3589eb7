import type { ContractFunctions, meteringContract } from '@plinth/contracts';
import { InvalidInputError, type Clock, type Database, type Transaction } from '@plinth/common';
import type { Meter } from '../meter/meter.ts';
import { findMeterByKey } from '../meter/meter.store.ts';
import { sumByService } from './service-usage.store.ts';
import { queryUsage } from './usage-query.store.ts';
import { WINDOW_MS } from './usage-windows.ts';

type Asked = Parameters<ContractFunctions<typeof meteringContract>['listServiceQuantities']>[0];
type Answer = Awaited<ReturnType<ContractFunctions<typeof meteringContract>['listServiceQuantities']>>;

const dimension = 'service';
const mostServices = 1000;

/** Tells which services caused what was used. */
export class ServiceUsage {
  readonly #database: Database;
  readonly #clock: Clock;

  readonly #mostEvents: number;

  /** `mostEvents` of them are read at once: about what takes a few seconds, of the 30 that a statement may take. */
  constructor(database: Database, clock: Clock, mostEvents = 1_000_000) {
    this.#database = database;
    this.#clock = clock;
    this.#mostEvents = mostEvents;
  }

  /**
   * What accounts used of a meter in [from, to), by service: from what was added up where the meter groups by `service`,
   * or else from the events. Null where quantities of services do not add up, and for a meter that does not exist.
   * Throws `InvalidInputError` for a range off the quarters of an hour, and for more than a million events to read.
   */
  async list({ tenantId, meter: key, accountIds, from, to }: Asked): Promise<Answer> {
    const range = { accountIds, from: new Date(from), to: new Date(to) };
    assertRange(range);
    return this.#database.transaction(tenantId, async (transaction) => {
      const meter = await findMeterByKey(transaction, key);
      if (meter === undefined || !['count', 'sum'].includes(meter.aggregation)) return { services: null };
      const services = meter.dimensions.includes(dimension)
        ? await this.#readGroups(transaction, meter, range)
        : await readEvents(transaction, meter, { ...range, limit: this.#mostEvents });
      if (services.length > mostServices)
        throw new InvalidInputError([
          { path: '/to', message: `more than ${mostServices} services caused usage of the meter ${key}` },
        ]);
      return { services };
    });
  }

  async #readGroups(transaction: Transaction, meter: Meter, range: Range) {
    const query = { ...range, meter: meter.key, groupBy: [dimension], now: this.#clock.now(), limit: mostServices + 1 };
    const rows = await queryUsage(transaction, meter, query);
    return rows.map(({ values, quantity }) => ({ service: values[dimension] ?? '', quantity }));
  }
}

interface Range {
  readonly accountIds: string[];
  readonly from: Date;
  readonly to: Date;
}

async function readEvents(transaction: Transaction, meter: Meter, range: Range & { readonly limit: number }) {
  const sums = await sumByService(transaction, meter, range);
  if (sums.reduce((total, { events }) => total + events, 0) > range.limit)
    throw new InvalidInputError([
      {
        path: '/to',
        message: `the meter ${meter.key} has more than ${range.limit} events in the range: ask for less, or let it group by ${dimension}`,
      },
    ]);
  return sums.flatMap(({ service, quantity }) => (quantity === null ? [] : [{ service, quantity }]));
}

function assertRange({ from, to }: Range): void {
  const faults = Object.entries({ from, to })
    .filter(([, edge]) => edge.getTime() % WINDOW_MS !== 0)
    .map(([name]) => ({ path: `/${name}`, message: 'must lie on a quarter of an hour' }));
  if (from >= to) faults.push({ path: '/to', message: 'must be after from' });
  if (faults.length > 0) throw new InvalidInputError(faults);
}
