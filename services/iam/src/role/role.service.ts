import type { Principal } from '@plinth/contracts';
import {
  InvalidInputError,
  NotFoundError,
  assertCan,
  decodeCursor,
  toPage,
  type Clock,
  type Database,
  type Page,
  type ProtectedObject,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { MemberService } from '../member/member.service.ts';
import type { RoleGrant } from '../membership/membership.ts';
import { listGrants } from '../membership/membership.store.ts';
import { assertMayGive } from './authority.ts';
import { assertPlatformAdministrator, type RoleRealm } from './custom-role.service.ts';
import type { Places } from './place.ts';
import {
  findHolder,
  findNamedRole,
  findPlatformHolder,
  getRoleByName,
  getRoleOf,
  listPeopleOf,
  unknownRole,
  type HolderReference,
} from './role-lookup.store.ts';
import { LastAdministratorError } from './role.errors.ts';
import type { RoleAssignment, RoleScope } from './role.ts';
import * as store from './role.store.ts';

export interface AssignRole {
  readonly holder: HolderReference;
  /** Name of a built-in role or of one of the tenant's own. */
  readonly role: string;
  readonly scope?: RoleScope;
}

export interface GrantRole {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly userId: string;
  /** A built-in role. */
  readonly role: string;
}

export interface AssignmentQuery {
  readonly userId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly role?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Roles that somebody was promised, such as by an invitation. */
export interface PromisedRoles extends Omit<GrantRole, 'role'> {
  /** Names of built-in roles or of the tenant's own. */
  readonly roles: readonly string[];
}

export interface RoleServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly places: Places;
  readonly members: MemberService;
}

/** Gives roles to users, groups and service accounts, and takes them away. */
export class RoleService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #places: Places;
  readonly #members: MemberService;

  constructor({ database, clock, places, members }: RoleServiceOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#places = places;
    this.#members = members;
  }

  async listAssignments(caller: Principal, realm: RoleRealm, query: AssignmentQuery): Promise<Page<RoleAssignment>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const { userId, groupId, role, limit } = query;
    const rows = await this.#in(caller, realm, (transaction, tenantId) =>
      store.listAssignments(transaction, { tenantId, userId, groupId, role, after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (assignment) => [assignment.id],
      (assignment) => assignment,
    );
  }

  /** Gives a role in the caller's tenant, or in a part of it. One that was given already is returned as it is. */
  async assignRole(caller: Principal, input: AssignRole): Promise<RoleAssignment> {
    const { scope = null } = input;
    const place = await this.#resolvePlace(caller, scope);
    assertCan(caller, 'role:write', place);
    return this.#in(caller, 'tenant', async (transaction, tenantId) => {
      const role = await getRoleByName(transaction, tenantId, input.role);
      assertMayGive(caller, role, place);
      if (role.name === 'platform_admin') throw unknownRole('platform_admin is given on the whole platform alone');
      const holder = await findHolder(transaction, input.holder);
      return this.#assignIn(transaction, {
        tenantId,
        organizationId: caller.organization ?? null,
        holder,
        role: role.id === null ? { name: role.name } : { id: role.id },
        scope,
      });
    });
  }

  /** Gives a user a role of the whole platform. */
  async assignPlatformRole(caller: Principal, input: Pick<AssignRole, 'holder' | 'role'>): Promise<RoleAssignment> {
    return this.#in(caller, 'platform', async (transaction) => {
      const role = await getRoleByName(transaction, null, input.role);
      if (role.id === null && role.name !== 'platform_admin') throw unknownRole(`${role.name} is a role of a tenant`);
      assertMayGive(caller, role);
      return this.#assignIn(transaction, {
        tenantId: null,
        organizationId: null,
        holder: await findPlatformHolder(transaction, input.holder),
        role: role.id === null ? { name: role.name } : { id: role.id },
        scope: null,
      });
    });
  }

  /** Takes a role away. Somebody goes on administering the tenant. */
  async removeAssignment(caller: Principal, realm: RoleRealm, id: string): Promise<void> {
    const found = await this.#in(caller, realm, (transaction, tenantId) =>
      store.findAssignment(transaction, tenantId, id),
    );
    if (found === undefined) throw new NotFoundError('role assignment', id);
    const place = realm === 'tenant' ? await this.#findPlace(caller, found.scope) : undefined;
    assertCan(caller, 'role:write', place);
    await this.#in(caller, realm, async (transaction, tenantId) => {
      await store.lockAdministrators(transaction);
      const assignment = await store.findAssignment(transaction, tenantId, id);
      if (assignment === undefined) throw new NotFoundError('role assignment', id);
      assertMayGive(caller, await getRoleOf(transaction, tenantId, assignment), place);
      if (tenantId !== null && assignment.userId !== null && isAdministration(assignment))
        await this.#members.assertNotOwner(tenantId, assignment.userId);
      await store.deleteAssignment(transaction, id);
      if (isAdministration(assignment)) await assertAdministered(transaction, tenantId);
      transaction.audit({
        action: 'role.removed',
        resourceType: 'role_assignment',
        resourceId: id,
        before: assignment,
      });
      if (tenantId !== null)
        for (const userId of await listPeopleOf(transaction, assignment))
          await this.#members.noteTaken(transaction, tenantId, userId);
    });
  }

  /** The platform's own way to give a role: without a caller, and changing nothing when it was given before. */
  async grantRole(input: GrantRole): Promise<boolean> {
    return this.#database.transaction(input.tenantId, (transaction) => this.grantRoleIn(transaction, input));
  }

  /** The same inside an open transaction that sees the tenant; without a tenant, on the whole platform. */
  async grantRoleIn(
    transaction: Transaction,
    { tenantId, organizationId, userId, role }: Omit<GrantRole, 'tenantId'> & { readonly tenantId: string | null },
  ): Promise<boolean> {
    const assignment = { tenantId, organizationId, holder: { userId }, role: { name: role }, scope: null };
    const id = await store.insertAssignment(transaction, assignment, this.#clock.now());
    if (id === undefined) return false;
    auditAssigned(transaction, id, { userId, role });
    if (tenantId !== null) await this.#members.noteGranted(transaction, { tenantId, organizationId, userId });
    return true;
  }

  /** Throws unless the caller may give each of these roles in the whole tenant. `path` is where they stand in the request. */
  async assertMayGiveRoles(
    transaction: Transaction,
    caller: Principal,
    names: readonly string[],
    path = '/roles',
  ): Promise<void> {
    for (const name of names) {
      const role = await findNamedRole(transaction, caller.tenant!, name);
      if (role === undefined || role.name === 'platform_admin')
        throw new InvalidInputError([{ path, message: `the tenant has no role ${name}; see GET /roles` }]);
      assertMayGive(caller, role);
    }
  }

  /**
   * Gives roles that were promised by somebody who might, inside a transaction that sees the tenant. Returns how many
   * there still are: one of the tenant's own may have been deleted since.
   */
  async grantRolesIn(
    transaction: Transaction,
    { tenantId, organizationId, userId, roles }: PromisedRoles,
  ): Promise<number> {
    let given = 0;
    for (const name of roles) {
      const role = await findNamedRole(transaction, tenantId, name);
      if (role === undefined || role.name === 'platform_admin') continue;
      const key = role.id === null ? { name: role.name } : { id: role.id };
      await this.#assignIn(transaction, { tenantId, organizationId, holder: { userId }, role: key, scope: null });
      given += 1;
    }
    return given;
  }

  /** Everything that a user was granted, in all tenants, the oldest first. */
  async listGrants(userId: string): Promise<RoleGrant[]> {
    return this.#database.platformTransaction((transaction) => listGrants(transaction, userId));
  }

  async #assignIn(transaction: Transaction, assignment: store.NewAssignment): Promise<RoleAssignment> {
    const id = await store.insertAssignment(transaction, assignment, this.#clock.now());
    const given = (await store.findSameAssignment(transaction, assignment))!;
    if (id === undefined) return given;
    auditAssigned(transaction, id, given);
    const { tenantId, organizationId } = assignment;
    if (tenantId !== null)
      for (const userId of await listPeopleOf(transaction, given))
        await this.#members.noteGranted(transaction, { tenantId, organizationId, userId });
    return given;
  }

  async #resolvePlace(caller: Principal, scope: RoleScope): Promise<ProtectedObject | undefined> {
    const place = await this.#places.resolve(caller.tenant!, scope);
    if (place !== 'unknown') return place;
    const [name, id] = Object.entries(scope ?? {})[0] ?? [];
    throw new InvalidInputError([{ path: `/scope/${name}`, message: `the tenant has none with the id ${id}` }]);
  }

  /** Of a division that is gone, only whoever has the permission in the whole tenant takes roles away. */
  async #findPlace(caller: Principal, scope: RoleScope): Promise<ProtectedObject | undefined> {
    const place = await this.#places.resolve(caller.tenant!, scope);
    return place === 'unknown' ? undefined : place;
  }

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

/** Throws when the change that was just made leaves nobody who administers the tenant or, for null, the platform. */
export async function assertAdministered(transaction: Transaction, tenantId: string | null): Promise<void> {
  if (!(await store.hasAdministrator(transaction, tenantId)))
    throw new LastAdministratorError(tenantId === null ? 'platform_admin' : 'org_admin');
}

/** Whether the assignment makes somebody an administrator of the whole tenant, or of the platform. */
export function isAdministration({ role, roleId, scope }: Pick<RoleAssignment, 'role' | 'roleId' | 'scope'>): boolean {
  return (role === 'org_admin' || role === 'platform_admin') && roleId === null && scope === null;
}

function auditAssigned(transaction: Transaction, id: string, after: unknown): void {
  transaction.audit({ action: 'role.assigned', resourceType: 'role_assignment', resourceId: id, after });
}
