import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId, runInContext, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentResolutionService } from '../payment/payment-resolution.service.ts';
import type { RefundService } from '../refund/refund.service.ts';
import type { CollectionService } from './collection.service.ts';

const tenantsAtOnce = 1000;

export interface CollectionJobOptions {
  readonly collection: CollectionService;
  readonly resolution: PaymentResolutionService;
  readonly refunds: RefundService;
  readonly methods: PaymentMethodService;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'listActiveTenantIds'>;
  readonly log: Logger;
  readonly clock: TenantClock;
}

/**
 * Everything about money that happens by itself, for one tenant at its time: what is open is found out before more is
 * charged. Answers how many invoices were charged and steps of dunning taken.
 */
export async function collectTenant(options: CollectionJobOptions, tenantId: string): Promise<number> {
  const { collection, resolution, refunds, methods, clock, log } = options;
  const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
  return runInContext({ requestId: newId(), principal }, async () => {
    const now = await clock.nowOf(tenantId);
    await resolution.resolveDue(tenantId, now);
    await refunds.resolveDue(tenantId, now);
    const summary = await collection.collect(tenantId, now);
    await methods.notifyExpiring(tenantId, now);
    if (summary.charged + summary.steps + summary.failed > 0)
      log.info({ tenantId, ...summary }, 'invoices were collected');
    if (summary.failed > 0) throw new Error(`${summary.failed} invoices cannot be collected`);
    return summary.charged + summary.steps;
  });
}

/** Collects for every active tenant, hourly and after the invoice run. A tenant that fails does not keep the others waiting. */
export function collectionJob(options: CollectionJobOptions): JobDefinition {
  return {
    name: 'subscription.collection',
    schedule: '15 * * * *',
    run: async () => {
      let failed = 0;
      let after: string | undefined;
      do {
        const page = await options.tenants.listActiveTenantIds({
          limit: tenantsAtOnce,
          ...(after === undefined ? {} : { after }),
        });
        for (const tenantId of page) {
          await collectTenant(options, tenantId).catch((error: unknown) => {
            failed += 1;
            options.log.error({ err: error, tenantId }, 'the collection of a tenant failed');
          });
        }
        after = page.length < tenantsAtOnce ? undefined : page.at(-1);
      } while (after !== undefined);
      // The queue tries again; what is done is not due any more.
      if (failed > 0) throw new Error(`the collection failed for ${failed} tenants`);
    },
  };
}
