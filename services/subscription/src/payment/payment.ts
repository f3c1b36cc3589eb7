import type { ChargeFailure, ChargeOutcome, CustomerAction, GatewayName } from '../payment-gateway/payment-gateway.ts';

/** unknown: the gateway was asked and nobody knows yet what it did. */
export type PaymentStatus = 'pending' | 'requires_action' | 'unknown' | 'succeeded' | 'failed';

/** One attempt to receive money, or money that was received. */
export interface Payment {
  readonly id: string;
  readonly legalEntityId: string;
  readonly accountId: string;
  /** What it was made for; null for money that came without an invoice. */
  readonly invoiceId: string | null;
  readonly gateway: GatewayName;
  readonly gatewayAccountId: string | null;
  readonly paymentMethodId: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** What of it settles invoices, was refunded, charged back and turned into prepaid credit; the rest is unapplied. */
  readonly appliedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly chargedBackMinor: bigint;
  readonly grantedMinor: bigint;
  readonly status: PaymentStatus;
  readonly cause: 'request' | 'automatic' | 'recorded';
  readonly requestKey: string | null;
  readonly gatewayPaymentId: string | null;
  readonly failure: ChargeFailure | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly nextAction: CustomerAction | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly receivedOn: string | null;
  /** When the gateway is asked what became of it. */
  readonly checkAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly succeededAt: Date | null;
}

/** What became of an attempt, also that nobody knows. */
export type PaymentOutcome = ChargeOutcome | { readonly status: 'unknown' };

const minute = 60_000;
const hour = 60 * minute;

/** A crash between the attempt's row and its result is noticed after this; longer than any gateway is waited for. */
export const firstCheckMs = 2 * minute;
const checkAfterMs = { unknown: 5 * minute, pending: 6 * hour, requires_action: hour } as const;
/** A request that did not arrive within this never will. */
export const lostAfterMs = 15 * minute;
/** A customer who has not confirmed within this will not. */
export const abandonedAfterMs = 24 * hour;

/** What was received and settles nothing yet. */
export function unappliedMinor(payment: Payment): bigint {
  if (payment.status !== 'succeeded') return 0n;
  return takeableMinor(payment) - payment.appliedMinor - payment.grantedMinor;
}

/** What can still be given back: what was turned into prepaid credit once that is voided. */
export function refundableMinor(payment: Payment): bigint {
  return payment.status === 'succeeded' ? takeableMinor(payment) - payment.grantedMinor : 0n;
}

/** What a chargeback can take at most. */
export function takeableMinor(payment: Payment): bigint {
  return payment.status === 'succeeded' ? payment.amountMinor - payment.refundedMinor - payment.chargedBackMinor : 0n;
}

/**
 * The payment after an outcome, or the same object where the outcome tells nothing new. What has succeeded stays so,
 * whatever comes late; what has failed can only still succeed.
 */
export function transition(before: Payment, outcome: PaymentOutcome, now: Date): Payment {
  if (before.status === 'succeeded' || (before.status === 'failed' && outcome.status !== 'succeeded')) return before;
  if (isOutdated(before, outcome)) return before;
  const cleared = { failure: null, failureCode: null, failureMessage: null, nextAction: null, checkAt: null };
  const next = {
    ...before,
    ...cleared,
    status: outcome.status,
    version: before.version + 1,
    updatedAt: now,
    gatewayPaymentId:
      'gatewayPaymentId' in outcome ? (outcome.gatewayPaymentId ?? before.gatewayPaymentId) : before.gatewayPaymentId,
  };
  switch (outcome.status) {
    case 'succeeded':
      return { ...next, succeededAt: now };
    case 'failed':
      return { ...next, failure: outcome.failure, failureCode: outcome.code, failureMessage: outcome.message };
    case 'requires_action':
      return { ...next, nextAction: outcome.action, checkAt: later(now, checkAfterMs.requires_action) };
    default:
      return { ...next, checkAt: later(now, checkAfterMs[outcome.status]) };
  }
}

/** A state that the gateway was in before the one that is known. */
function isOutdated(before: Payment, outcome: PaymentOutcome): boolean {
  const isKnown = before.gatewayPaymentId !== null;
  if (outcome.status === 'unknown') return isKnown;
  return outcome.status === 'requires_action' && before.status === 'pending' && isKnown;
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
