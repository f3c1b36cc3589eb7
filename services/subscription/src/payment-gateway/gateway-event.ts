import type { ChargeOutcome, GatewayMethod } from './payment-gateway.ts';

/** What a gateway tells by webhook, in our words. */
export type GatewayFact =
  | { readonly kind: 'payment'; readonly paymentId: string | null; readonly outcome: ChargeOutcome }
  | {
      readonly kind: 'refund';
      readonly refundId: string | null;
      readonly gatewayPaymentId: string | null;
      readonly gatewayRefundId: string;
      readonly status: 'pending' | 'succeeded' | 'failed';
      readonly failureCode: string | null;
      readonly amountMinor: bigint;
      readonly reason: string;
    }
  | {
      readonly kind: 'dispute';
      readonly gatewayDisputeId: string;
      readonly gatewayPaymentId: string | null;
      readonly amountMinor: bigint;
      readonly reason: string;
      readonly status: 'inquiry' | 'needs_response' | 'under_review' | 'won' | 'lost';
      /** Whether the gateway has taken the money back. */
      readonly withdrawn: boolean;
      readonly evidenceDueBy: Date | null;
    }
  | { readonly kind: 'method'; readonly method: GatewayMethod; readonly detached: boolean }
  | { readonly kind: 'other' };

export interface GatewayEvent {
  readonly id: string;
  readonly type: string;
  readonly happenedAt: Date;
  readonly fact: GatewayFact;
  /** The message as it came. */
  readonly payload: unknown;
}
