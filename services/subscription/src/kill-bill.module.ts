import type { accountContract, ContractFunctions, meteringContract } from '@plinth/contracts';
import { keepSecret, type ServiceDependencies, type TenantClock } from '@plinth/common';
import { ComparisonService } from './kill-bill/comparison.service.ts';
import { ConnectionService } from './kill-bill/connection.service.ts';
import { InvoiceMirror } from './kill-bill/invoice-mirror.service.ts';
import { KillBillController } from './kill-bill/kill-bill.controller.ts';
import { mirrorJob } from './kill-bill/mirror-job.ts';
import { MirrorService } from './kill-bill/mirror.service.ts';
import { PlanMirror } from './kill-bill/plan-mirror.service.ts';
import { SubscriptionMirror } from './kill-bill/subscription-mirror.service.ts';
import { UsageMirror } from './kill-bill/usage-mirror.service.ts';

export interface KillBillDependencies extends Pick<
  ServiceDependencies,
  'database' | 'log' | 'environment' | 'dataDirectory'
> {
  readonly clock: TenantClock;
  readonly account: ContractFunctions<typeof accountContract>;
  readonly metering: ContractFunctions<typeof meteringContract>;
}

/** Puts together the mirror to Kill Bill, which does nothing in a tenant until it is switched on there. */
export async function createKillBill(dependencies: KillBillDependencies) {
  const { database, clock, log, environment, dataDirectory, account, metering } = dependencies;
  const kept = dataDirectory === undefined ? undefined : await keepSecret(dataDirectory, 'subscription-secret');
  const connections = new ConnectionService({
    database,
    clock,
    secret: environment.findSecret('SUBSCRIPTION_SECRET') ?? kept,
    allowPrivate: environment.getBoolean('SUBSCRIPTION_PRIVATE_KILL_BILL'),
    timeoutMs: environment.getInteger('SUBSCRIPTION_KILL_BILL_TIMEOUT'),
  });
  const mirror = new MirrorService({
    database,
    clock,
    connections,
    plans: new PlanMirror(database),
    subscriptions: new SubscriptionMirror({ database, clock, log, account }),
    usage: new UsageMirror({ database, clock, log, metering }),
    invoices: new InvoiceMirror(database, clock),
  });
  return {
    controllers: [KillBillController],
    providers: [
      { provide: ConnectionService, useValue: connections },
      { provide: MirrorService, useValue: mirror },
      { provide: ComparisonService, useValue: new ComparisonService(database) },
    ],
    job: mirrorJob(mirror, clock, log),
  };
}
