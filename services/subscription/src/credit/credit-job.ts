import type { JobDefinition } from '@plinth/common';
import { runForTenant, tenantJob, type TenantJobOptions } from '../tenant-job/tenant-job.ts';
import type { TimedWork } from '../test-clock/timed-work.ts';
import type { CreditTopUpService } from './credit-top-up.service.ts';
import type { CreditService } from './credit.service.ts';

export interface CreditJobOptions extends TenantJobOptions {
  readonly credits: CreditService;
  readonly topUps: CreditTopUpService;
}

/** What happens to a tenant's credit by itself: it expires, and it is topped up. Gives how much happened. */
async function keepCredits({ credits, topUps }: CreditJobOptions, tenantId: string): Promise<number> {
  return (await credits.expire(tenantId)) + (await topUps.topUp(tenantId));
}

/** The same as a test clock lets it happen: also at each instant at which something expires. */
export function timedCredits(options: CreditJobOptions): TimedWork {
  return {
    name: 'credits',
    nextAt: (tenantId, after) => options.credits.findNextExpiry(tenantId, after),
    run: (tenantId) => runForTenant(options.clock, tenantId, () => keepCredits(options, tenantId)),
  };
}

/** Every active tenant's, hourly, between the invoice run and the collection. */
export function creditJob(options: CreditJobOptions): JobDefinition {
  return tenantJob(options, {
    name: 'subscription.credits',
    schedule: '10 * * * *',
    work: (tenantId) => keepCredits(options, tenantId),
  });
}
