import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import type { RoleService } from './role.service.ts';

/** Makes the person who created an organization its administrator. */
export class GrantOwnerRole implements UseCase<EventData<'organization.created'>> {
  readonly #roles: RoleService;
  constructor(roles: RoleService) {
    this.#roles = roles;
  }

  async handle(transaction: Transaction, event: EventEnvelope<EventData<'organization.created'>>): Promise<void> {
    const { tenantId, organizationId, ownerUserId } = event.data;
    await transaction.enterTenant(tenantId);
    await this.#roles.grantRoleIn(transaction, { tenantId, organizationId, userId: ownerUserId, role: 'org_admin' });
  }
}
