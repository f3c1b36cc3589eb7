import type { JobDefinition } from '@plinth/common';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import type { PaymentResolutionService } from '../payment/payment-resolution.service.ts';
import type { RefundService } from '../refund/refund.service.ts';
import { runForTenant, tenantJob, type TenantJobOptions } from '../tenant-job/tenant-job.ts';
import type { CollectionService } from './collection.service.ts';

export interface CollectionJobOptions extends TenantJobOptions {
  readonly collection: CollectionService;
  readonly resolution: PaymentResolutionService;
  readonly refunds: RefundService;
  readonly methods: PaymentMethodService;
}

/**
 * Everything about money that happens by itself, for one tenant at its time: what is open is found out before more is
 * charged. Answers how many invoices were charged and steps of dunning taken.
 */
export async function collectTenant(options: CollectionJobOptions, tenantId: string): Promise<number> {
  const { collection, resolution, refunds, methods, clock, log } = options;
  return runForTenant(clock, tenantId, async () => {
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

/** Collects for every active tenant, hourly and after the invoice run. */
export function collectionJob(options: CollectionJobOptions): JobDefinition {
  return tenantJob(options, {
    name: 'subscription.collection',
    schedule: '15 * * * *',
    work: (tenantId) => collectTenant(options, tenantId),
  });
}
