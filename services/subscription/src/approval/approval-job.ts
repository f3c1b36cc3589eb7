import type { JobDefinition } from '@plinth/common';
import { runForTenant, tenantJob, type TenantJobOptions } from '../tenant-job/tenant-job.ts';
import type { ApprovalDecisions } from './approval-decision.service.ts';

export interface ApprovalJobOptions extends TenantJobOptions {
  readonly decisions: ApprovalDecisions;
}

/** Does what was approved before a crash, and ends requests whose time is over, for one tenant. */
export async function resumeApprovals({ decisions, clock }: ApprovalJobOptions, tenantId: string): Promise<number> {
  return runForTenant(clock, tenantId, () => decisions.resume(tenantId));
}

/** The same for every active tenant. */
export function approvalJob(options: ApprovalJobOptions): JobDefinition {
  return tenantJob(options, {
    name: 'subscription.approvals',
    schedule: '*/5 * * * *',
    work: (tenantId) => options.decisions.resume(tenantId),
  });
}
