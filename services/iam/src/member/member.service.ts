import type { accountContract, ContractFunctions } from '@plinth/contracts';
import type { Clock, Logger, PlanLimits, Transaction } from '@plinth/common';
import { OwnerKeepsRoleError } from './member.errors.ts';
import * as store from './member.store.ts';

export interface MemberServiceOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: PlanLimits;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'ensureMember' | 'findMembership'>;
}

export interface Joining {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly userId: string;
}

/**
 * Notices who becomes a member of a tenant and who stops being one: a member is whoever has a role in it. Every
 * method needs a transaction that sees the tenant.
 */
export class MemberService {
  readonly #options: MemberServiceOptions;

  constructor(options: MemberServiceOptions) {
    this.#options = options;
  }

  /**
   * After a user was given a role: the first one makes them a member, if the tenant may have another. account learns
   * of it at once where it can be reached, and by `member.joined` in any case.
   */
  async noteGranted(transaction: Transaction, joining: Joining): Promise<void> {
    if ((await store.countAssignments(transaction, joining.userId)) === 1) await this.noteJoined(transaction, joining);
  }

  /** After somebody who had no role was given one or several. */
  async noteJoined(transaction: Transaction, { tenantId, organizationId, userId }: Joining): Promise<void> {
    await this.#options.limits.assertRoom(tenantId, 'members', () => store.countMembers(transaction), 0);
    transaction.publish('member.joined', userId, { tenantId, organizationId, userId });
    if (organizationId === null) return;
    const { account, log } = this.#options;
    transaction.afterCommit(async () => {
      await account
        .ensureMember({ tenantId, organizationId, userId })
        .catch((error: unknown) => log.warn({ err: error, tenantId }, 'a membership is left for its event'));
    });
  }

  /** After a role was taken from a user: without any they are no member any more, and lose what members have. */
  async noteTaken(transaction: Transaction, tenantId: string, userId: string): Promise<void> {
    if ((await store.countAssignments(transaction, userId)) > 0) return;
    await this.end(transaction, tenantId, userId);
  }

  /** Revokes what a former member left behind and says that they are gone. */
  async end(transaction: Transaction, tenantId: string, userId: string): Promise<void> {
    const now = this.#options.clock.now();
    for (const id of await store.revokeApiKeysOf(transaction, userId, now))
      transaction.audit({ action: 'api_key.revoked', resourceType: 'api_key', resourceId: id });
    for (const id of await store.revokeInvitationsOf(transaction, userId, now)) {
      transaction.audit({ action: 'invitation.revoked', resourceType: 'invitation', resourceId: id });
      transaction.publish('invitation.revoked', id, { tenantId, invitationId: id });
    }
    transaction.publish('member.left', userId, { tenantId, userId });
  }

  /** The owner of the organization administers it until somebody else is the owner. */
  async assertNotOwner(tenantId: string, userId: string): Promise<void> {
    const membership = await this.#options.account.findMembership({ tenantId, userId });
    if (membership?.isOwner) throw new OwnerKeepsRoleError();
  }
}
