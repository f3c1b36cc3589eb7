import type { EventData, EventEnvelope } from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import type { TenantService } from './tenant.service.ts';

/** Gives each new organization its tenant, also when the direct call after its creation did not get through. */
export class EnsureTenant implements UseCase<EventData<'organization.created'>> {
  readonly #tenants: TenantService;
  constructor(tenants: TenantService) {
    this.#tenants = tenants;
  }

  async handle(transaction: Transaction, event: EventEnvelope<EventData<'organization.created'>>): Promise<void> {
    await this.#tenants.ensureTenantIn(transaction, event.data);
  }
}
