import { fromStripeAmount } from './stripe-amount.ts';
import type { ChargeFailure, ChargeOutcome, GatewayMethod, RefundOutcome } from './payment-gateway.ts';

/** The parts of Stripe's objects that the adapter reads. */
export interface StripePaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly status: string;
  readonly client_secret: string | null;
  readonly currency: string;
  readonly created: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly next_action?: { readonly redirect_to_url?: { readonly url: string | null } } | null;
  readonly last_payment_error?: { code?: string; decline_code?: string; message?: string } | null;
}

export interface StripeRefund {
  readonly id: string;
  readonly status: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string | null;
  readonly failure_reason?: string;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
}

export interface StripePaymentMethod {
  readonly id: string;
  readonly type: string;
  readonly customer: string | null;
  readonly card?: { brand: string; last4: string; exp_month: number; exp_year: number };
  readonly sepa_debit?: { readonly last4: string | null };
}

export interface StripeDispute {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string | null;
  readonly reason: string;
  readonly status: string;
  readonly balance_transactions: readonly { readonly amount: number }[];
  readonly evidence_details: { readonly due_by: number | null } | null;
}

export interface StripeBalanceTransaction {
  readonly id: string;
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly created: number;
  readonly type: string;
  readonly source: string | { id: string; payment_intent?: string | null; object?: string } | null;
}

/** Metadata under which Stripe keeps the names of our payment and refund. */
export const paymentMetadata = 'plinth_payment_id';
export const refundMetadata = 'plinth_refund_id';

/**
 * Declines after which the same card is not tried again (docs.stripe.com/declines/codes): the card or the account is
 * gone, blocked, or the cardholder does not want it.
 */
const hardDeclines: ReadonlySet<string> = new Set([
  'card_not_supported',
  'currency_not_supported',
  'do_not_honor',
  'do_not_try_again',
  'expired_card',
  'fraudulent',
  'incorrect_number',
  'invalid_account',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invalid_number',
  'lost_card',
  'merchant_blacklist',
  'new_account_information_available',
  'no_action_taken',
  'not_permitted',
  'pickup_card',
  'restricted_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'security_violation',
  'stolen_card',
  'stop_payment_order',
  'transaction_not_allowed',
]);

/** Whether a decline is final for its card. */
export function toFailure(code: string, declineCode: string | null): ChargeFailure {
  if (code === 'authentication_required' || declineCode === 'authentication_required') return 'authentication';
  return hardDeclines.has(declineCode ?? code) ? 'hard' : 'soft';
}

/** A payment intent's state as the outcome of a charge. */
export function toOutcome(intent: StripePaymentIntent): ChargeOutcome {
  const gatewayPaymentId = intent.id;
  switch (intent.status) {
    case 'succeeded':
      return { status: 'succeeded', gatewayPaymentId };
    case 'requires_action':
      return {
        status: 'requires_action',
        gatewayPaymentId,
        action: { clientSecret: intent.client_secret, url: intent.next_action?.redirect_to_url?.url ?? null },
      };
    case 'canceled':
      return failed(gatewayPaymentId, 'canceled', 'canceled', 'The payment was given up.');
    case 'requires_payment_method': {
      const { code = 'payment_failed', decline_code: declineCode, message } = intent.last_payment_error ?? {};
      const failure = toFailure(code, declineCode ?? null);
      return failed(gatewayPaymentId, failure, declineCode ?? code, message ?? 'The payment failed.');
    }
    default:
      return { status: 'pending', gatewayPaymentId };
  }
}

function failed(
  gatewayPaymentId: string,
  failure: ChargeFailure,
  code: string,
  message: string,
): ChargeOutcome & { status: 'failed' } {
  return { status: 'failed', gatewayPaymentId, failure, code, message };
}

export function toMethod({ id, customer, type, card, sepa_debit: debit }: StripePaymentMethod): GatewayMethod {
  return {
    gatewayMethodId: id,
    gatewayCustomerId: customer,
    type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? debit?.last4 ?? null,
    expiryMonth: card?.exp_month ?? null,
    expiryYear: card?.exp_year ?? null,
  };
}

/** A refund's state; Stripe's `requires_action` waits for the customer's bank details. */
export function toRefundOutcome(refund: StripeRefund): RefundOutcome {
  const failedStates: readonly (string | null)[] = ['failed', 'canceled'];
  const hasFailed = failedStates.includes(refund.status);
  return {
    gatewayRefundId: refund.id,
    status: hasFailed ? 'failed' : refund.status === 'succeeded' ? 'succeeded' : 'pending',
    failureCode: hasFailed ? (refund.failure_reason ?? refund.status) : null,
  };
}

const disputeStatuses = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'won',
  prevented: 'won',
  needs_response: 'needs_response',
  appeal_needs_response: 'needs_response',
  under_review: 'under_review',
  appeal_under_review: 'under_review',
  won: 'won',
  lost: 'lost',
} as const;

/** A dispute in our words. The money is away while the sum of its balance transactions is below zero. */
export function toDispute(dispute: StripeDispute) {
  const status = disputeStatuses[dispute.status as keyof typeof disputeStatuses] ?? 'needs_response';
  const moved = dispute.balance_transactions.reduce((sum, { amount }) => sum + amount, 0);
  return {
    kind: 'dispute' as const,
    gatewayDisputeId: dispute.id,
    gatewayPaymentId: dispute.payment_intent,
    amountMinor: fromStripeAmount(dispute.amount, dispute.currency),
    reason: dispute.reason,
    status,
    withdrawn: status !== 'won' && moved < 0,
    evidenceDueBy: dispute.evidence_details?.due_by ? new Date(dispute.evidence_details.due_by * 1000) : null,
  };
}
