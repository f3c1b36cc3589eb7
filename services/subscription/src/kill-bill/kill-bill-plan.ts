import type { BillingPeriod, PlanPhase, PlanVersion, Price, PriceTier } from '@plinth/contracts';
import { exact } from '../money/exact-decimal.ts';

/** A plan version as it is sold. */
export type SoldPlan = Omit<PlanVersion, 'archived'>;

/** A step of a usage price: `max` blocks of `size` units, each at `amount`; -1: any number of them. */
export interface KillBillTier {
  readonly size: string;
  readonly amount: string;
  readonly max: string;
}

/** A price of metered usage, charged in arrears. */
export interface KillBillUsage {
  readonly name: string;
  readonly unit: string;
  readonly policy: 'ALL_TIERS' | 'TOP_TIER';
  readonly tiers: readonly KillBillTier[];
}

export interface KillBillPhase {
  readonly type: 'TRIAL' | 'DISCOUNT' | 'EVERGREEN';
  /** Null: without an end. */
  readonly duration: { readonly unit: 'DAYS' | 'WEEKS' | 'MONTHS' | 'YEARS'; readonly number: number } | null;
  /** What each billing period costs; null: nothing. */
  readonly recurring: string | null;
  readonly usages: readonly KillBillUsage[];
}

/** A plan version in one currency, in the words of Kill Bill's catalogue. Amounts are exact decimals in major units. */
export interface KillBillPlan {
  readonly name: string;
  readonly product: string;
  readonly currency: string;
  readonly billingPeriod: string;
  readonly billingMode: 'IN_ADVANCE' | 'IN_ARREAR';
  readonly phases: readonly KillBillPhase[];
}

/** The plan as Kill Bill has it, or why it cannot have it. */
export type KillBillExpression =
  | { readonly plan: KillBillPlan; readonly reasons: readonly [] }
  | { readonly plan: undefined; readonly reasons: readonly string[] };

const billingPeriods: Readonly<Record<string, string>> = {
  'day/1': 'DAILY',
  'day/7': 'WEEKLY',
  'day/14': 'BIWEEKLY',
  'day/30': 'THIRTY_DAYS',
  'day/60': 'SIXTY_DAYS',
  'day/90': 'NINETY_DAYS',
  'week/1': 'WEEKLY',
  'week/2': 'BIWEEKLY',
  'month/1': 'MONTHLY',
  'month/2': 'BIMESTRIAL',
  'month/3': 'QUARTERLY',
  'month/4': 'TRIANNUAL',
  'month/6': 'BIANNUAL',
  'month/12': 'ANNUAL',
  'month/24': 'BIENNIAL',
  'year/1': 'ANNUAL',
  'year/2': 'BIENNIAL',
};
const phaseTypes = { trial: 'TRIAL', intro: 'DISCOUNT', evergreen: 'EVERGREEN' } as const;
const durations = { day: 'DAYS', week: 'WEEKS', month: 'MONTHS', year: 'YEARS' } as const;

/**
 * A plan version in the words of Kill Bill 0.22, with all that it cannot express as reasons. Its tiers count whole
 * blocks, its phases have one recurring price, and its quantities are whole numbers.
 */
export function expressPlan(sold: SoldPlan): KillBillExpression {
  const reasons: string[] = [...checkTerms(sold)];
  const name = nameOf(sold);
  const usages = new Map<string, KillBillUsage>();
  for (const price of sold.prices) {
    const usage = expressUsage(name, price);
    if (typeof usage === 'string') reasons.push(`price ${price.key}: ${usage}`);
    else if (usage !== undefined) usages.set(price.key, usage);
  }
  if (reasons.length > 0) return { plan: undefined, reasons };
  const fees = sold.prices.filter(({ model }) => model.model === 'flat');
  const isArrears = fees.some(({ model }) => model.model === 'flat' && model.timing === 'arrears');
  const phases = sold.phases.map((phase, position): KillBillPhase => {
    const length = position === sold.phases.length - 1 ? null : phase.length;
    const prices = sold.prices.filter(({ phases: keys }) => keys?.includes(phase.key) !== false);
    const fee = prices.find(({ model }) => model.model === 'flat');
    const amount = phase.kind !== 'trial' && fee?.model.model === 'flat' ? fee.model.amount : null;
    return {
      type: phaseTypes[phase.kind],
      duration: length === null ? null : { unit: durations[length.unit], number: length.count },
      recurring: amount,
      usages: prices.flatMap(({ key }) => {
        const usage = usages.get(key);
        return usage === undefined ? [] : [{ ...usage, name: `${usage.name}-${phase.key}` }];
      }),
    };
  });
  const plan = {
    name,
    product: asName(sold.planKey),
    currency: sold.currency,
    billingPeriod: billingPeriods[keyOf(sold.period)]!,
    billingMode: isArrears ? ('IN_ARREAR' as const) : ('IN_ADVANCE' as const),
    phases,
  };
  return { plan, reasons: [] };
}

/** The name of a plan version in Kill Bill's catalogue; of one product there are many. */
export function nameOf({ planId, planKey, version, currency }: NamedPlan): string {
  // Keys may be given anew to another plan once the first is gone; the id keeps the two apart.
  return `${asName(planKey)}-${planId.replaceAll('-', '').slice(-12)}-v${version}-${currency.toLowerCase()}`;
}

