import type {
  accountContract,
  auditContract,
  ContractFunctions,
  meteringContract,
  tenantContract,
} from '@plinth/contracts';
import type { JobDefinition, ServiceDependencies, TenantClock } from '@plinth/common';
import { ApprovalController } from './approval/approval.controller.ts';
import { ApprovalDecisions } from './approval/approval-decision.service.ts';
import { approvalJob, resumeApprovals } from './approval/approval-job.ts';
import { ApprovalRuleService } from './approval/approval-rule.service.ts';
import { ApprovalService } from './approval/approval.service.ts';
import { GuardedActions } from './approval/guarded-actions.service.ts';
import { GuardedConcessions } from './approval/guarded-concessions.service.ts';
import { DisputeActions } from './dispute/dispute-action.service.ts';
import { DisputeController } from './dispute/dispute.controller.ts';
import { DisputeService } from './dispute/dispute.service.ts';
import { SnapshotService } from './dispute/snapshot.service.ts';
import { EvidenceController } from './evidence/evidence.controller.ts';
import { EvidenceService } from './evidence/evidence.service.ts';
import type { createCredits } from './credits.module.ts';
import type { createInvoicing } from './invoicing.module.ts';
import type { createPayments } from './payments.module.ts';
import type { SubscriptionService } from './subscription/subscription.service.ts';
import type { TimedWork } from './test-clock/timed-work.ts';

export interface DisputesDependencies extends Pick<ServiceDependencies, 'database' | 'log'> {
  readonly clock: TenantClock;
  readonly approvals: ApprovalService;
  readonly invoicing: ReturnType<typeof createInvoicing>;
  readonly payments: Awaited<ReturnType<typeof createPayments>>;
  readonly credits: ReturnType<typeof createCredits>;
  readonly subscriptions: SubscriptionService;
  readonly account: ContractFunctions<typeof accountContract>;
  readonly audit: ContractFunctions<typeof auditContract>;
  readonly metering: ContractFunctions<typeof meteringContract>;
  readonly tenants: ContractFunctions<typeof tenantContract>;
}

const evidenceTimeoutMs = 5000;

/** Puts together limits and approvals, disputes and their evidence. */
export function createDisputes(dependencies: DisputesDependencies) {
  const { database, clock, log, approvals, invoicing, tenants, metering } = dependencies;
  const { payments, received, refunds, chargebacks, pauses } = dependencies.payments;
  const { invoices, creditNotes, charges, editing, coupons } = invoicing;
  const concessions = new GuardedConcessions({
    database,
    approvals,
    charges,
    coupons,
    payments,
    received,
    credits: dependencies.credits.grants,
  });
  const actions = new GuardedActions({
    database,
    approvals,
    invoices,
    creditNotes,
    charges,
    editing,
    refunds,
    credits: dependencies.credits.grants,
    concessions,
  });
  const decisions = new ApprovalDecisions({ database, clock, log, approvals, actions });
  const resuming = { decisions, tenants, log, clock };
  const evidence = new EvidenceService({
    ...dependencies,
    invoices,
    creditNotes,
    payments,
    refunds,
    chargebacks,
    timeoutMs: evidenceTimeoutMs,
  });
  const snapshots = new SnapshotService(database, clock, evidence);
  const disputes = new DisputeService({ database, clock, invoices, chargebacks, payments, pauses, snapshots });
  const credits = dependencies.credits.grants;
  const acting = { database, clock, disputes, actions, invoices, payments, refunds, credits, metering };
  const jobs: JobDefinition[] = [approvalJob(resuming)];
  const timedApprovals: TimedWork = { name: 'approvals', run: (tenantId) => resumeApprovals(resuming, tenantId) };
  return {
    jobs,
    timedApprovals,
    // Those with paths of their own before the one whose paths begin with the id of a dispute.
    controllers: [ApprovalController, EvidenceController, DisputeController],
    providers: [
      { provide: ApprovalService, useValue: approvals },
      { provide: ApprovalRuleService, useValue: new ApprovalRuleService(database, clock) },
      { provide: ApprovalDecisions, useValue: decisions },
      { provide: GuardedActions, useValue: actions },
      { provide: GuardedConcessions, useValue: concessions },
      { provide: EvidenceService, useValue: evidence },
      { provide: SnapshotService, useValue: snapshots },
      { provide: DisputeService, useValue: disputes },
      { provide: DisputeActions, useValue: new DisputeActions(acting) },
    ],
  };
}
