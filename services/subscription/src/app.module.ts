import {
  accountContract,
  auditContract,
  meteringContract,
  productContract,
  tenantContract,
  type ContractFunctions,
  type subscriptionContract,
} from '@plinth/contracts';
import {
  Database,
  IdempotencyInterceptor,
  TenantClock,
  provideTenantClock,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { EntitlementController } from './entitlement/entitlement.controller.ts';
import { EntitlementService } from './entitlement/entitlement.service.ts';
import { invoiceRunJob } from './invoice-run/hourly-run.ts';
import { ApprovalService } from './approval/approval.service.ts';
import { createDisputes } from './disputes.module.ts';
import { createCredits } from './credits.module.ts';
import { createDocuments } from './documents.module.ts';
import { createInvoicing } from './invoicing.module.ts';
import { createKillBill } from './kill-bill.module.ts';
import { timedInvoiceRun } from './invoice-run/timed-invoice-run.ts';
import { InvoiceFinalized } from './dunning/invoice-finalized.consumer.ts';
import { createNotices } from './notices.module.ts';
import { createPayments } from './payments.module.ts';
import { PlanPreviewService } from './preview/plan-preview.service.ts';
import { SubscriptionPreviewController } from './preview/subscription-preview.controller.ts';
import { SubscriptionPreviewService } from './preview/subscription-preview.service.ts';
import { ReportController } from './report/report.controller.ts';
import { ReportService } from './report/report.service.ts';
import { GatewayEventRetention } from './retention/gateway-event-retention.service.ts';
import { RetentionService } from './retention/retention.service.ts';
import { renewalJob } from './subscription/renewal-job.ts';
import { RenewalService } from './subscription/renewal.service.ts';
import { SaleService } from './subscription/sale.service.ts';
import { SubscriptionChangeController } from './subscription/subscription-change.controller.ts';
import { SubscriptionChanges } from './subscription/subscription-changes.service.ts';
import { SubscriptionChecks } from './subscription/subscription-checks.service.ts';
import { SubscriptionController } from './subscription/subscription.controller.ts';
import { SubscriptionService } from './subscription/subscription.service.ts';
import { VersionMigrationController } from './subscription/version-migration.controller.ts';
import { VersionMigrationService } from './subscription/version-migration.service.ts';
import { TestClockController } from './test-clock/test-clock.controller.ts';
import { TestClockService } from './test-clock/test-clock.service.ts';

class SubscriptionAppModule {}

/** Puts the service together. */
export async function createApp({
  database,
  clock: processClock,
  contracts,
  log,
  environment,
  dataDirectory,
  mail,
}: ServiceDependencies): Promise<ServiceInstance> {
  const tenants = contracts.client(tenantContract);
  const clock = new TenantClock(processClock, (input) => tenants.findClock(input));
  const metering = contracts.client(meteringContract);
  const account = contracts.client(accountContract);
  const product = contracts.client(productContract);
  const checks = new SubscriptionChecks({
    account,
    product,
    metering,
  });
  const entitlements = new EntitlementService(database, clock);
  const sales = new SaleService(database, clock, checks, entitlements);
  const renewals = new RenewalService(database, clock);
  const changes = new SubscriptionChanges(checks);
  const subscriptions = new SubscriptionService({ database, clock, changes, sales, entitlements });
  const invoicing = createInvoicing({ database, clock, log, environment, subscriptions, account, metering, product });
  const { runs, invoices, due } = invoicing;
  const approvals = new ApprovalService(database, clock);
  const payments = await createPayments({
    database,
    clock,
    log,
    environment,
    dataDirectory,
    account,
    tenants,
    invoices,
    entities: invoicing.entities,
    credits: invoicing.credits,
    approvals,
    subscriptions,
  });
  const { rating, rules, createWriting } = invoicing;
  const changePreviews = new SubscriptionPreviewService({
    database,
    clock,
    sales,
    subscriptions,
    due,
    rating,
    rules,
    createWriting,
  });
  const credits = createCredits({
    database,
    clock,
    log,
    account,
    tenants,
    subscriptions,
    previews: changePreviews,
    invoicing,
    payments,
    approvals,
  });
  const disputes = createDisputes({
    database,
    clock,
    log,
    approvals,
    invoicing,
    payments,
    credits,
    subscriptions,
    account,
    audit: contracts.client(auditContract),
    metering,
    tenants,
  });
  const killBill = await createKillBill({ database, clock, log, environment, dataDirectory, account, metering });
  const documents = createDocuments({ database, invoicing, account, tenant: tenants });
  const notices = createNotices({
    database,
    log,
    mail,
    clock,
    processClock,
    account,
    tenants,
    invoicing,
    payments,
    documents: documents.documents,
  });
  const works = [
    renewals.timed,
    timedInvoiceRun(database, due, runs),
    { name: 'pastDueInvoices', run: (tenantId: string) => invoices.markPastDue(tenantId) },
    credits.timedCredits,
    payments.timedCollection,
    disputes.timedApprovals,
    entitlements.timedRefresh,
  ];
  const testClocks = new TestClockService(tenants, clock, works);
  const previews = new PlanPreviewService({ database, clock, subscriptions, due: invoicing.due, metering });
  const retention = new RetentionService(database, clock, environment.getInteger('SUBSCRIPTION_INVOICE_RETENTION'));
  const gatewayEvents = new GatewayEventRetention(
    database,
    processClock,
    environment.getInteger('SUBSCRIPTION_GATEWAY_EVENT_RETENTION'),
  );
  const contract: ContractFunctions<typeof subscriptionContract> = {
    ...retention.functions,
    listEntitlements: async ({ tenantId, accountId }) => [
      ...(await entitlements.getEntitlements(tenantId, accountId)).entitlements,
    ],
    previewPlanVersion: (input) => previews.preview(input),
  };
  const controllers = [
    EntitlementController,
    // Before those whose paths begin with the id of a subscription.
    TestClockController,
    SubscriptionPreviewController,
    VersionMigrationController,
    SubscriptionController,
    SubscriptionChangeController,
    // Before those whose paths begin with the id of an invoice.
    ...killBill.controllers,
    ...documents.controllers,
    ...invoicing.controllers,
    // Before those whose paths begin with the id of a payment.
    ...notices.controllers,
    ...payments.controllers,
    ...credits.controllers,
    ReportController,
    ...disputes.controllers,
  ];
  return {
    controllers,
    contract,
    useCases: {
      ...notices.useCases,
      InvoiceFinalized: new InvoiceFinalized(payments.promptCharges, notices.invoiceIssued),
    },
    stop: async () => {
      await payments.promptCharges.stop();
      await notices.delivery.stop();
    },
    jobs: [
      invoiceRunJob({
        runs,
        invoices,
        tenants,
        clock,
        log,
        graceMs: environment.getInteger('SUBSCRIPTION_USAGE_GRACE'),
      }),
      renewalJob({ renewals, clock, tenants, log }),
      ...payments.jobs,
      ...notices.jobs,
      credits.job,
      ...disputes.jobs,
      entitlements.job(log),
      killBill.job,
      retention.job,
      gatewayEvents.job,
    ],
    module: {
      module: SubscriptionAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: SubscriptionService, useValue: subscriptions },
        { provide: SaleService, useValue: sales },
        { provide: EntitlementService, useValue: entitlements },
        ...documents.providers,
        ...killBill.providers,
        ...invoicing.providers,
        ...payments.providers,
        ...notices.providers,
        ...credits.providers,
        { provide: ReportService, useValue: new ReportService(database, clock, metering) },
        ...disputes.providers,
        { provide: VersionMigrationService, useValue: new VersionMigrationService(database, checks, subscriptions) },
        { provide: SubscriptionPreviewService, useValue: changePreviews },
        { provide: TestClockService, useValue: testClocks },
        provideTenantClock(clock, controllers),
        IdempotencyInterceptor,
      ],
    },
  };
}
