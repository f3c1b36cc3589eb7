import type { Coupon } from '@plinth/contracts';

/** A coupon as it was redeemed, for one subscription or for all that an account pays. */
export interface CouponRedemption {
  readonly id: string;
  readonly coupon: Coupon;
  readonly accountId: string;
  readonly subscriptionId: string | null;
  readonly redeemedAt: Date;
  readonly removedAt: Date | null;
  /** Invoices that it lowers so far; those that were voided do not count. */
  readonly uses: number;
}

/** How many invoices a redemption may still lower; null: any number. */
export function periodsLeft({ coupon, removedAt, uses }: CouponRedemption): number | null {
  if (removedAt !== null) return 0;
  return coupon.periods === null ? null : Math.max(0, coupon.periods - uses);
}
