import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import type { MembershipService } from './membership.service.ts';

/** Makes whoever got their first role in a tenant a member of its organization. */
export class AddMember implements UseCase<EventData<'member.joined'>> {
  readonly #memberships: MembershipService;
  constructor(memberships: MembershipService) {
    this.#memberships = memberships;
  }

  async handle(transaction: Transaction, { data }: EventEnvelope<EventData<'member.joined'>>): Promise<void> {
    const { tenantId, organizationId, userId } = data;
    if (organizationId === null) return;
    await transaction.enterTenant(tenantId);
    await this.#memberships.ensureMemberIn(transaction, { tenantId, organizationId, userId });
  }
}
