import { InvalidInputError, NotFoundError, type Transaction } from '@plinth/common';
import { findGroup, listMemberIds } from '../group/group.store.ts';
import { findServiceAccount } from '../service-account/service-account.store.ts';
import { findRole, findRoleByName } from './custom-role.store.ts';
import { UnknownMemberError, UnknownUserError } from './role.errors.ts';
import { builtInRole, isBuiltInRole, type Role, type RoleAssignment, type RoleHolder } from './role.ts';
import * as store from './role.store.ts';

/** Who is to have a role: one of them. */
export type HolderReference = store.UserReference & {
  readonly groupId?: string | null | undefined;
  readonly serviceAccountId?: string | null | undefined;
};

/** The role with the name: built in, of a tenant, or of the platform for null. */
export async function findNamedRole(
  transaction: Transaction,
  tenantId: string | null,
  name: string,
): Promise<Role | undefined> {
  return isBuiltInRole(name) ? builtInRole(name) : findRoleByName(transaction, tenantId, name);
}

/** The same, or the fault of a request that names another one. */
export async function getRoleByName(transaction: Transaction, tenantId: string | null, name: string): Promise<Role> {
  const role = await findNamedRole(transaction, tenantId, name);
  if (role === undefined) throw unknownRole(`there is no role ${name}; see GET /roles`);
  return role;
}

/** The role of an assignment. */
export async function getRoleOf(
  transaction: Transaction,
  tenantId: string | null,
  assignment: RoleAssignment,
): Promise<Role> {
  const { role, roleId } = assignment;
  if (roleId === null && isBuiltInRole(role)) return builtInRole(role);
  const found = await findRole(transaction, tenantId, roleId!);
  if (found === undefined) throw new NotFoundError('role', role);
  return found;
}

/** Who is meant by a request to give a role in a tenant: a member, a group or a service account of it. */
export async function findHolder(transaction: Transaction, holder: HolderReference): Promise<Partial<RoleHolder>> {
  if (holder.groupId) {
    if ((await findGroup(transaction, holder.groupId)) !== undefined) return { groupId: holder.groupId };
    throw new InvalidInputError([{ path: '/groupId', message: 'the tenant has no such group' }]);
  }
  if (holder.serviceAccountId) {
    if ((await findServiceAccount(transaction, holder.serviceAccountId)) !== undefined)
      return { serviceAccountId: holder.serviceAccountId };
    throw new InvalidInputError([{ path: '/serviceAccountId', message: 'the tenant has no such service account' }]);
  }
  const userId = await store.findMemberId(transaction, holder);
  if (userId === undefined) throw new UnknownMemberError(nameOf(holder));
  return { userId };
}

/** Who is meant by a request to give a role on the whole platform. */
export async function findPlatformHolder(
  transaction: Transaction,
  user: store.UserReference,
): Promise<Partial<RoleHolder>> {
  const userId = await store.findUserId(transaction, user);
  if (userId === undefined) throw new UnknownUserError(nameOf(user));
  return { userId };
}

function nameOf({ userId, email }: store.UserReference): string {
  return userId ?? email ?? '';
}

/** The people who have an assignment: its user, or the members of its group. */
export async function listPeopleOf(transaction: Transaction, { userId, groupId }: RoleHolder): Promise<string[]> {
  if (userId !== null) return [userId];
  return groupId === null ? [] : listMemberIds(transaction, groupId);
}

/** A role that cannot be given as the request says. */
export function unknownRole(message: string): InvalidInputError {
  return new InvalidInputError([{ path: '/role', message }]);
}
