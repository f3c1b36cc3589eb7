import { isDeepStrictEqual } from 'node:util';
import {
  operatorPermissions,
  permissions as platformPermissions,
  type InputFault,
  type Permission,
  type Principal,
} from '@plinth/contracts';
import {
  InvalidInputError,
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { ConditionalPermission } from '../membership/membership.ts';
import { listPermissionNames } from '../permission/permission.store.ts';
import { assertMayGive } from './authority.ts';
import * as store from './custom-role.store.ts';
import { PlatformAdministratorOnlyError, PlatformPermissionError, RoleInUseError } from './role.errors.ts';
import { allPermissionsOf } from './role.ts';

export interface NewRole {
  readonly name: string;
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly permissions: readonly string[];
  readonly conditional: readonly ConditionalPermission[];
}

export interface RoleChange {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly permissions?: readonly string[] | undefined;
  readonly conditional?: readonly ConditionalPermission[] | undefined;
}

/** Whose roles are meant: those of the caller's tenant, or those of the whole platform. */
export type RoleRealm = 'tenant' | 'platform';

/** Makes, changes and deletes roles beside the built-in ones. */
export class CustomRoleService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async list(
    caller: Principal,
    realm: RoleRealm,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<store.CustomRole>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#in(caller, realm, (transaction, tenantId) =>
      store.listRoles(transaction, { tenantId, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (role) => [role.id],
      (role) => role,
    );
  }

  async get(caller: Principal, realm: RoleRealm, id: string): Promise<store.CustomRole> {
    const role = await this.#in(caller, realm, (transaction, tenantId) => store.findRole(transaction, tenantId, id));
    if (role === undefined) throw new NotFoundError('role', id);
    return role;
  }

  /** Makes a role out of permissions that the caller holds. */
  async create(caller: Principal, realm: RoleRealm, input: NewRole): Promise<store.CustomRole> {
    const now = this.#clock.now();
    const role: store.CustomRole = {
      id: newId(now.getTime()),
      name: input.name,
      title: input.title,
      description: input.description ?? null,
      permissions: input.permissions,
      conditional: input.conditional,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#in(caller, realm, async (transaction, tenantId) => {
      await assertGrantable(transaction, caller, realm, role);
      await store.insertRole(transaction, tenantId, role);
      transaction.audit({ action: 'role.created', resourceType: 'role', resourceId: role.id, after: role });
      return role;
    });
  }

  /** Changes a role for everybody who has it. The caller must hold what it had and what it will have. */
  async update(
    caller: Principal,
    target: { readonly realm: RoleRealm; readonly id: string },
    change: RoleChange,
    ifMatch: number | undefined,
  ): Promise<store.CustomRole> {
    const { realm, id } = target;
    return this.#in(caller, realm, async (transaction, tenantId) => {
      const before = await store.findRoleForUpdate(transaction, tenantId, id);
      if (before === undefined) throw new NotFoundError('role', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const changed: store.CustomRole = {
        ...before,
        title: change.title ?? before.title,
        description: change.description === undefined ? before.description : change.description,
        permissions: change.permissions ?? before.permissions,
        conditional: change.conditional ?? before.conditional,
      };
      if (isDeepStrictEqual(changed, before)) return before;
      assertMayGive(caller, before);
      await assertGrantable(transaction, caller, realm, changed);
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateRole(transaction, after);
      transaction.audit({ action: 'role.updated', resourceType: 'role', resourceId: id, before, after });
      return after;
    });
  }

  /** Deletes a role that nobody has. */
  async remove(caller: Principal, realm: RoleRealm, id: string): Promise<void> {
    await this.#in(caller, realm, async (transaction, tenantId) => {
      const before = await store.findRoleForUpdate(transaction, tenantId, id);
      if (before === undefined) throw new NotFoundError('role', id);
      assertMayGive(caller, before);
      const assignments = await store.countAssignments(transaction, id);
      if (assignments > 0) throw new RoleInUseError(before.name, assignments);
      await store.deleteRole(transaction, id);
      transaction.audit({ action: 'role.deleted', resourceType: 'role', resourceId: id, before });
    });
  }

  /** Roles of the platform are visible to platform transactions only, and those to platform administrators only. */
  async #in<Result>(
    caller: Principal,
    realm: RoleRealm,
    work: (transaction: Transaction, tenantId: string | null) => Promise<Result>,
  ): Promise<Result> {
    if (realm === 'tenant')
      return this.#database.transaction(caller.tenant, (transaction) => work(transaction, caller.tenant!));
    assertPlatformAdministrator(caller);
    return this.#database.platformTransaction((transaction) => work(transaction, null));
  }
}

/** Throws unless the caller is a person whose role on the platform is the highest. */
export function assertPlatformAdministrator(caller: Principal): void {
  if (caller.kind !== 'user' || !caller.roles.includes('platform_admin')) throw new PlatformAdministratorOnlyError();
}

/** Throws unless every permission exists, belongs into such a role, and is the caller's to give. */
async function assertGrantable(
  transaction: Transaction,
  caller: Principal,
  realm: RoleRealm,
  role: store.CustomRole,
): Promise<void> {
  const own = new Set(realm === 'tenant' ? await listPermissionNames(transaction) : []);
  const faults = [
    ...role.permissions.flatMap((permission, index) =>
      own.has(permission) || isOfPlatform(permission) ? [] : [unknownPermission(permission, `/permissions/${index}`)],
    ),
    ...role.conditional.flatMap(({ permission }, index) => {
      const path = `/conditional/${index}/permission`;
      if (own.has(permission)) return [];
      // The platform's services tell no properties, so that conditions on them would mean nothing.
      return isOfPlatform(permission)
        ? [{ path, message: "conditions are for permissions of the tenant's own applications" }]
        : [unknownPermission(permission, path)];
    }),
  ];
  if (faults.length > 0) throw new InvalidInputError(faults);
  const beyond = allPermissionsOf(role).filter((permission) => operatorPermissions.has(permission as Permission));
  if (realm === 'tenant' && beyond.length > 0) throw new PlatformPermissionError(beyond);
  assertMayGive(caller, role);
}

function isOfPlatform(permission: string): boolean {
  return (platformPermissions as readonly string[]).includes(permission);
}

function unknownPermission(permission: string, path: string): InputFault {
  return { path, message: `there is no permission ${permission}; see GET /permissions` };
}
