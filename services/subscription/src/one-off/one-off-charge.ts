import type { DraftLine } from '../invoice/invoice.ts';
import { exact } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';

/** Something charged once, on the account's next invoice or on one of its own. */
export interface OneOffCharge {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly description: string;
  /** Exact decimals; the amount is their product, rounded once. */
  readonly quantity: string;
  readonly unitAmount: string;
  readonly amountMinor: bigint;
  readonly taxCategory: string;
  readonly taxInclusive: boolean;
  /** The invoice that it is on; null while it waits. */
  readonly invoiceId: string | null;
  readonly createdAt: Date;
  readonly canceledAt: Date | null;
}

/** Quantity × unit amount in smallest units, rounded half away from zero (rule 2). */
export function amountOf(quantity: string, unitAmount: string, currency: string): bigint {
  return roundMoney(exact(quantity).times(exact(unitAmount)), currency);
}

/** The charge as a line of an invoice, dated when it was made. */
export function toDraftLine(charge: OneOffCharge): DraftLine {
  const { accountId, description, quantity, unitAmount, amountMinor, taxCategory, taxInclusive, createdAt } = charge;
  return {
    kind: 'one_off',
    accountId,
    subscriptionId: null,
    periodIndex: null,
    phaseId: null,
    planId: null,
    planVersion: null,
    priceId: null,
    priceKey: null,
    sequence: 0,
    taxCategory,
    taxInclusive,
    meter: null,
    description,
    quantityRaw: quantity,
    quantityBilled: quantity,
    detail: { chargeId: charge.id, unitAmount },
    amountPrecise: exact(quantity).times(exact(unitAmount)).toFixed(),
    amountMinor,
    discountMinor: 0n,
    discounts: [],
    taxPercent: null,
    taxMinor: 0n,
    start: createdAt,
    end: createdAt,
  };
}
