import { exact } from '../money/exact-decimal.ts';
import { roundMoney, toMajorUnits } from '../money/round-money.ts';
import { prorate } from '../period/prorate.ts';
import type { PeriodPart, Segment } from './billing.ts';
import { precise, type BilledLine } from './line.ts';

/** Whether any plan of the period has a minimum or maximum spend. */
export function hasSpendLimit({ segments }: PeriodPart): boolean {
  return segments.some(({ phase: { plan } }) => plan.minimumSpend !== null || plan.maximumSpend !== null);
}

/**
 * The lines that lift what a plan cost in a period to its minimum spend, or lower it to its maximum. `spent` is all
 * that the period costs: its advance fees, whenever they were charged, its fees in arrears and its usage. Each
 * version's limits are prorated by the part of the period in which they applied, and measured against its own lines.
 * Percent discounts, of which nothing is known here, raise the line of a maximum when the invoice is worked out.
 */
export function billSpendLimits(part: PeriodPart, currency: string, spent: readonly BilledLine[]): BilledLine[] {
  if (!hasSpendLimit(part)) return [];
  return groupByVersion(part.segments).flatMap((segments) => {
    const phaseIds = new Set(segments.map(({ phase }) => phase.id));
    const own = spent.filter(({ phaseId }) => phaseId !== null && phaseIds.has(phaseId));
    const spentMinor = own.reduce((sum, line) => sum + line.amountMinor, 0n);
    const minimum = limitOf(segments, currency, ({ phase }) => phase.plan.minimumSpend);
    const maximum = limitOf(segments, currency, ({ phase }) => phase.plan.maximumSpend);
    if (maximum !== undefined && spentMinor > maximum)
      return [spendLine(part, segments, currency, { kind: 'maximum', limitMinor: maximum, spentMinor })];
    if (minimum !== undefined && spentMinor < minimum)
      return [spendLine(part, segments, currency, { kind: 'minimum', limitMinor: minimum, spentMinor })];
    return [];
  });
}

function groupByVersion(segments: readonly Segment[]): Segment[][] {
  return [
    ...Map.groupBy(segments, ({ phase }) => `${phase.track}/${phase.plan.planId}/${phase.plan.version}`).values(),
  ];
}

/** The limit for the part of the period in which there is one; undefined when there is none at all. */
function limitOf(
  segments: readonly Segment[],
  currency: string,
  limit: (segment: Segment) => string | null,
): bigint | undefined {
  const limited = segments.flatMap((segment) => {
    const amount = limit(segment);
    return amount === null ? [] : [{ amount, ...segment }];
  });
  const [first] = limited;
  if (first === undefined) return undefined;
  const used = limited.reduce((sum, segment) => sum + segment.used, 0);
  const amount = used === first.of && used > 0 ? exact(first.amount) : prorate(first.amount, { used, of: first.of });
  return roundMoney(amount, currency);
}

interface ReachedLimit {
  readonly kind: 'minimum' | 'maximum';
  readonly limitMinor: bigint;
  readonly spentMinor: bigint;
}

function spendLine(
  closing: PeriodPart,
  segments: readonly Segment[],
  currency: string,
  { kind, limitMinor, spentMinor }: ReachedLimit,
): BilledLine {
  const last = segments.at(-1)!;
  return limitLine({
    kind,
    closing,
    last,
    key: `${kind}-spend`,
    description: kind === 'minimum' ? 'Minimum spend' : 'Maximum spend',
    amountMinor: limitMinor - spentMinor,
    currency,
    detail: {
      limitMinor: limitMinor.toString(),
      spentMinor: spentMinor.toString(),
      ...(kind === 'maximum' ? { phaseIds: [...new Set(segments.map(({ phase }) => phase.id))] } : {}),
      proration: { basis: closing.basis, used: segments.reduce((sum, { used }) => sum + used, 0), of: last.of },
    },
  });
}

/** What a line is made of that no price is behind. */
export interface LimitLineInput {
  readonly kind: 'minimum' | 'maximum';
  readonly closing: PeriodPart;
  readonly last: Segment;
  /** Stands in the line's key where other lines have that of their price. */
  readonly key: string;
  readonly description: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A line of a period as a whole. */
export function limitLine({ kind, closing, last, key, description, ...input }: LimitLineInput): BilledLine {
  return {
    kind,
    periodIndex: closing.period.index,
    phaseId: last.phase.id,
    planId: last.phase.plan.planId,
    planVersion: last.phase.plan.version,
    priceId: null,
    priceKey: key,
    taxCategory: 'standard',
    meter: null,
    description,
    quantityRaw: '1',
    quantityBilled: '1',
    detail: input.detail,
    amountPrecise: precise(toMajorUnits(input.amountMinor, input.currency)),
    amountMinor: input.amountMinor,
    start: closing.period.start,
    end: last.end,
  };
}
