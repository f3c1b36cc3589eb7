import type {
  ContractFunctions,
  EventData,
  EventEnvelope,
  accountContract,
  subscriptionContract,
} from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import { toPlanLimits } from './tenant.ts';
import type { TenantService } from './tenant.service.ts';

export interface ApplyEntitlementsDependencies {
  readonly tenants: TenantService;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly subscription: Pick<ContractFunctions<typeof subscriptionContract>, 'listEntitlements'>;
}

/** Limits the tenant that an account pays for to what the account's plans allow. */
export class ApplyEntitlements implements UseCase<EventData<'entitlements.changed'>> {
  readonly #dependencies: ApplyEntitlementsDependencies;
  constructor(dependencies: ApplyEntitlementsDependencies) {
    this.#dependencies = dependencies;
  }

  async handle(_: Transaction, event: EventEnvelope<EventData<'entitlements.changed'>>): Promise<void> {
    if (event.tenant === undefined) return;
    const { tenants, account } = this.#dependencies;
    const { accountId, entitlements } = event.data;
    const [payer] = await account.listAccountsByIds({ tenantId: event.tenant, ids: [accountId] });
    if (payer?.customerTenantId === undefined || payer.customerTenantId === null) return;
    await tenants.changePlanLimits(payer.customerTenantId, toPlanLimits(entitlements));
  }
}

/** Gives a tenant the limits of the account that pays for it from now on, and takes them from the one before. */
export class ApplyLink implements UseCase<EventData<'account.tenant_linked'>> {
  readonly #dependencies: ApplyEntitlementsDependencies;
  constructor(dependencies: ApplyEntitlementsDependencies) {
    this.#dependencies = dependencies;
  }

  async handle(_: Transaction, event: EventEnvelope<EventData<'account.tenant_linked'>>): Promise<void> {
    if (event.tenant === undefined) return;
    const { tenants, subscription } = this.#dependencies;
    const { accountId, customerTenantId, previousTenantId } = event.data;
    if (previousTenantId !== null) await tenants.changePlanLimits(previousTenantId, {});
    if (customerTenantId === null) return;
    const entitlements = await subscription.listEntitlements({ tenantId: event.tenant, accountId });
    await tenants.changePlanLimits(customerTenantId, toPlanLimits(entitlements));
  }
}
