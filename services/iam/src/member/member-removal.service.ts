import type { Principal } from '@plinth/contracts';
import type { Database } from '@plinth/common';
import type { RoleGrant } from '../membership/membership.ts';
import { listGrants } from '../membership/membership.store.ts';
import { assertMayGive } from '../role/authority.ts';
import { assertAdministered } from '../role/role.service.ts';
import { builtInRole, isBuiltInRole } from '../role/role.ts';
import { lockAdministrators } from '../role/role.store.ts';
import type { MemberService } from './member.service.ts';
import * as store from './member.store.ts';

export interface Removal {
  readonly tenantId: string;
  readonly userId: string;
  /** Who removes them; undefined: they leave by themselves. */
  readonly by?: Principal | undefined;
}

/** Ends everything that a person may do in a tenant. */
export class MemberRemovalService {
  readonly #database: Database;
  readonly #members: MemberService;

  constructor(database: Database, members: MemberService) {
    this.#database = database;
    this.#members = members;
  }

  /** False when they had nothing there. Somebody goes on administering the tenant. */
  async remove({ tenantId, userId, by }: Removal): Promise<boolean> {
    return this.#database.transaction(tenantId, async (transaction) => {
      await lockAdministrators(transaction);
      const grants = (await listGrants(transaction, userId)).filter((grant) => grant.tenantId === tenantId);
      if (by !== undefined) for (const grant of grants) assertMayGive(by, roleOf(grant));
      if (!(await store.deleteAssignments(transaction, userId))) return false;
      if (grants.some((grant) => grant.role === 'org_admin')) await assertAdministered(transaction, tenantId);
      await this.#members.end(transaction, tenantId, userId);
      transaction.audit({
        action: 'member.removed',
        resourceType: 'user',
        resourceId: userId,
        before: { roles: grants.map((grant) => grant.role) },
      });
      return true;
    });
  }
}

function roleOf(grant: RoleGrant): Parameters<typeof assertMayGive>[1] {
  if (isBuiltInRole(grant.role) && grant.permissions === null) return builtInRole(grant.role);
  return { name: grant.role, permissions: grant.permissions ?? [], conditional: grant.conditional ?? [] };
}
