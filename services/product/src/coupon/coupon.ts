import type { Coupon, InputFault } from '@plinth/contracts';
import { checkDistinct, toScaled } from '../faults.ts';

/** A discount of the catalogue. Who redeemed it is the subscription service's. */
export interface StoredCoupon extends Omit<Coupon, 'couponId' | 'redeemableUntil'> {
  readonly id: string;
  readonly redeemableUntil: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What of a coupon never changes, beside its code. */
export type CouponTerms = Pick<
  StoredCoupon,
  'discount' | 'periods' | 'plans' | 'prices' | 'redeemableUntil' | 'maximumRedemptions' | 'oncePerAccount'
>;

const hundred = toScaled('100');

/** Finds what a schema cannot say about a coupon. Paths begin at the coupon. */
export function checkCoupon({
  discount,
  plans,
  prices,
}: Pick<CouponTerms, 'discount' | 'plans' | 'prices'>): InputFault[] {
  return [
    ...checkDiscount(discount),
    ...checkDistinct(plans ?? [], '/plans'),
    ...checkDistinct(prices ?? [], '/prices'),
  ];
}

/** Finds keys in a list of the coupon that are none of the known ones. */
export function checkKeys(
  keys: readonly string[] | null,
  known: { has(key: string): boolean },
  of: 'plan' | 'price',
): InputFault[] {
  return (keys ?? []).flatMap((key, index) =>
    known.has(key) ? [] : [{ path: `/${of}s/${index}`, message: `is not the key of a ${of}` }],
  );
}

function checkDiscount(discount: CouponTerms['discount']): InputFault[] {
  if (discount.kind === 'amount')
    return toScaled(discount.amount) > 0n ? [] : [{ path: '/discount/amount', message: 'must be greater than zero' }];
  const percent = toScaled(discount.percent);
  return percent > 0n && percent <= hundred
    ? []
    : [{ path: '/discount/percent', message: 'must be greater than zero and at most 100' }];
}

/** The coupon as other services get it. */
export function toContract(coupon: StoredCoupon): Coupon {
  const { id, version: _version, createdAt: _createdAt, updatedAt: _updatedAt, redeemableUntil, ...rest } = coupon;
  return { couponId: id, ...rest, redeemableUntil: redeemableUntil?.toISOString() ?? null };
}