type NamedPlan = Pick<SoldPlan, 'planId' | 'planKey' | 'version' | 'currency'>;

/** Names of the catalogue are XML names. */
export function asName(key: string): string {
  const name = key.replaceAll(/[^\w.-]/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** Whether the periods of a plan begin on the billing cycle day of the account. */
export function isMonthly({ unit, count }: BillingPeriod): boolean {
  return unit === 'month' && count === 1;
}

function* checkTerms(sold: SoldPlan): Generator<string> {
  if (billingPeriods[keyOf(sold.period)] === undefined)
    yield `no billing period of ${sold.period.count} ${sold.period.unit}s is known to Kill Bill`;
  if (sold.prorationBasis === 'second') yield 'Kill Bill prorates by days, never by seconds';
  if (sold.minimumSpend !== null) yield 'Kill Bill has no minimum spend of a period';
  if (sold.maximumSpend !== null) yield 'Kill Bill has no maximum spend of a period';
  if (sold.phases.length > 1 && !isMonthly(sold.period))
    yield 'after a phase Kill Bill counts periods that are not monthly anew; Plinth keeps the anchor';
  if (new Set(sold.phases.map(({ kind }) => kind)).size < sold.phases.length)
    yield 'Kill Bill has at most one trial, one introduction and one last phase in a plan';
  for (const phase of sold.phases) yield* checkFees(sold, phase);
}

function* checkFees({ prices, phases }: SoldPlan, phase: PlanPhase): Generator<string> {
  const timings = prices.flatMap(({ model }) => (model.model === 'flat' ? [model.timing] : []));
  if (phase === phases[0] && new Set(timings).size > 1)
    yield 'the recurring prices of a plan in Kill Bill are all in advance or all in arrears';
  const fees = prices.filter(
    ({ model, phases: keys }) => model.model === 'flat' && keys?.includes(phase.key) !== false,
  );
  if (fees.length > 1 && phase.kind !== 'trial')
    yield `phase ${phase.key} has ${fees.length} recurring prices (${fees.map(({ key }) => key).join(', ')}); a phase in Kill Bill has one`;
}

/** A metered price as a usage; undefined for a fee, a reason where Kill Bill cannot have it. */
function expressUsage(plan: string, { key, model }: Price): KillBillUsage | string | undefined {
  if (model.model === 'flat') return undefined;
  if (model.meter === undefined) return 'it counts seats, and a subscription in Kill Bill has no quantity';
  if (model.conversion !== undefined) return 'it converts the metered quantity before rating';
  const of = (policy: KillBillUsage['policy'], tiers: readonly KillBillTier[] | string) =>
    typeof tiers === 'string' ? tiers : { name: `${plan}-${asName(key)}`, unit: asName(model.meter!), policy, tiers };
  switch (model.model) {
    case 'per_unit':
      return of('ALL_TIERS', [{ size: '1', amount: model.unitAmount, max: '-1' }]);
    case 'graduated':
      return of('ALL_TIERS', expressTiers(model.tiers));
    case 'volume':
      return of('TOP_TIER', expressTiers(model.tiers));
    case 'package':
      return of('ALL_TIERS', expressPackage(model));
    default:
      return `Kill Bill has no price model like ${model.model}`;
  }
}

/** The tiers as blocks of one unit, each as many as the tier is wide. */
function expressTiers(tiers: readonly PriceTier[]): KillBillTier[] | string {
  const blocks: KillBillTier[] = [];
  let from = exact('0');
  for (const { upTo, unitAmount, flatAmount } of tiers) {
    if (flatAmount !== undefined && !exact(flatAmount).isZero()) return 'its tiers have flat amounts';
    const bound = upTo === null ? undefined : exact(upTo);
    if (bound !== undefined && !bound.isInteger()) return `the tier up to ${upTo} does not end with a whole unit`;
    const max = bound === undefined ? '-1' : bound.minus(from).toFixed();
    blocks.push({ size: '1', amount: unitAmount, max });
    from = bound ?? from;
  }
  return blocks;
}

/** Packages as blocks; free units are a first tier that costs nothing. */
function expressPackage(model: {
  readonly packageSize: string;
  readonly packageAmount: string;
  readonly freeUnits?: string | undefined;
  readonly rounding?: 'up' | 'down' | undefined;
}): KillBillTier[] | string {
  const { packageSize, packageAmount, freeUnits = '0', rounding = 'up' } = model;
  if (rounding === 'down') return 'it charges only whole packages, and Kill Bill charges each that is begun';
  if (!exact(packageSize).isInteger()) return `its packages hold ${packageSize} units, which is no whole number`;
  if (!exact(freeUnits).isInteger()) return `its ${freeUnits} free units are no whole number`;
  const packages = { size: exact(packageSize).toFixed(), amount: packageAmount, max: '-1' };
  return exact(freeUnits).isZero()
    ? [packages]
    : [{ size: '1', amount: '0', max: exact(freeUnits).toFixed() }, packages];
}

function keyOf({ unit, count }: BillingPeriod): string {
  return `${unit}/${count}`;
}
