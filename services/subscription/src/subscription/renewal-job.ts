import type { JobDefinition } from '@plinth/common';
import { tenantJob, type TenantJobOptions } from '../tenant-job/tenant-job.ts';
import type { RenewalService } from './renewal.service.ts';

export interface RenewalJobOptions extends TenantJobOptions {
  readonly renewals: RenewalService;
}

/** Announces and records what is due of terms, for every active tenant; beside the invoice run's full hours. */
export function renewalJob(options: RenewalJobOptions): JobDefinition {
  return tenantJob(options, {
    name: 'subscription.renewals',
    schedule: '7-59/15 * * * *',
    work: (tenantId) => options.renewals.run(tenantId),
  });
}
