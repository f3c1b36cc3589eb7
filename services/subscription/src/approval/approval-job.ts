import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId, runInContext, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';
import type { ApprovalDecisions } from './approval-decision.service.ts';

const tenantsAtOnce = 1000;

export interface ApprovalJobOptions {
  readonly decisions: ApprovalDecisions;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'listActiveTenantIds'>;
  readonly log: Logger;
  readonly clock: TenantClock;
}

/** Does what was approved before a crash, and ends requests whose time is over, for one tenant. */
export async function resumeApprovals({ decisions, clock }: ApprovalJobOptions, tenantId: string): Promise<number> {
  const principal = { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] };
  return runInContext({ requestId: newId(), principal }, async () => {
    await clock.load(tenantId);
    return decisions.resume(tenantId);
  });
}

/** The same for every active tenant. One that fails does not keep the others waiting. */
export function approvalJob(options: ApprovalJobOptions): JobDefinition {
  return {
    name: 'subscription.approvals',
    schedule: '*/5 * * * *',
    run: async () => {
      let failed = 0;
      let after: string | undefined;
      do {
        const page = await options.tenants.listActiveTenantIds({
          limit: tenantsAtOnce,
          ...(after === undefined ? {} : { after }),
        });
        for (const tenantId of page)
          await resumeApprovals(options, tenantId).catch((error: unknown) => {
            failed += 1;
            options.log.error({ err: error, tenantId }, 'the approvals of a tenant cannot be resumed');
          });
        after = page.length < tenantsAtOnce ? undefined : page.at(-1);
      } while (after !== undefined);
      if (failed > 0) throw new Error(`the approvals of ${failed} tenants cannot be resumed`);
    },
  };
}
