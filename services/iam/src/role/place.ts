import type { ContractFunctions, accountContract } from '@plinth/contracts';
import type { ProtectedObject } from '@plinth/common';
import type { RoleScope } from './role.ts';

type Accounts = Pick<ContractFunctions<typeof accountContract>, 'resolvePlaces' | 'listPlaces'>;

/** An organization, or a division with its path up to the top. */
export type Place = Required<Pick<ProtectedObject, 'organizationId' | 'divisionPath'>>;

/** Where something lies in the tenant's organization: what the account service knows of it. */
export class Places {
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /**
   * The part of the tenant that a scope stands for, as an object that permissions look at. `undefined`: the whole
   * tenant; `unknown`: the tenant has no such organization or division.
   */
  async resolve(tenantId: string, scope: RoleScope): Promise<ProtectedObject | undefined | 'unknown'> {
    if (scope === null) return undefined;
    const [id] = Object.values(scope) as [string];
    const places = await this.resolveMany(
      tenantId,
      'organizationId' in scope ? { organizationIds: [id] } : { divisionIds: [id] },
    );
    return places.get(id.toLowerCase()) ?? 'unknown';
  }

  /** The organizations and divisions that exist in the tenant, by their ids. */
  async resolveMany(
    tenantId: string,
    { organizationIds = [], divisionIds = [] }: { organizationIds?: string[]; divisionIds?: string[] },
  ): Promise<Map<string, Place>> {
    if (organizationIds.length + divisionIds.length === 0) return new Map();
    return byId(await this.#accounts.resolvePlaces({ tenantId, organizationIds, divisionIds }));
  }

  /** All organizations and divisions of the tenant, up to a thousand of each, by their ids. */
  async list(tenantId: string): Promise<Map<string, Place>> {
    return byId(await this.#accounts.listPlaces({ tenantId }));
  }
}

function byId(places: readonly { organizationId: string; divisionPath: string[] }[]): Map<string, Place> {
  return new Map(places.map((place) => [place.divisionPath[0] ?? place.organizationId, place]));
}
