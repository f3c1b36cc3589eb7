import { rolePermissions, type BuiltInRole, type Principal } from '@plinth/contracts';
import {
  NotFoundError,
  decodeCursor,
  hasPermission,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { LastAdministratorError, RoleTooPowerfulError, UnknownUserError } from './role.errors.ts';
import type { RoleAssignment, RoleGrant } from './role.ts';
import * as store from './role.store.ts';

export interface AssignRole {
  readonly user: store.UserReference;
  readonly role: BuiltInRole;
}

export interface GrantRole {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly userId: string;
  readonly role: string;
}

export interface AssignmentQuery {
  readonly userId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Gives roles to users and takes them away. */
export class RoleService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async listAssignments(tenantId: string, query: AssignmentQuery): Promise<Page<RoleAssignment>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listAssignments(transaction, { userId: query.userId, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (assignment) => [assignment.id],
      (assignment) => assignment,
    );
  }

  /** Gives a user a role in the caller's tenant. One that they have already is returned as it is. */
  async assignRole(caller: Principal, input: AssignRole): Promise<RoleAssignment> {
    if (!mayManage(caller, input.role)) throw new RoleTooPowerfulError(input.role);
    const tenantId = caller.tenant ?? '';
    return this.#database.transaction(tenantId, async (transaction) => {
      const userId = await store.findUserId(transaction, input.user);
      if (userId === undefined) throw new UnknownUserError(input.user.userId ?? input.user.email ?? '');
      await this.grantRoleIn(transaction, {
        tenantId,
        organizationId: caller.organization ?? null,
        userId,
        role: input.role,
      });
      return (await store.findAssignmentOf(transaction, userId, input.role))!;
    });
  }

  /** Takes a role away. The last org_admin of a tenant stays. */
  async removeAssignment(caller: Principal, id: string): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      // Locked first: two administrators who remove one another must not both succeed.
      const administrators = await store.lockAdministrators(transaction);
      const assignment = await store.findAssignment(transaction, id);
      if (assignment === undefined) throw new NotFoundError('role assignment', id);
      if (!mayManage(caller, assignment.role)) throw new RoleTooPowerfulError(assignment.role);
      if (assignment.role === 'org_admin' && administrators === 1) throw new LastAdministratorError();
      await store.deleteAssignment(transaction, id);
      transaction.audit({
        action: 'role.removed',
        resourceType: 'role_assignment',
        resourceId: id,
        before: assignment,
      });
    });
  }

  /** The platform's own way to give a role: without a caller, and changing nothing when it was given before. */
  async grantRole(input: GrantRole): Promise<boolean> {
    return this.#database.transaction(input.tenantId, (transaction) => this.grantRoleIn(transaction, input));
  }

  /** The same inside an open transaction that sees the tenant. */
  async grantRoleIn(transaction: Transaction, input: GrantRole): Promise<boolean> {
    const id = await store.insertAssignment(transaction, input, this.#clock.now());
    if (id === undefined) return false;
    transaction.audit({
      action: 'role.assigned',
      resourceType: 'role_assignment',
      resourceId: id,
      after: { userId: input.userId, role: input.role },
    });
    return true;
  }

  /** Everything that a user was granted, in all tenants, the oldest first. */
  async listGrants(userId: string): Promise<RoleGrant[]> {
    return this.#database.platformTransaction((transaction) => store.listGrants(transaction, userId));
  }
}

/** Nobody hands out or takes away more than they hold. */
function mayManage(caller: Principal, role: BuiltInRole): boolean {
  return rolePermissions[role].every((permission) => hasPermission(caller, permission));
}
