import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId, runInContext, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';

const tenantsAtOnce = 1000;

export interface TenantJobOptions {
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'listActiveTenantIds'>;
  readonly clock: TenantClock;
  readonly log: Logger;
}

export interface TenantJob extends Pick<JobDefinition, 'name' | 'schedule'> {
  readonly work: (tenantId: string) => Promise<unknown>;
}

/**
 * A job that does its work for every active tenant. One that fails does not keep the others waiting; in the end the job
 * fails for it, so that the queue tries again. Work that is done must not be due any more.
 */
export function tenantJob(options: TenantJobOptions, { name, schedule, work }: TenantJob): JobDefinition {
  return {
    name,
    schedule,
    run: async () => {
      let failed = 0;
      for await (const tenantId of activeTenants(options.tenants))
        await runForTenant(options.clock, tenantId, () => work(tenantId)).catch((error: unknown) => {
          failed += 1;
          options.log.error({ err: error, tenantId, job: name }, 'a job failed for a tenant');
        });
      if (failed > 0) throw new Error(`${name} failed for ${failed} tenants`);
    },
  };
}

/** Runs work in the name of the service, at the tenant's own time. */
export async function runForTenant<Result>(
  clock: TenantClock,
  tenantId: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
  return runInContext({ requestId: newId(), principal }, async () => {
    await clock.load(tenantId);
    return work();
  });
}

async function* activeTenants(tenants: TenantJobOptions['tenants']): AsyncGenerator<string> {
  for (let after: string | undefined; ;) {
    const page = await tenants.listActiveTenantIds({
      limit: tenantsAtOnce,
      ...(after === undefined ? {} : { after }),
    });
    yield* page;
    if (page.length < tenantsAtOnce) return;
    after = page.at(-1);
  }
}
