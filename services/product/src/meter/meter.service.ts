import {
  metersOf,
  type ContractFunctions,
  type MeterDimensions,
  type meteringContract,
  type Price,
} from '@plinth/contracts';

// The contract's own limit.
const metersAtOnce = 1000;

/** Knows the meters that prices name. They are the metering service's. */
export class MeterService {
  readonly #metering: Pick<ContractFunctions<typeof meteringContract>, 'listMeters'>;

  constructor(metering: Pick<ContractFunctions<typeof meteringContract>, 'listMeters'>) {
    this.#metering = metering;
  }

  /** The meters in use that the prices name, with the dimensions by which they group. No transaction is open. */
  async loadDimensions(tenantId: string, prices: readonly Pick<Price, 'model'>[]): Promise<MeterDimensions> {
    const keys = metersOf(prices);
    const meters = new Map<string, readonly string[]>();
    for (let from = 0; from < keys.length; from += metersAtOnce) {
      const part = keys.slice(from, from + metersAtOnce);
      for (const { key, dimensions } of await this.#metering.listMeters({ tenantId, keys: part }))
        meters.set(key, dimensions);
    }
    return meters;
  }
}
