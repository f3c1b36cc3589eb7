import type { accountContract, ContractFunctions, tenantContract } from '@plinth/contracts';
import type { ServiceDependencies, TenantClock } from '@plinth/common';
import type { DocumentService } from './document/document.service.ts';
import type { createInvoicing } from './invoicing.module.ts';
import { NoticeContents } from './notice/notice-content.service.ts';
import { NoticeDeliveryService } from './notice/notice-delivery.service.ts';
import { NoticeSettingsService } from './notice/notice-settings.service.ts';
import { NoticeController } from './notice/notice.controller.ts';
import { QueueNotices } from './notice/queue-notices.consumer.ts';
import type { createPayments } from './payments.module.ts';

export interface NoticesDependencies extends Pick<ServiceDependencies, 'database' | 'log' | 'mail'> {
  readonly clock: TenantClock;
  readonly processClock: ServiceDependencies['clock'];
  readonly account: ContractFunctions<typeof accountContract>;
  readonly tenants: ContractFunctions<typeof tenantContract>;
  readonly invoicing: Pick<ReturnType<typeof createInvoicing>, 'invoices' | 'entities'>;
  readonly payments: Pick<Awaited<ReturnType<typeof createPayments>>, 'payments' | 'methods'>;
  readonly documents: DocumentService;
}

/** Puts together the mails to customers. */
export function createNotices(dependencies: NoticesDependencies) {
  const { database, log, clock, processClock, account, tenants, mail, documents } = dependencies;
  const { invoices, entities } = dependencies.invoicing;
  const { payments, methods } = dependencies.payments;
  const settings = new NoticeSettingsService(database, clock, entities);
  const contents = new NoticeContents({
    database,
    clock,
    account,
    tenants,
    invoices,
    entities,
    documents,
    payments,
    methods,
    settings,
  });
  const delivery = new NoticeDeliveryService({
    database,
    clock: processClock,
    tenantClock: clock,
    log,
    transport: mail,
    contents,
  });
  const queueing = { clock: processClock, settings, delivery, delivers: mail.delivers };
  return {
    delivery,
    // Nothing waits where nothing is sent.
    jobs: mail.delivers ? [delivery.job] : [],
    invoiceIssued: new QueueNotices('invoice_issued', queueing),
    useCases: {
      NoticePaymentSucceeded: new QueueNotices('payment_succeeded', queueing),
      NoticePaymentFailed: new QueueNotices('payment_failed', queueing),
      NoticeDunningStep: new QueueNotices('dunning', queueing),
      NoticeExpiringCard: new QueueNotices('card_expiring', queueing),
    },
    controllers: [NoticeController],
    providers: [
      { provide: NoticeDeliveryService, useValue: delivery },
      { provide: NoticeSettingsService, useValue: settings },
    ],
  };
}
