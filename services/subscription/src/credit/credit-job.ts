import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId, runInContext, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';
import type { TimedWork } from '../test-clock/timed-work.ts';
import type { CreditTopUpService } from './credit-top-up.service.ts';
import type { CreditService } from './credit.service.ts';

const tenantsAtOnce = 1000;

export interface CreditJobOptions {
  readonly credits: CreditService;
  readonly topUps: CreditTopUpService;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'listActiveTenantIds'>;
  readonly log: Logger;
  readonly clock: TenantClock;
}

/** What happens to a tenant's credit by itself: it expires, and it is topped up. Gives how much happened. */
async function keepCredits({ credits, topUps, clock }: CreditJobOptions, tenantId: string): Promise<number> {
  const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
  return runInContext({ requestId: newId(), principal }, async () => {
    await clock.load(tenantId);
    return (await credits.expire(tenantId)) + (await topUps.topUp(tenantId));
  });
}

/** The same as a test clock lets it happen: also at each instant at which something expires. */
export function timedCredits(options: CreditJobOptions): TimedWork {
  return {
    name: 'credits',
    nextAt: (tenantId, after) => options.credits.findNextExpiry(tenantId, after),
    run: (tenantId) => keepCredits(options, tenantId),
  };
}

/** Every active tenant's, hourly, between the invoice run and the collection. One that fails does not keep the others waiting. */
export function creditJob(options: CreditJobOptions): JobDefinition {
  return {
    name: 'subscription.credits',
    schedule: '10 * * * *',
    run: async () => {
      let failed = 0;
      let after: string | undefined;
      do {
        const page = await options.tenants.listActiveTenantIds({
          limit: tenantsAtOnce,
          ...(after === undefined ? {} : { after }),
        });
        for (const tenantId of page) {
          await keepCredits(options, tenantId).catch((error: unknown) => {
            failed += 1;
            options.log.error({ err: error, tenantId }, 'the credits of a tenant cannot be kept');
          });
        }
        after = page.length < tenantsAtOnce ? undefined : page.at(-1);
      } while (after !== undefined);
      // The queue tries again; what has expired is not due any more.
      if (failed > 0) throw new Error(`the credits of ${failed} tenants could not be kept`);
    },
  };
}
