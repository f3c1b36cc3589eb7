import type { Taken } from '../payment/payment-settlement.service.ts';

/** Money that goes back to the customer. */
export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  /** unknown: the gateway was asked and nobody knows yet what it did. */
  readonly status: 'pending' | 'unknown' | 'succeeded' | 'failed';
  readonly reason: string;
  readonly note: string | null;
  readonly reference: string | null;
  readonly requestKey: string | null;
  readonly gatewayAccountId: string | null;
  readonly gatewayRefundId: string | null;
  readonly failureCode: string | null;
  /** Where the money was taken from; empty until it is gone. */
  readonly taken: readonly Taken[];
  readonly checkAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const firstCheckMs = 2 * 60_000;
export const nextCheckMs = 30 * 60_000;
/** A request that did not arrive within this never will. */
export const lostAfterMs = 15 * 60_000;
