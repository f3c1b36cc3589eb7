import type { ContractFunctions, accountContract, tenantContract } from '@plinth/contracts';
import type { Database, Logger, TenantClock } from '@plinth/common';
import type { ApprovalService } from './approval/approval.service.ts';
import { CreditBalanceService } from './credit/credit-balance.service.ts';
import { CreditConversion } from './credit/credit-conversion.service.ts';
import { CreditGrantService } from './credit/credit-grant.service.ts';
import { creditJob, timedCredits } from './credit/credit-job.ts';
import { CreditTopUpService } from './credit/credit-top-up.service.ts';
import { CreditController } from './credit/credit.controller.ts';
import { CreditService } from './credit/credit.service.ts';
import type { createInvoicing } from './invoicing.module.ts';
import type { createPayments } from './payments.module.ts';
import type { SubscriptionPreviewService } from './preview/subscription-preview.service.ts';
import type { SubscriptionService } from './subscription/subscription.service.ts';

export interface CreditsDependencies {
  readonly database: Database;
  readonly clock: TenantClock;
  readonly log: Logger;
  readonly account: ContractFunctions<typeof accountContract>;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  readonly subscriptions: SubscriptionService;
  readonly previews: SubscriptionPreviewService;
  readonly invoicing: ReturnType<typeof createInvoicing>;
  readonly approvals: ApprovalService;
  readonly payments: Awaited<ReturnType<typeof createPayments>>;
}

/** Puts everything about prepaid credit together. */
export function createCredits(dependencies: CreditsDependencies) {
  const { database, clock, log, account, tenants, subscriptions, previews, invoicing } = dependencies;
  const { credits: movements, invoices, creditNotes, entities } = invoicing;
  const { settlement, advances } = dependencies.payments;
  const conversion = new CreditConversion({ clock, invoices, creditNotes, settlement, movements });
  const grants = new CreditGrantService({
    database,
    clock,
    account,
    approvals: dependencies.approvals,
    entities,
    advances,
    movements,
    conversion,
  });
  const credits = new CreditService({ database, clock, account, invoices, movements });
  const topUps = new CreditTopUpService({ database, clock, log, grants });
  const keeping = { credits, topUps, tenants, log, clock };
  return {
    grants,
    job: creditJob(keeping),
    timedCredits: timedCredits(keeping),
    controllers: [CreditController],
    providers: [
      { provide: CreditService, useValue: credits },
      { provide: CreditGrantService, useValue: grants },
      {
        provide: CreditBalanceService,
        useValue: new CreditBalanceService({ database, clock, subscriptions, previews }),
      },
    ],
  };
}
