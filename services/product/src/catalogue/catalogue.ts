import type { MeterDimensions } from '@plinth/contracts';
import type { StoredCoupon } from '../coupon/coupon.ts';
import type { Family } from '../family/family.ts';
import type { Feature } from '../feature/feature.ts';
import type { TermsChange } from '../plan/compare-terms.ts';
import type { Plan } from '../plan/plan.ts';
import type { Product } from '../product/product.ts';

/** Everything that a tenant's catalogue holds, plans in their newest version. */
export interface Catalogue {
  readonly products: readonly Product[];
  readonly features: readonly Feature[];
  readonly families: readonly Family[];
  readonly plans: readonly Plan[];
  readonly coupons: readonly StoredCoupon[];
}

/** What an import begins with: the catalogue, and what a file may refer to beside it. */
export interface ImportBase extends Catalogue {
  /** Keys of prices that the file's coupons name and some version of some plan has. */
  readonly priceKeys: ReadonlySet<string>;
  /** The meters in use that the file's prices name. */
  readonly meters: MeterDimensions;
}

export const importActions = ['created', 'updated', 'version_published', 'archived', 'unchanged'] as const;

interface Resources {
  product: Product;
  feature: Feature;
  plan_family: Family;
  plan: Plan;
  coupon: StoredCoupon;
}

type StepOf<Resource extends keyof Resources> = {
  readonly resource: Resource;
  /** Its key; of a coupon its code. */
  readonly key: string;
  readonly action: (typeof importActions)[number];
  readonly before: Resources[Resource] | undefined;
  readonly after: Resources[Resource];
  /** What a published version says otherwise than the one before; empty for everything else. */
  readonly changes: readonly TermsChange[];
};

/** What an import does with one thing of the catalogue. */
export type ImportStep = { [Resource in keyof Resources]: StepOf<Resource> }[keyof Resources];

/** What new and changed rows get. */
export interface Stamp {
  readonly now: Date;
  readonly newId: () => string;
}
