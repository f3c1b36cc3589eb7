import type { accountContract, ContractFunctions } from '@plinth/contracts';
import type { Database } from '@plinth/common';
import * as store from './division.store.ts';

type Functions = ContractFunctions<typeof accountContract>;

const mostPlaces = 1000;

/** Tells other services where organizations and divisions lie. */
export class PlaceService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those among the ids that exist in the tenant. */
  resolve: Functions['resolvePlaces'] = ({ tenantId, organizationIds, divisionIds }) =>
    this.#database.transaction(tenantId, async (transaction) => [
      ...(organizationIds.length === 0
        ? []
        : (await store.listOrganizationIds(transaction, organizationIds)).map(toPlace)),
      ...(divisionIds.length === 0 ? [] : await store.listPaths(transaction, divisionIds)),
    ]);

  /** The first thousand of each. */
  list: Functions['listPlaces'] = ({ tenantId }) =>
    this.#database.transaction(tenantId, async (transaction) => [
      ...(await store.listOrganizationIds(transaction, undefined)).map(toPlace),
      ...(await store.listAllPaths(transaction, mostPlaces)),
    ]);
}

function toPlace(organizationId: string): store.DivisionPath {
  return { organizationId, divisionPath: [] };
}
