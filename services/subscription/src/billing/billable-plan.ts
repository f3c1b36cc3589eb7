import type { PlanVersion, Price, PriceModel } from '@plinth/contracts';
import { compilePriceModel } from '../rating/rate.ts';
import { compileMeteredModel, type RateReading } from '../rating/reading.ts';
import type { RateQuantity } from '../rating/rating.ts';

/** A fee or seats of a plan, prepared for rating. */
export interface FeeItem {
  readonly price: Price;
  readonly rate: RateQuantity;
  /** Whether the subscribed quantity is rated instead of one unit. */
  readonly seats: boolean;
  readonly timing: 'advance' | 'arrears';
}

/** A price of metered usage, prepared for rating; it falls due in arrears. */
export interface MeteredItem {
  readonly price: Price;
  readonly rate: RateReading;
  /** Key of the meter whose quantity is rated. */
  readonly meter: string;
  /** The dimensions by which a matrix needs the quantity. */
  readonly groupBy: readonly string[] | undefined;
  /** Whether it names amounts of a whole period, which are prorated where it applied to a part of one. */
  readonly isProrated: boolean;
}

/** A plan version with its prices prepared once, for many subscriptions. */
export interface BillablePlan {
  readonly planId: string;
  readonly version: number;
  readonly advance: readonly FeeItem[];
  readonly arrears: readonly FeeItem[];
  readonly usage: readonly MeteredItem[];
  readonly planKey: string;
  readonly taxInclusive: boolean;
  /** Least and most that a period costs, in major units; null: no limit. */
  readonly minimumSpend: string | null;
  readonly maximumSpend: string | null;
}

/** What of a plan version decides its lines. */
export type BillablePlanVersion = Pick<PlanVersion, 'planId' | 'version' | 'prices'> &
  Partial<Pick<PlanVersion, 'planKey' | 'taxInclusive' | 'minimumSpend' | 'maximumSpend'>>;

/** The part of a plan version that applies: the prices of one phase of it, with or without the fees. */
export interface PlanPart {
  readonly phaseKey: string;
  /** In a trial or a pause there are neither fees nor seats, nor a minimum; usage is rated (rule 11). */
  readonly feesWaived: boolean;
}

/**
 * Prepares a plan version. A flat price says when it falls due; seats (a usage model without a meter) fall due in
 * advance (rule 15), metered usage when its period has ended. Without a part, all prices apply.
 */
export function compilePlan(plan: BillablePlanVersion, part?: PlanPart): BillablePlan {
  const prices = plan.prices.filter(({ phases }) => part === undefined || phases?.includes(part.phaseKey) !== false);
  const feesWaived = part?.feesWaived ?? false;
  const items = prices.map(compileItem);
  const fees = feesWaived ? [] : items.filter((item) => 'seats' in item);
  return {
    planId: plan.planId,
    version: plan.version,
    planKey: plan.planKey ?? '',
    taxInclusive: plan.taxInclusive ?? false,
    minimumSpend: feesWaived ? null : (plan.minimumSpend ?? null),
    maximumSpend: plan.maximumSpend ?? null,
    advance: fees.filter((item) => item.timing === 'advance'),
    arrears: fees.filter((item) => item.timing === 'arrears'),
    usage: items.filter((item) => 'meter' in item),
  };
}

function compileItem(price: Price): FeeItem | MeteredItem {
  const { model } = price;
  if (model.model === 'flat') return { price, rate: compilePriceModel(model), seats: false, timing: model.timing };
  if (model.model === 'matrix')
    return {
      price,
      rate: compileMeteredModel(model),
      meter: model.meter,
      groupBy: model.dimensions,
      isProrated: false,
    };
  if (model.meter !== undefined)
    return {
      price,
      rate: compileMeteredModel(model),
      meter: model.meter,
      groupBy: undefined,
      isProrated: hasPeriodAmounts(model),
    };
  return { price, rate: compilePriceModel(model), seats: true, timing: 'advance' };
}

/** Whether a model commits to something for a period, or bounds what one costs. */
function hasPeriodAmounts(model: PriceModel): boolean {
  if (model.model === 'bulk_commitment') return true;
  return model.model === 'percentage' && (model.minimumAmount !== undefined || model.maximumAmount !== undefined);
}
