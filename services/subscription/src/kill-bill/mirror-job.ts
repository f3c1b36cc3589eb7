import type { JobDefinition, Logger, TenantClock } from '@plinth/common';
import { runForTenant } from '../tenant-job/tenant-job.ts';
import type { MirrorService } from './mirror.service.ts';

/**
 * Mirrors every tenant that has switched it on, four times an hour: the last day of a period reaches Kill Bill before
 * it bills the period. A tenant whose Kill Bill is away does not keep the others waiting.
 */
export function mirrorJob(mirror: MirrorService, clock: TenantClock, log: Logger): JobDefinition {
  const runTenant = async (tenantId: string): Promise<boolean> => {
    try {
      const summary = await runForTenant(clock, tenantId, () => mirror.run(tenantId, 'stale'));
      log.info({ tenantId, ...summary }, 'Kill Bill was mirrored to');
      return true;
    } catch (error) {
      log.error({ err: error, tenantId }, 'mirroring to Kill Bill failed');
      return false;
    }
  };
  return {
    name: 'subscription.kill-bill-mirror',
    schedule: '*/15 * * * *',
    run: async () => {
      let failed = 0;
      for (const tenantId of await mirror.listTenants()) if (!(await runTenant(tenantId))) failed += 1;
      // The queue tries again; what was told by then is not told twice.
      if (failed > 0) throw new Error(`mirroring to Kill Bill failed for ${failed} tenants`);
    },
  };
}
