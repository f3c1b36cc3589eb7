import { createHmac, timingSafeEqual } from 'node:crypto';
import type { GatewayEvent, GatewayFact } from './gateway-event.ts';
import { WebhookSignatureError } from './payment-gateway.errors.ts';
import type { SignedMessage } from './payment-gateway.ts';
import { fromStripeAmount } from './stripe-amount.ts';
import {
  paymentMetadata,
  refundMetadata,
  toDispute,
  toMethod,
  toOutcome,
  toRefundOutcome,
  type StripeDispute,
  type StripePaymentIntent,
  type StripePaymentMethod,
  type StripeRefund,
} from './stripe-objects.ts';

const toleranceSeconds = 300;

interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: { readonly object?: string } };
}

/**
 * Checks a Stripe-Signature (docs.stripe.com/webhooks/signature): HMAC-SHA-256 of `t.body`, any of its `v1` values, at
 * most five minutes old. Throws `WebhookSignatureError`.
 */
export function assertStripeSignature(message: SignedMessage, secret: string, now: Date): void {
  const header = message.headers['stripe-signature'];
  if (typeof header !== 'string') throw new WebhookSignatureError('it has no Stripe-Signature');
  const parts = header.split(',').map((part) => part.trim().split('=', 2) as [string, string | undefined]);
  const timestamp = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookSignatureError('its signature has no time');
  const expected = createHmac('sha256', secret).update(`${timestamp}.${message.body}`).digest();
  const isSigned = parts.some(([name, value]) => {
    const given = name === 'v1' ? Buffer.from(value ?? '', 'hex') : Buffer.alloc(0);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned) throw new WebhookSignatureError('its signature is not by the secret');
  // In both directions: a message from the future could be sent again until then.
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookSignatureError('it was signed more than five minutes ago');
}

/** A signed message in our words. Throws `WebhookSignatureError` for what is no event. */
export function parseStripeEvent(body: string): GatewayEvent {
  const event = parseJson(body) as Partial<StripeEvent> | undefined;
  const isEvent =
    typeof event?.id === 'string' &&
    typeof event.type === 'string' &&
    typeof event.created === 'number' &&
    typeof event.data?.object === 'object';
  if (!isEvent) throw new WebhookSignatureError('it is no event');
  const { id, type, created, data } = event as StripeEvent;
  return { id, type, happenedAt: new Date(created * 1000), fact: toFact(type, data.object), payload: event };
}

function toFact(type: string, object: unknown): GatewayFact {
  if (/^payment_intent\.(succeeded|processing|payment_failed|canceled|requires_action)$/.test(type)) {
    const intent = object as StripePaymentIntent;
    return { kind: 'payment', paymentId: intent.metadata[paymentMetadata] ?? null, outcome: toOutcome(intent) };
  }
  // charge.refunded is about the charge; each refund has events of its own.
  if (/^(refund\.(created|updated|failed)|charge\.refund\.updated)$/.test(type))
    return toRefundFact(object as StripeRefund);
  if (type.startsWith('charge.dispute.')) return toDispute(object as StripeDispute);
  if (/^payment_method\.(attached|updated|automatically_updated|detached)$/.test(type))
    return {
      kind: 'method',
      method: toMethod(object as StripePaymentMethod),
      detached: type === 'payment_method.detached',
    };
  return { kind: 'other' };
}

function toRefundFact(refund: StripeRefund): GatewayFact {
  return {
    kind: 'refund',
    refundId: refund.metadata?.[refundMetadata] ?? null,
    gatewayPaymentId: refund.payment_intent,
    amountMinor: fromStripeAmount(refund.amount, refund.currency),
    reason: refund.reason ?? 'made at the gateway',
    ...toRefundOutcome(refund),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
