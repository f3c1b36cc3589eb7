import type { Taken } from '../payment/payment-settlement.service.ts';

/** A payment that the customer's bank disputes. */
export interface Chargeback {
  readonly id: string;
  readonly paymentId: string;
  readonly gatewayAccountId: string;
  readonly gatewayDisputeId: string;
  readonly amountMinor: bigint;
  readonly reason: string;
  /** inquiry: the bank asks and has taken nothing. */
  readonly status: 'inquiry' | 'needs_response' | 'under_review' | 'won' | 'lost';
  /** Whether the money is with the customer at the moment. */
  readonly withdrawn: boolean;
  readonly taken: readonly Taken[];
  readonly evidenceDueBy: Date | null;
  /** Time of the gateway's newest message about it. */
  readonly toldAt: Date;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
}

/** Whether nothing more can happen to it. */
export function isClosed({ status }: Pick<Chargeback, 'status'>): boolean {
  return status === 'won' || status === 'lost';
}
