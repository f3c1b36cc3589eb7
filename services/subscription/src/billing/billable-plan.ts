import type { PlanVersion, Price } from '@plinth/contracts';
import { compilePriceModel } from '../rating/rate.ts';
import type { RateQuantity } from '../rating/rating.ts';

/** One price of a plan, prepared for rating. */
export interface BillableItem {
  readonly price: Price;
  readonly rate: RateQuantity;
  /** Key of the meter whose quantity is rated; absent: a fee, or seats. */
  readonly meter: string | undefined;
  /** Whether the subscribed quantity is rated instead of one unit. */
  readonly seats: boolean;
  readonly timing: 'advance' | 'arrears';
}

/** A plan version with its prices prepared once, for many subscriptions. */
export interface BillablePlan {
  readonly planId: string;
  readonly version: number;
  readonly advance: readonly BillableItem[];
  readonly arrears: readonly BillableItem[];
  readonly usage: readonly (BillableItem & { readonly meter: string })[];
}

/**
 * Prepares a plan version. A flat price says when it falls due; seats (a usage model without a meter) fall due in
 * advance (rule 15), metered usage when its period has ended.
 */
export function compilePlan(plan: Pick<PlanVersion, 'planId' | 'version' | 'prices'>): BillablePlan {
  const items = plan.prices.map(compileItem);
  const fees = items.filter((item) => item.meter === undefined);
  return {
    planId: plan.planId,
    version: plan.version,
    advance: fees.filter((item) => item.timing === 'advance'),
    arrears: fees.filter((item) => item.timing === 'arrears'),
    usage: items.filter((item): item is BillableItem & { meter: string } => item.meter !== undefined),
  };
}

/** The keys of the meters that a plan's prices name, each once. */
export function metersOf(plan: Pick<PlanVersion, 'prices'>): string[] {
  return [...new Set(plan.prices.flatMap(({ model }) => (model.model === 'flat' ? [] : (model.meter ?? []))))];
}

function compileItem(price: Price): BillableItem {
  const { model } = price;
  const rate = compilePriceModel(model);
  if (model.model === 'flat') return { price, rate, meter: undefined, seats: false, timing: model.timing };
  if (model.meter === undefined) return { price, rate, meter: undefined, seats: true, timing: 'advance' };
  return { price, rate, meter: model.meter, seats: false, timing: 'arrears' };
}
