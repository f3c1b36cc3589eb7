import type { InputFault } from '@plinth/contracts';
import { checkCoupon, checkKeys, type CouponTerms, type StoredCoupon } from '../coupon/coupon.ts';
import { under } from '../faults.ts';
import type { KnownPlan } from '../plan/check-places.ts';
import type { CatalogueDocument } from './catalogue.dto.ts';
import type { ImportBase, ImportStep, Stamp } from './catalogue.ts';
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
 * What an import does with coupons: they are created, renamed and archived, and what they discount stays. A coupon may
 * name plans and prices that are there, of whichever version, and those of the file.
 */
export function planCoupons(
  current: ImportBase,
  document: CatalogueDocument,
  plans: ReadonlyMap<string, KnownPlan>,
  stamp: Stamp,
): { readonly steps: readonly CouponStep[]; readonly faults: readonly InputFault[] } {
  const found = new Map(current.coupons.map((coupon) => [coupon.code, coupon]));
  const priceKeys = new Set(current.priceKeys);
  for (const { prices } of document.plans) for (const { key } of prices) priceKeys.add(key);
  const faults: InputFault[] = [];
  const steps = document.coupons.map(({ redeemableUntil, ...given }, index) => {
    const before = found.get(given.code);
    const until = redeemableUntil === null ? null : new Date(redeemableUntil);
    const after: StoredCoupon = { ...(before ?? fresh(stamp)), ...given, redeemableUntil: until };
    const wrong = [
      ...checkCoupon(after),
      ...checkKeys(after.plans, plans, 'plan'),
      ...checkKeys(after.prices, priceKeys, 'price'),
      ...checkFinal(before, after),
    ];
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
