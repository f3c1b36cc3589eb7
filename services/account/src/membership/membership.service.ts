import type { ContractFunctions, iamContract, Principal } from '@plinth/contracts';
import {
  decodeCursor,
  NotFoundError,
  Semaphore,
  toPage,
  userIdOf,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { NotOwnerError, OwnerStaysError } from './membership.errors.ts';
import * as store from './membership.store.ts';
import type { Membership } from './membership.ts';

export interface MembershipServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly iam: Pick<ContractFunctions<typeof iamContract>, 'grantRole' | 'removeMember'>;
}

export interface NewMember {
  readonly tenantId: string;
  readonly organizationId: string;
  readonly userId: string;
}

/** Keeps who belongs to an organization and who owns it. */
export class MembershipService {
  readonly #options: MembershipServiceOptions;
  /** Such work holds a connection while iam takes another one. */
  readonly #slots = new Semaphore(2);

  constructor(options: MembershipServiceOptions) {
    this.#options = options;
  }

  /** Makes a person a member unless they are one. */
  async ensureMember(member: NewMember): Promise<boolean> {
    return this.#options.database.transaction(member.tenantId, (transaction) =>
      this.ensureMemberIn(transaction, member),
    );
  }

  /** The same inside the transaction of an event. */
  async ensureMemberIn(transaction: Transaction, member: NewMember): Promise<boolean> {
    const { organizationId, userId } = member;
    const created = await store.insertMembership(transaction, {
      organizationId,
      userId,
      now: this.#options.clock.now(),
    });
    if (created)
      transaction.audit({
        action: 'membership.created',
        resourceType: 'membership',
        resourceId: userId,
        after: { organizationId, userId },
      });
    return created;
  }

  /** Ends a membership inside the transaction of an event. */
  async removeMemberIn(transaction: Transaction, userId: string): Promise<boolean> {
    const before = await store.findMembership(transaction, userId);
    if (before === undefined || !(await store.deleteMembership(transaction, userId))) return false;
    transaction.audit({ action: 'membership.deleted', resourceType: 'membership', resourceId: userId, before });
    return true;
  }

  async findMembership(tenantId: string, userId: string): Promise<Membership | undefined> {
    return this.#options.database.transaction(tenantId, (transaction) => store.findMembership(transaction, userId));
  }

  async listMembers(
    tenantId: string,
    organizationId: string,
    query: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<Membership>> {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, async (transaction) => {
      if (!(await store.existsOrganization(transaction, organizationId)))
        throw new NotFoundError('organization', organizationId);
      return store.listMemberships(transaction, { organizationId, after, limit: query.limit + 1 });
    });
    return toPage(
      rows,
      query.limit,
      (member) => [member.userId],
      (member) => member,
    );
  }

  /** Ends the caller's own membership, and everything that they may do in the tenant. */
  async leave(caller: Principal, organizationId: string): Promise<void> {
    await this.#end(caller.tenant!, organizationId, { userId: userIdOf(caller) });
  }

  /** Ends somebody's membership, and everything that they may do in the tenant. */
  async removeMember(caller: Principal, organizationId: string, userId: string): Promise<void> {
    await this.#end(caller.tenant!, organizationId, { userId, by: caller });
  }

  /** Makes another member the owner, with the role of an administrator. */
  async transferOwnership(caller: Principal, organizationId: string, userId: string): Promise<void> {
    const { database, iam } = this.#options;
    const [tenantId, ownerId] = [caller.tenant!, userIdOf(caller)];
    await this.#slots.run(() =>
      database.transaction(tenantId, async (transaction) => {
        await lockOwn(transaction, organizationId);
        if (!(await store.findMembership(transaction, ownerId))?.isOwner) throw new NotOwnerError();
        if (userId === ownerId) return;
        if ((await store.findMembership(transaction, userId)) === undefined) throw new NotFoundError('member', userId);
        await iam.grantRole({ tenantId, organizationId, userId, role: 'org_admin' });
        await store.setOwner(transaction, ownerId, false);
        await store.setOwner(transaction, userId, true);
        transaction.audit({
          action: 'organization.transferred',
          resourceType: 'organization',
          resourceId: organizationId,
          before: { ownerUserId: ownerId },
          after: { ownerUserId: userId },
        });
      }),
    );
  }

  /**
   * iam decides first: it keeps the last administrator and knows who may remove whom. What fails after it is made up
   * for by `member.left`.
   */
  async #end(
    tenantId: string,
    organizationId: string,
    ending: { readonly userId: string; readonly by?: Principal },
  ): Promise<void> {
    const { database, iam } = this.#options;
    await this.#slots.run(() =>
      database.transaction(tenantId, async (transaction) => {
        await lockOwn(transaction, organizationId);
        if ((await store.findMembership(transaction, ending.userId))?.isOwner) throw new OwnerStaysError();
        const { removed } = await iam.removeMember({ tenantId, ...ending });
        if (!(await this.removeMemberIn(transaction, ending.userId)) && !removed)
          throw new NotFoundError('member', ending.userId);
      }),
    );
  }
}

async function lockOwn(transaction: Transaction, organizationId: string): Promise<void> {
  if (!(await store.lockOrganization(transaction, organizationId)))
    throw new NotFoundError('organization', organizationId);
}
