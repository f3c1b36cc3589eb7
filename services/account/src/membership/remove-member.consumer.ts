import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import type { MembershipService } from './membership.service.ts';

/** Ends the membership of whoever has no role in a tenant any more. */
export class RemoveMember implements UseCase<EventData<'member.left'>> {
  readonly #memberships: MembershipService;
  constructor(memberships: MembershipService) {
    this.#memberships = memberships;
  }

  async handle(transaction: Transaction, { data }: EventEnvelope<EventData<'member.left'>>): Promise<void> {
    await transaction.enterTenant(data.tenantId);
    await this.#memberships.removeMemberIn(transaction, data.userId);
  }
}
