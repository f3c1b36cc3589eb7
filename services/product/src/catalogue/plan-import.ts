import type { InputFault } from '@plinth/contracts';
import { checkDistinct, under } from '../faults.ts';
import type { Feature } from '../feature/feature.ts';
import type { Family } from '../family/family.ts';
import type { Product } from '../product/product.ts';
import type { CatalogueDocument } from './catalogue.dto.ts';
import type { Catalogue, ImportBase, ImportStep, Stamp } from './catalogue.ts';
import { decide, fresh } from './decide.ts';
import { planCoupons } from './plan-coupon-import.ts';
import { planPlans } from './plan-plan-import.ts';

/** What an import does, and everything that is wrong with the file, with paths into it. */
export interface ImportPlan {
  readonly steps: readonly ImportStep[];
  readonly faults: readonly InputFault[];
}

export interface ImportOptions {
  /** Whether products, plans and coupons that the file does not name are archived. */
  readonly archiveOthers: boolean;
}

/**
 * The steps from a catalogue to what a file says, in an order in which each finds what it refers to. Keys decide what
 * is the same; what the file does not name stays, or is archived. Empty of changes when the file says what is there.
 */
export function planImport(
  current: ImportBase,
  document: CatalogueDocument,
  stamp: Stamp,
  { archiveOthers }: ImportOptions,
): ImportPlan {
  const products = planProducts(current, document, stamp);
  const known = keyed(current.products, products);
  const features = planFeatures(current, document, known, stamp);
  const families = planFamilies(current, document, stamp);
  const references = {
    products: known,
    features: keyed(current.features, features.steps),
    families: keyed(current.families, families),
    meters: current.meters,
  };
  const plans = planPlans(current, document, references, stamp);
  const coupons = planCoupons(current, document, plans.knownPlans, stamp);
  const steps = [...products, ...features.steps, ...families, ...plans.steps, ...coupons.steps];
  return {
    steps: archiveOthers ? [...steps, ...archiveUnnamed(current, document, stamp)] : steps,
    faults: [...checkKeys(document), ...features.faults, ...plans.faults, ...coupons.faults],
  };
}

function checkKeys(document: CatalogueDocument): InputFault[] {
  const keysOf = (items: readonly { readonly key: string }[]) => items.map((item) => item.key);
  return [
    ...(['products', 'features', 'families', 'plans'] as const).flatMap((name) =>
      checkDistinct(keysOf(document[name]), `/${name}`, 'key'),
    ),
    ...checkDistinct(
      document.coupons.map((coupon) => coupon.code),
      '/coupons',
      'code',
    ),
  ];
}

function planProducts(current: Catalogue, { products }: CatalogueDocument, stamp: Stamp) {
  const found = new Map(current.products.map((product) => [product.key, product]));
  return products.map((given) => {
    const before = found.get(given.key);
    const after: Product = { ...(before ?? fresh(stamp)), ...given };
    return { resource: 'product' as const, key: given.key, changes: [], ...decide(before, after, stamp) };
  });
}

function planFamilies(current: Catalogue, { families }: CatalogueDocument, stamp: Stamp) {
  const found = new Map(current.families.map((family) => [family.key, family]));
  return families.map((given) => {
    const before = found.get(given.key);
    const after: Family = { ...(before ?? fresh(stamp)), ...given };
    return { resource: 'plan_family' as const, key: given.key, changes: [], ...decide(before, after, stamp) };
  });
}

function planFeatures(
  current: Catalogue,
  { features }: CatalogueDocument,
  products: ReadonlyMap<string, Product>,
  stamp: Stamp,
) {
  const found = new Map(current.features.map((feature) => [feature.key, feature]));
  const faults: InputFault[] = [];
  const steps = features.map(({ product, ...given }, index) => {
    const before = found.get(given.key);
    const productId = products.get(product)?.id;
    const wrong: InputFault[] = [];
    if (productId === undefined) wrong.push({ path: '/product', message: 'is not the key of a product' });
    else if (before !== undefined && before.productId !== productId)
      wrong.push({ path: '/product', message: 'never changes: use another key for a feature of another product' });
    if (before !== undefined && before.type !== given.type)
      wrong.push({ path: '/type', message: `never changes: the feature is of type ${before.type}` });
    faults.push(...under(`/features/${index}`, wrong));
    const after: Feature = { ...(before ?? fresh(stamp)), ...given, productId: productId ?? '' };
    return { resource: 'feature' as const, key: given.key, changes: [], ...decide(before, after, stamp) };
  });
  return { steps, faults };
}

function archiveUnnamed(current: Catalogue, document: CatalogueDocument, stamp: Stamp): ImportStep[] {
  const keys = (items: readonly { readonly key: string }[]) => new Set(items.map((item) => item.key));
  const [products, plans] = [keys(document.products), keys(document.plans)];
  const codes = new Set(document.coupons.map((coupon) => coupon.code));
  const common = { action: 'archived' as const, changes: [] };
  return [
    ...current.products
      .filter(({ key, archived }) => !archived && !products.has(key))
      .map((before) => ({ ...common, resource: 'product' as const, key: before.key, ...archive(before, stamp) })),
    ...current.plans
      .filter(({ key, archived }) => !archived && !plans.has(key))
      .map((before) => ({ ...common, resource: 'plan' as const, key: before.key, ...archive(before, stamp) })),
    ...current.coupons
      .filter(({ code, archived }) => !archived && !codes.has(code))
      .map((before) => ({ ...common, resource: 'coupon' as const, key: before.code, ...archive(before, stamp) })),
  ];
}

function archive<Item extends { readonly version: number }>(before: Item, stamp: Stamp) {
  return { before, after: { ...before, archived: true, version: before.version + 1, updatedAt: stamp.now } };
}

/** The things by key as they are after the steps. */
function keyed<Item extends { readonly key: string }>(
  current: readonly Item[],
  steps: readonly { readonly key: string; readonly after: Item }[],
): ReadonlyMap<string, Item> {
  return new Map([
    ...current.map((item) => [item.key, item] as const),
    ...steps.map(({ key, after }) => [key, after] as const),
  ]);
}
