import type { accountContract, ContractFunctions, tenantContract } from '@plinth/contracts';
import { keepSecret, type JobDefinition, type ServiceDependencies, type TenantClock } from '@plinth/common';
import { BankTransferController } from './bank-transfer/bank-transfer.controller.ts';
import { BankTransferService } from './bank-transfer/bank-transfer.service.ts';
import type { ApprovalService } from './approval/approval.service.ts';
import { ChargebackController } from './chargeback/chargeback.controller.ts';
import { ChargebackService } from './chargeback/chargeback.service.ts';
import type { CreditMovements } from './credit/credit-movement.service.ts';
import { PaymentCredits } from './credit/payment-credits.service.ts';
import { collectionJob, collectTenant } from './dunning/collection-job.ts';
import { CollectionService } from './dunning/collection.service.ts';
import { DunningPauseService } from './dunning/dunning-pause.service.ts';
import { DunningPolicyService } from './dunning/dunning-policy.service.ts';
import { PromptCharges } from './dunning/prompt-charges.service.ts';
import { DunningController } from './dunning/dunning.controller.ts';
import { GatewayEventController } from './gateway-event/gateway-event.controller.ts';
import { GatewayEventService } from './gateway-event/gateway-event.service.ts';
import type { InvoiceService } from './invoice/invoice.service.ts';
import type { LegalEntityService } from './legal-entity/legal-entity.service.ts';
import { GatewayAccountController } from './payment-gateway/gateway-account.controller.ts';
import { GatewayAccountService } from './payment-gateway/gateway-account.service.ts';
import { PaymentMethodController } from './payment-method/payment-method.controller.ts';
import { PaymentMethodService } from './payment-method/payment-method.service.ts';
import { AdvancePaymentService } from './payment/advance-payment.service.ts';
import { ChargeService } from './payment/charge.service.ts';
import { PaymentResolutionService } from './payment/payment-resolution.service.ts';
import { PaymentSettlementService } from './payment/payment-settlement.service.ts';
import { PaymentController } from './payment/payment.controller.ts';
import { PaymentService } from './payment/payment.service.ts';
import { ReceivedPaymentService } from './payment/received-payment.service.ts';
import { ReconciliationController } from './reconciliation/reconciliation.controller.ts';
import { ReconciliationService } from './reconciliation/reconciliation.service.ts';
import { RefundController } from './refund/refund.controller.ts';
import { RefundService } from './refund/refund.service.ts';
import type { SubscriptionService } from './subscription/subscription.service.ts';
import type { TimedWork } from './test-clock/timed-work.ts';

export interface PaymentsDependencies extends Pick<
  ServiceDependencies,
  'database' | 'log' | 'environment' | 'dataDirectory'
> {
  readonly clock: TenantClock;
  readonly account: ContractFunctions<typeof accountContract>;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  readonly approvals: ApprovalService;
  readonly invoices: InvoiceService;
  readonly entities: LegalEntityService;
  readonly credits: CreditMovements;
  readonly subscriptions: SubscriptionService;
}

/** Puts everything about payments together. */
export async function createPayments(dependencies: PaymentsDependencies) {
  const { database, clock, log, invoices, entities, account, environment, subscriptions, tenants } = dependencies;
  const gateways = new GatewayAccountService({
    database,
    clock,
    entities,
    secret: environment.findSecret('SUBSCRIPTION_SECRET') ?? (await findKeptSecret(dependencies.dataDirectory)),
    stripeUrl: environment.getString('SUBSCRIPTION_STRIPE_URL'),
    timeoutMs: environment.getInteger('SUBSCRIPTION_GATEWAY_TIMEOUT'),
  });
  const methods = new PaymentMethodService({ database, clock, gateways, account });
  const pauses = new DunningPauseService(database, clock, invoices);
  const policies = new DunningPolicyService(database, clock, entities);
  const settlement = new PaymentSettlementService({
    clock,
    invoices,
    methods,
    pauses,
    credits: new PaymentCredits(dependencies.credits),
  });
  const payments = new PaymentService({ database, clock, invoices, gateways });
  const charges = new ChargeService({ database, payments, gateways, methods, settlement });
  const received = new ReceivedPaymentService({ database, payments, settlement });
  const resolution = new PaymentResolutionService({ database, clock, log, payments, charges, methods, settlement });
  const refunds = new RefundService({
    database,
    clock,
    log,
    payments,
    settlement,
    approvals: dependencies.approvals,
  });
  const chargebacks = new ChargebackService({ database, clock, payments, settlement, pauses });
  const events = new GatewayEventService({
    database,
    clock,
    gateways,
    payments,
    settlement,
    methods,
    refunds,
    chargebacks,
  });
  const collection = new CollectionService({ database, clock, log, invoices, charges, policies, subscriptions });
  const collecting = { collection, resolution, refunds, methods, tenants, log, clock };
  const jobs: JobDefinition[] = [collectionJob(collecting)];
  const timedCollection: TimedWork = {
    name: 'collections',
    run: (tenantId) => collectTenant(collecting, tenantId),
  };
  const advances = new AdvancePaymentService({ database, payments, charges, settlement });
  return {
    jobs,
    promptCharges: new PromptCharges({ collection, clock, log }),
    methods,
    received,
    settlement,
    advances,
    payments,
    refunds,
    chargebacks,
    pauses,
    timedCollection,
    controllers: [
      GatewayEventController,
      GatewayAccountController,
      PaymentMethodController,
      RefundController,
      ReconciliationController,
      BankTransferController,
      ChargebackController,
      DunningController,
      PaymentController,
    ],
    providers: [
      { provide: GatewayAccountService, useValue: gateways },
      { provide: PaymentMethodService, useValue: methods },
      { provide: DunningPauseService, useValue: pauses },
      { provide: DunningPolicyService, useValue: policies },
      { provide: PaymentService, useValue: payments },
      { provide: ChargeService, useValue: charges },
      { provide: ReceivedPaymentService, useValue: received },
      { provide: RefundService, useValue: refunds },
      { provide: BankTransferService, useValue: new BankTransferService(database, clock, received) },
      { provide: ReconciliationService, useValue: new ReconciliationService(database, gateways) },
      { provide: ChargebackService, useValue: chargebacks },
      { provide: GatewayEventService, useValue: events },
    ],
  };
}

async function findKeptSecret(directory: string | undefined) {
  return directory === undefined ? undefined : keepSecret(directory, 'subscription-secret');
}
