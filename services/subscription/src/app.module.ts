import {
  accountContract,
  meteringContract,
  productContract,
  tenantContract,
  type ContractFunctions,
  type subscriptionContract,
} from '@plinth/contracts';
import { Database, IdempotencyInterceptor, type ServiceDependencies, type ServiceInstance } from '@plinth/common';
import { InvoiceController } from './invoice/invoice.controller.ts';
import { InvoiceService } from './invoice/invoice.service.ts';
import { invoiceRunJob } from './invoice-run/hourly-run.ts';
import { InvoiceRunController } from './invoice-run/invoice-run.controller.ts';
import { InvoiceRunService } from './invoice-run/invoice-run.service.ts';
import { RetentionService } from './retention/retention.service.ts';
import { DueSubscriptions } from './subscription/due-subscriptions.service.ts';
import { SubscriptionChecks } from './subscription/subscription-checks.service.ts';
import { SubscriptionController } from './subscription/subscription.controller.ts';
import { SubscriptionService } from './subscription/subscription.service.ts';

class SubscriptionAppModule {}

/** Puts the service together. */
export async function createApp({
  database,
  clock,
  contracts,
  log,
  environment,
}: ServiceDependencies): Promise<ServiceInstance> {
  const metering = contracts.client(meteringContract);
  const checks = new SubscriptionChecks({
    account: contracts.client(accountContract),
    product: contracts.client(productContract),
    metering,
  });
  const subscriptions = new SubscriptionService(database, clock, checks);
  const invoices = new InvoiceService(database, clock);
  const runs = new InvoiceRunService({ database, clock, log, invoices, due: new DueSubscriptions(), metering });
  const retention = new RetentionService(database, clock, environment.getInteger('SUBSCRIPTION_INVOICE_RETENTION'));
  const contract: ContractFunctions<typeof subscriptionContract> = retention.functions;
  const controllers = [SubscriptionController, InvoiceRunController, InvoiceController];
  return {
    controllers,
    contract,
    jobs: [invoiceRunJob(runs, contracts.client(tenantContract), log), retention.job],
    module: {
      module: SubscriptionAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: SubscriptionService, useValue: subscriptions },
        { provide: InvoiceService, useValue: invoices },
        { provide: InvoiceRunService, useValue: runs },
        IdempotencyInterceptor,
      ],
    },
  };
}
