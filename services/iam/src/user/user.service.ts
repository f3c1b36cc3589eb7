import type { Principal } from '@plinth/contracts';
import { NotFoundError, decodeCursor, toPage, userIdOf, type Clock, type Database, type Page } from '@plinth/common';
import { z } from 'zod';
import type { RoleGrant } from '../membership/membership.ts';
import type { RoleService } from '../role/role.service.ts';
import type { Member, User, UserTenant } from './user.ts';
import * as store from './user.store.ts';

export interface UserServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly roles: RoleService;
}

/** Shows users: the members of a tenant to one another, and each user to themselves, who may change their name. */
export class UserService {
  readonly #options: UserServiceOptions;

  constructor(options: UserServiceOptions) {
    this.#options = options;
  }

  async listMembers(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Member>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listMembers(transaction, { after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (member) => [member.id],
      (member) => member,
    );
  }

  async getMember(tenantId: string, id: string): Promise<Member> {
    const member = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findMember(transaction, id),
    );
    if (member === undefined) throw new NotFoundError('user', id);
    return member;
  }

  /** The caller and every tenant that they belong to. */
  async getOwn(caller: Principal): Promise<{ user: User; tenants: UserTenant[] }> {
    const isUser = caller.kind === 'user' && isId(caller.subject);
    const user = isUser
      ? await this.#options.database.transaction(undefined, (transaction) =>
          store.findUser(transaction, caller.subject),
        )
      : undefined;
    if (user === undefined) throw new NotFoundError('user', caller.subject);
    return { user, tenants: groupByTenant(await this.#options.roles.listGrants(user.id)) };
  }

  /** Gives the caller another name. */
  async renameOwn(caller: Principal, name: string): Promise<User> {
    const { database, clock } = this.#options;
    const id = userIdOf(caller);
    if (!isId(id)) throw new NotFoundError('user', id);
    return database.transaction(caller.tenant, async (transaction) => {
      const before = await store.renameUser(transaction, { id, name, now: clock.now() });
      const user = await store.findUser(transaction, id);
      if (before === undefined || user === undefined) throw new NotFoundError('user', id);
      if (before !== name)
        transaction.audit({
          action: 'user.updated',
          resourceType: 'user',
          resourceId: id,
          before: { name: before },
          after: { name },
        });
      return user;
    });
  }
}

/** Tokens of other issuers may be of somebody who is no user here. */
function isId(subject: string): boolean {
  return z.uuid().safeParse(subject).success;
}

function groupByTenant(grants: readonly RoleGrant[]): UserTenant[] {
  const groups = Map.groupBy(
    grants.filter((grant) => grant.tenantId !== null),
    (grant) => grant.tenantId!,
  );
  return [...groups].map(([tenantId, own]) => ({
    tenantId,
    organizationId: own.find((grant) => grant.organizationId !== null)?.organizationId ?? null,
    roles: [...new Set(own.map((grant) => grant.role))],
  }));
}
