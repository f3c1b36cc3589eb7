import { describeTerms } from '../plan/describe-terms.ts';
import type { Plan } from '../plan/plan.ts';
import type { CatalogueDocument } from './catalogue.dto.ts';
import type { Catalogue } from './catalogue.ts';

/** The catalogue as one file: by keys alone, in the order of the keys, so that the same catalogue gives the same file. */
export function describeCatalogue({ products, features, families, plans, coupons }: Catalogue): CatalogueDocument {
  const keys = new Map(products.map((product) => [product.id, product.key]));
  return {
    format: 'plinth.catalogue/1',
    products: sortBy(products, 'key').map(({ key, name, description, archived }) => ({
      key,
      name,
      description,
      archived,
    })),
    features: sortBy(features, 'key').map(({ key, name, productId, type, meter }) => ({
      key,
      name,
      product: keys.get(productId) ?? productId,
      type,
      meter,
    })),
    families: sortBy(families, 'key').map(({ key, name, upgrade, downgrade }) => ({ key, name, upgrade, downgrade })),
    plans: sortBy(plans, 'key').map((plan) => describePlan(plan, keys.get(plan.productId) ?? plan.productId)),
    coupons: sortBy(coupons, 'code').map((coupon) => ({
      code: coupon.code,
      name: coupon.name,
      discount: coupon.discount,
      periods: coupon.periods,
      plans: coupon.plans,
      prices: coupon.prices,
      redeemableUntil: coupon.redeemableUntil?.toISOString() ?? null,
      maximumRedemptions: coupon.maximumRedemptions,
      oncePerAccount: coupon.oncePerAccount,
      archived: coupon.archived,
    })),
  };
}

function describePlan(plan: Plan, product: string): CatalogueDocument['plans'][number] {
  const { key, name, kind, archived, family } = plan;
  const terms = describeTerms(plan);
  return {
    key,
    name,
    product,
    kind,
    archived,
    family: family === null ? null : { key: family.key, rank: family.rank, changesTo: family.changesTo },
    ...terms,
    addOnTo: terms.addOnTo === null ? null : [...terms.addOnTo],
    currencies: [...terms.currencies],
    phases: [...terms.phases],
    prices: terms.prices.map((price) => ({ ...price })),
    entitlements: [...terms.entitlements],
  };
}

function sortBy<Field extends string, Item extends Readonly<Record<Field, string>>>(
  items: readonly Item[],
  field: Field,
): Item[] {
  return items.toSorted((a, b) => (a[field] < b[field] ? -1 : 1));
}
