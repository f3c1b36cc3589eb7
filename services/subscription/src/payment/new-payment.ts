import { newId } from '@plinth/common';
import type { Invoice } from '../invoice/invoice.ts';
import { firstCheckMs, type Payment } from './payment.ts';

/** Whom money is received from, and by whom; an invoice has all of it. */
export interface PaymentOwner extends Pick<Invoice, 'legalEntityId' | 'accountId' | 'currency'> {
  /** What it is for; null: nothing is owed yet. */
  readonly invoiceId: string | null;
}

/** What an attempt begins with. */
export type NewPayment = Pick<Payment, 'gateway' | 'amountMinor' | 'cause' | 'requestKey'> & Partial<Payment>;

const emptyPayment = {
  gatewayAccountId: null,
  paymentMethodId: null,
  appliedMinor: 0n,
  refundedMinor: 0n,
  chargedBackMinor: 0n,
  grantedMinor: 0n,
  status: 'pending',
  gatewayPaymentId: null,
  failure: null,
  failureCode: null,
  failureMessage: null,
  nextAction: null,
  reference: null,
  note: null,
  receivedOn: null,
  version: 1,
  succeededAt: null,
} as const;

/** An attempt whose outcome is not known yet. */
export function newPayment(
  { legalEntityId, accountId, invoiceId, currency }: PaymentOwner,
  given: NewPayment,
  now: Date,
): Payment {
  return {
    ...emptyPayment,
    id: newId(),
    legalEntityId,
    accountId,
    invoiceId,
    currency,
    checkAt: new Date(now.getTime() + firstCheckMs),
    createdAt: now,
    updatedAt: now,
    ...given,
  };
}

/** The owner of what is received for an invoice. */
export function ownerOf({ id: invoiceId, legalEntityId, accountId, currency }: Invoice): PaymentOwner {
  return { invoiceId, legalEntityId, accountId, currency };
}
