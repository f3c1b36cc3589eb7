import type { Transaction } from '@plinth/common';
import { dueMinor, printedNumber, type Invoice, type InvoiceStatus } from './invoice.ts';

/**
 * Writes an invoice's step into the audit trail, with the reason that was given, and tells it to others. The events of
 * an account's invoices come in order.
 */
export function recordStatus(
  transaction: Transaction,
  invoice: Invoice,
  before: InvoiceStatus | undefined,
  reason?: string,
): void {
  const { id, accountId, subscriptionId, status, currency } = invoice;
  const totalMinor = invoice.totalMinor.toString();
  const number = printedNumber(invoice);
  transaction.audit({
    action: actionOf(invoice, before),
    resourceType: 'invoice',
    resourceId: id,
    ...(before === undefined ? {} : { before: { status: before } }),
    after: {
      status,
      number,
      accountId,
      subscriptionId,
      currency,
      totalMinor,
      ...(reason === undefined ? {} : { reason }),
    },
  });
  const data = { invoiceId: id, accountId, currency, totalMinor };
  if (before === undefined && status === 'draft') transaction.publish('invoice.created', accountId, data);
  if ((before === undefined || before === 'draft') && number !== null)
    transaction.publish('invoice.finalized', accountId, { ...data, number });
  if (before === status) return;
  if (status === 'paid' && number !== null) transaction.publish('invoice.paid', accountId, { ...data, number });
  if (status === 'void') transaction.publish('invoice.voided', accountId, { ...data, number });
  if (status === 'past_due' && number !== null && invoice.dueOn !== null)
    transaction.publish('invoice.past_due', accountId, {
      ...data,
      number,
      dueOn: invoice.dueOn,
      dueMinor: dueMinor(invoice).toString(),
    });
}

function actionOf({ status }: Invoice, before: InvoiceStatus | undefined): string {
  if (status === 'draft') return 'invoice.created';
  // An invoice of nothing is paid as soon as it is final.
  if (before === undefined || (before === 'draft' && status !== 'void')) return 'invoice.finalized';
  return before === status ? 'invoice.settled' : `invoice.${status}`;
}
