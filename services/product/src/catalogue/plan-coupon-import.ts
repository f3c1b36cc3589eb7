import type { InputFault } from '@plinth/contracts';
import { checkCoupon, checkKeys, type CouponTerms, type StoredCoupon } from '../coupon/coupon.ts';
import { under } from '../faults.ts';
import type { KnownPlan } from '../plan/check-places.ts';
import type { CatalogueDocument } from './catalogue.dto.ts';
import type { Catalogue, ImportStep, Stamp } from './catalogue.ts';
import { decide, fresh, sameText } from './decide.ts';

type CouponStep = Extract<ImportStep, { resource: 'coupon' }>;

const finalFields = [
  'discount',
  'periods',
  'plans',
  'prices',
  'redeemableUntil',
  'maximumRedemptions',
  'oncePerAccount',
] as const satisfies readonly (keyof CouponTerms)[];

/**
 * What an import does with coupons: they are created, renamed and archived, and what they discount stays. Keys of prices
 * are not looked up, because a coupon may name one that the newest versions no longer have.
 */
export function planCoupons(
  current: Catalogue,
  { coupons }: CatalogueDocument,
  plans: ReadonlyMap<string, KnownPlan>,
  stamp: Stamp,
): { readonly steps: readonly CouponStep[]; readonly faults: readonly InputFault[] } {
  const found = new Map(current.coupons.map((coupon) => [coupon.code, coupon]));
  const faults: InputFault[] = [];
  const steps = coupons.map(({ redeemableUntil, ...given }, index) => {
    const before = found.get(given.code);
    const until = redeemableUntil === null ? null : new Date(redeemableUntil);
    const after: StoredCoupon = { ...(before ?? fresh(stamp)), ...given, redeemableUntil: until };
    const wrong = [...checkCoupon(after), ...checkKeys(after.plans, plans, 'plan'), ...checkFinal(before, after)];
    faults.push(...under(`/coupons/${index}`, wrong));
    return { resource: 'coupon' as const, key: given.code, changes: [], ...decide(before, after, stamp) };
  });
  return { steps, faults };
}

function checkFinal(before: StoredCoupon | undefined, after: StoredCoupon): InputFault[] {
  if (before === undefined) return [];
  return finalFields
    .filter((field) => !sameText(before[field], after[field]))
    .map((field) => ({ path: `/${field}`, message: 'never changes: create a coupon with another code' }));
}
