import { Inject, Injectable } from '@nestjs/common';
import { Database, hasPermission, NotFoundError, type Transaction } from '@plinth/common';
import { rolePermissions, type BuiltInRole, type Principal } from '@plinth/contracts';
import { LastAdministratorError, RoleTooPowerfulError, UnknownUserError } from './role.errors.ts';
import type { RoleGrant } from './role.ts';
import {
  deleteAssignment,
  findAssignment,
  findAssignmentOf,
  findUserByIdOrEmail,
  insertAssignment,
  listAssignments,
  listGrants,
  lockAdministrators,
  type AssignmentRow,
} from './role.store.ts';

export interface AssignRoleInput {
  readonly tenantId: string;
  readonly principal: Principal;
  readonly user: { userId?: string | undefined; email?: string | undefined };
  readonly role: BuiltInRole;
}

export interface GrantRoleInput {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: string;
}

/** Who has which role in a tenant. */
@Injectable()
export class RoleService {
  readonly #database: Database;
  constructor(@Inject(Database) database: Database) {
    this.#database = database;
  }

  /** Up to `limit + 1` assignments, so that the caller sees whether a next page exists. */
  list(tenantId: string, query: { userId: string | undefined; after: string | undefined; limit: number }) {
    return this.#database.transaction(tenantId, (transaction) =>
      listAssignments(transaction, { ...query, limit: query.limit + 1 }),
    );
  }

  /** Gives a user a role in the tenant. One that they have already is returned as it is. */
  async assign(input: AssignRoleInput): Promise<AssignmentRow> {
    if (!mayManageRole(input.principal, input.role)) throw new RoleTooPowerfulError(input.role);
    return this.#database.transaction(input.tenantId, async (transaction) => {
      const user = await findUserByIdOrEmail(transaction, input.user);
      if (!user) throw new UnknownUserError(input.user.userId ?? input.user.email ?? '');
      await this.#grant(transaction, {
        tenantId: input.tenantId,
        organizationId: input.principal.organization ?? null,
        userId: user.id,
        role: input.role,
      });
      return (await findAssignmentOf(transaction, user.id, input.role))!;
    });
  }

  /** Takes a role from a user. The last org_admin of a tenant stays. */
  async remove(tenantId: string, principal: Principal, id: string): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      // Locked first: two administrators who remove one another must not both succeed.
      const administrators = await lockAdministrators(transaction);
      const assignment = await findAssignment(transaction, id);
      if (!assignment) throw new NotFoundError('role assignment', id);
      if (!mayManageRole(principal, assignment.role)) throw new RoleTooPowerfulError(assignment.role);
      if (assignment.role === 'org_admin' && administrators === 1) throw new LastAdministratorError();
      await deleteAssignment(transaction, id);
      transaction.audit({
        action: 'role.removed',
        resourceType: 'role_assignment',
        resourceId: id,
        before: { userId: assignment.user_id, role: assignment.role },
      });
    });
  }

  /** The platform's own way to give a role: idempotent, without a caller. */
  grant(input: GrantRoleInput): Promise<boolean> {
    return this.#database.transaction(input.tenantId, (transaction) => this.#grant(transaction, input));
  }

  /** Every grant of a user over all tenants, the oldest first. */
  listGrants(userId: string): Promise<RoleGrant[]> {
    return this.#database.platformTransaction((transaction) => listGrants(transaction, userId));
  }

  async #grant(
    transaction: Transaction,
    input: { tenantId: string; organizationId: string | null; userId: string; role: string },
  ): Promise<boolean> {
    const id = await insertAssignment(transaction, input);
    if (id === undefined) return false;
    transaction.audit({
      action: 'role.assigned',
      resourceType: 'role_assignment',
      resourceId: id,
      after: { userId: input.userId, role: input.role },
    });
    return true;
  }
}

/** Nobody hands out or takes away more than they hold. */
function mayManageRole(principal: Principal, role: BuiltInRole): boolean {
  return rolePermissions[role].every((permission) => hasPermission(principal, permission));
}
