import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId, runInContext, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';
import type { RenewalService } from './renewal.service.ts';

const tenantsAtOnce = 1000;

export interface RenewalJobOptions {
  readonly renewals: RenewalService;
  readonly clock: TenantClock;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'listActiveTenantIds'>;
  readonly log: Logger;
}

/** Announces and records what is due of terms, for every active tenant; beside the invoice run's full hours. */
export function renewalJob({ renewals, clock, tenants, log }: RenewalJobOptions): JobDefinition {
  const runTenant = async (tenantId: string): Promise<boolean> => {
    const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
    try {
      await clock.load(tenantId);
      await runInContext({ requestId: newId(), principal }, () => renewals.run(tenantId));
      return true;
    } catch (error) {
      log.error({ err: error, tenantId }, "a tenant's renewals failed");
      return false;
    }
  };
  return {
    name: 'subscription.renewals',
    schedule: '7-59/15 * * * *',
    run: async () => {
      let failed = 0;
      let after: string | undefined;
      do {
        const page = await tenants.listActiveTenantIds({
          limit: tenantsAtOnce,
          ...(after === undefined ? {} : { after }),
        });
        for (const tenantId of page) if (!(await runTenant(tenantId))) failed += 1;
        after = page.length < tenantsAtOnce ? undefined : page.at(-1);
      } while (after !== undefined);
      if (failed > 0) throw new Error(`the renewals failed for ${failed} tenants`);
    },
  };
}
