import { permissions as platformPermissions, type Principal } from '@plinth/contracts';
import { InvalidInputError, NotFoundError, newId, type Clock, type Database } from '@plinth/common';
import { PermissionInUseError } from '../role/role.errors.ts';
import * as store from './permission.store.ts';

/** Keeps the permissions of tenants' own applications beside those of the platform. */
export class PermissionService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** The platform's permissions and, in a tenant, its own. */
  async listNames(tenantId: string | undefined): Promise<string[]> {
    if (tenantId === undefined) return [...platformPermissions];
    const own = await this.#database.transaction(tenantId, store.listPermissionNames);
    return [...platformPermissions, ...own];
  }

  async create(
    caller: Principal,
    input: { readonly name: string; readonly description?: string | null | undefined },
  ): Promise<store.OwnPermission> {
    const now = this.#clock.now();
    const permission: store.OwnPermission = {
      id: newId(now.getTime()),
      name: input.name,
      description: input.description ?? null,
      createdAt: now,
    };
    await this.#database.transaction(caller.tenant, async (transaction) => {
      await store.insertPermission(transaction, permission);
      transaction.audit({
        action: 'permission.created',
        resourceType: 'permission',
        resourceId: permission.name,
        after: permission,
      });
    });
    return permission;
  }

  /** Deletes a permission that no role has. */
  async remove(caller: Principal, name: string): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      const roles = await store.listRolesWith(transaction, name);
      if (roles.length > 0) throw new PermissionInUseError(name, roles);
      if (!(await store.deletePermission(transaction, name))) throw new NotFoundError('permission', name);
      transaction.audit({ action: 'permission.deleted', resourceType: 'permission', resourceId: name });
    });
  }

  /** Throws unless all of them exist. `pathOf` names the place of the one at an index. */
  async assertExist(
    tenantId: string | undefined,
    names: readonly string[],
    pathOf: (index: number) => string,
  ): Promise<void> {
    const known = new Set<string>(platformPermissions);
    if (names.some((name) => !known.has(name))) for (const name of await this.listNames(tenantId)) known.add(name);
    const faults = names.flatMap((name, index) =>
      known.has(name) ? [] : [{ path: pathOf(index), message: `there is no permission ${name}; see GET /permissions` }],
    );
    if (faults.length > 0) throw new InvalidInputError(faults);
  }
}
