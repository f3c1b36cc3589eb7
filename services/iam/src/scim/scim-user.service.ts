import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '@plinth/contracts';
import { NotFoundError, VersionMismatchError, type Clock, type Database, type Transaction } from '@plinth/common';
import type { MemberService } from '../member/member.service.ts';
import { deleteAssignments } from '../member/member.store.ts';
import { listGrants } from '../membership/membership.store.ts';
import { assertAdministered, type RoleService } from '../role/role.service.ts';
import { lockAdministrators } from '../role/role.store.ts';
import type { ListQuery } from './list-query.ts';
import { applyPatch, type PatchOperation } from './patch.ts';
import { parseDocument, type Document } from './resource-document.ts';
import { userKind } from './schema.ts';
import type { ScimAccountService } from './scim-account.service.ts';
import { UniquenessError } from './scim.errors.ts';
import { isActive, type ScimUser } from './scim-user.ts';
import * as store from './scim-user.store.ts';

export interface ScimUserServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly roles: RoleService;
  readonly members: MemberService;
  readonly accounts: ScimAccountService;
}

/** A user with the groups of the directory that they are in. */
export interface ScimUserWithGroups extends ScimUser {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

/** The role of everybody whom a directory brings; further ones come by the roles of groups. */
const memberRole = 'org_member';

/** Keeps the people of a tenant's directory: they are members while they are active. */
export class ScimUserService {
  readonly #options: ScimUserServiceOptions;

  constructor(options: ScimUserServiceOptions) {
    this.#options = options;
  }

  async list(tenantId: string, query: ListQuery): Promise<{ total: number; users: ScimUserWithGroups[] }> {
    return this.#options.database.transaction(tenantId, async (transaction) => {
      const { total, users } = await store.listScimUsers(transaction, query);
      return { total, users: await withGroups(transaction, users) };
    });
  }

  async get(tenantId: string, id: string): Promise<ScimUserWithGroups> {
    return this.#options.database.transaction(tenantId, (transaction) => getUser(transaction, id));
  }

  /** Brings a person into the tenant. */
  async create(caller: Principal, input: unknown): Promise<ScimUserWithGroups> {
    const parsed = parseDocument(userKind, input);
    const document = { ...parsed, active: isActive(parsed) };
    const { database, clock, accounts, roles } = this.#options;
    const tenantId = caller.tenant!;
    return database.transaction(tenantId, async (transaction) => {
      const { id, isNew, before } = await accounts.claim(transaction, document);
      if (before !== undefined && before.deletedAt === null)
        throw new UniquenessError('userName', String(before.document['userName']));
      const now = clock.now();
      const user: ScimUser = {
        id,
        document,
        active: true,
        madeAccount: isNew || before?.madeAccount === true,
        version: (before?.version ?? 0) + 1,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      };
      await store.saveScimUser(transaction, user);
      await roles.grantRoleIn(transaction, {
        tenantId,
        organizationId: caller.organization ?? null,
        userId: id,
        role: memberRole,
      });
      audit(transaction, 'provisioned', id, undefined, document);
      if (!isActive(document)) await this.#setActive(transaction, { ...user, active: false }, caller);
      return getUser(transaction, id);
    });
  }

  async replace(caller: Principal, id: string, input: unknown, condition: Condition): Promise<ScimUserWithGroups> {
    return this.#change(caller, id, condition, () => parseDocument(userKind, input));
  }

  async patch(
    caller: Principal,
    id: string,
    operations: readonly PatchOperation[],
    condition: Condition,
  ): Promise<ScimUserWithGroups> {
    return this.#change(caller, id, condition, (before) => applyPatch(userKind, before, operations));
  }

  /** Takes everything in the tenant from a person. Their account stays theirs. */
  async remove(tenantId: string, id: string, condition: Condition): Promise<void> {
    const { database, clock, members } = this.#options;
    await database.transaction(tenantId, async (transaction) => {
      const before = await getForUpdate(transaction, id, condition);
      await members.assertNotOwner(tenantId, id);
      await lockAdministrators(transaction);
      const administered = await administers(transaction, tenantId, id);
      await deleteAssignments(transaction, id);
      if (administered) await assertAdministered(transaction, tenantId);
      if (before.active) await members.end(transaction, tenantId, id);
      await store.markDeleted(transaction, id, clock.now());
      audit(transaction, 'deprovisioned', id, before.document, undefined);
    });
  }

  async #change(
    caller: Principal,
    id: string,
    condition: Condition,
    work: (before: Document) => Document,
  ): Promise<ScimUserWithGroups> {
    const { database, clock, accounts } = this.#options;
    return database.transaction(caller.tenant, async (transaction) => {
      const before = await getForUpdate(transaction, id, condition);
      const document = work(before.document);
      if (isDeepStrictEqual(document, before.document)) return getUser(transaction, id);
      const active = isActive(document);
      const after: ScimUser = {
        ...before,
        document,
        version: before.version + 1,
        updatedAt: clock.now(),
      };
      await store.saveScimUser(transaction, after);
      await accounts.follow(transaction, after, document);
      if (active !== before.active) await this.#setActive(transaction, { ...after, active }, caller);
      audit(transaction, 'updated_by_directory', id, before.document, document);
      return getUser(transaction, id);
    });
  }

  /** Takes access away or gives it back; the roles wait for the person meanwhile. */
  async #setActive(transaction: Transaction, user: ScimUser, caller: Principal): Promise<void> {
    const { members } = this.#options;
    const tenantId = caller.tenant!;
    if (user.active) {
      await store.saveScimUser(transaction, user);
      await members.noteJoined(transaction, { tenantId, organizationId: caller.organization ?? null, userId: user.id });
      return;
    }
    await members.assertNotOwner(tenantId, user.id);
    await lockAdministrators(transaction);
    const administered = await administers(transaction, tenantId, user.id);
    await store.saveScimUser(transaction, user);
    if (administered) await assertAdministered(transaction, tenantId);
    await members.end(transaction, tenantId, user.id);
  }
}

/** Whether a change fits what the client has seen: the version of If-Match. */
export type Condition = (version: string) => boolean;

async function getUser(transaction: Transaction, id: string): Promise<ScimUserWithGroups> {
  const user = await store.findScimUser(transaction, id);
  if (user === undefined) throw new NotFoundError('user', id);
  return (await withGroups(transaction, [user]))[0]!;
}

async function getForUpdate(transaction: Transaction, id: string, condition: Condition): Promise<ScimUser> {
  const user = await store.findKnownForUpdate(transaction, id);
  if (user === undefined || user.deletedAt !== null) throw new NotFoundError('user', id);
  if (!condition(String(user.version))) throw new VersionMismatchError();
  return user;
}

async function withGroups(transaction: Transaction, users: readonly ScimUser[]): Promise<ScimUserWithGroups[]> {
  const rows = await store.listGroupsOf(
    transaction,
    users.map((user) => user.id),
  );
  const byUser = Map.groupBy(rows, (row) => row.userId);
  return users.map((user) => ({ ...user, groups: (byUser.get(user.id) ?? []).map(({ id, name }) => ({ id, name })) }));
}

async function administers(transaction: Transaction, tenantId: string, userId: string): Promise<boolean> {
  const grants = await listGrants(transaction, userId);
  return grants.some((grant) => grant.tenantId === tenantId && grant.role === 'org_admin');
}

function audit(transaction: Transaction, what: string, id: string, before: unknown, after: unknown): void {
  transaction.audit({
    action: `user.${what}`,
    resourceType: 'user',
    resourceId: id,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}
