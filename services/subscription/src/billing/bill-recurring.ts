import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import { splitAmount } from '../money/split-amount.ts';
import { prorate } from '../period/prorate.ts';
import { ratingDetail } from '../rating/rating-detail.ts';
import type { Rating } from '../rating/rating.ts';
import type { FeeItem } from './billable-plan.ts';
import type { PeriodPart, Segment } from './billing.ts';
import { precise, type BilledLine } from './line.ts';

interface Share {
  readonly item: FeeItem;
  readonly segment: Segment;
  readonly quantity: Decimal;
  readonly rating: Rating;
  readonly amount: Decimal;
}

/** Fees and seats of a period that fall due at the given end of it, prorated for each phase. */
export function billRecurring(part: PeriodPart, currency: string, timing: 'advance' | 'arrears'): BilledLine[] {
  const lines: BilledLine[] = [];
  for (const shares of groupByPrice(part.segments, timing)) {
    const amounts = roundShares(shares, currency);
    for (const [position, share] of shares.entries()) lines.push(toLine(part, share, amounts[position]!));
  }
  return lines;
}

function groupByPrice(segments: readonly Segment[], timing: 'advance' | 'arrears'): Share[][] {
  const groups = new Map<string, Share[]>();
  for (const segment of segments) {
    for (const item of segment.phase.plan[timing]) {
      const key = `${segment.phase.track}/${segment.phase.plan.version}/${item.price.id}`;
      const group = groups.get(key);
      const share = shareOf(item, segment, group?.at(-1));
      if (group === undefined) groups.set(key, [share]);
      else group.push(share);
    }
  }
  return [...groups.values()];
}

/** Seats given back stay usable up to the period's peak, so they are charged at the peak so far (rule 15). */
function shareOf(item: FeeItem, segment: Segment, before: Share | undefined): Share {
  const subscribed = exact(item.seats ? String(segment.phase.quantity) : '1');
  const quantity = before !== undefined && before.quantity.gt(subscribed) ? before.quantity : subscribed;
  const rating = item.rate(quantity);
  const isWhole = segment.used === segment.of && segment.of > 0;
  return { item, segment, quantity, rating, amount: isWhole ? rating.amount : prorate(rating.amount, segment) };
}

/** One price over several phases is rounded as one amount and split, so that the parts add up to it (rule 4). */
function roundShares(shares: readonly Share[], currency: string): bigint[] {
  const total = roundMoney(
    shares.length === 1 ? shares[0]!.amount : shares.reduce((sum, share) => sum.plus(share.amount), zero),
    currency,
  );
  if (shares.length === 1) return [total];
  return splitAmount(
    total,
    shares.map(({ rating, segment }) => weightOf(rating.amount, segment.used)),
  );
}

/** An integer in proportion to the share: a rated amount has at most 24 fraction digits. */
function weightOf(amount: Decimal, used: number): bigint {
  return BigInt(amount.times(used).times('1e24').toFixed(0));
}

function toLine(
  { period, basis }: PeriodPart,
  { item, segment, quantity, rating, amount }: Share,
  minor: bigint,
): BilledLine {
  const { price } = item;
  const { phase } = segment;
  return {
    kind: 'recurring',
    periodIndex: period.index,
    phaseId: phase.id,
    planId: phase.plan.planId,
    planVersion: phase.plan.version,
    priceId: price.id,
    priceKey: price.key,
    taxCategory: price.taxCategory,
    meter: null,
    description: price.description === '' ? price.key : price.description,
    quantityRaw: item.seats ? String(phase.quantity) : '1',
    quantityBilled: quantity.toFixed(),
    detail: {
      ...ratingDetail(price.model, rating),
      periodAmount: precise(rating.amount),
      proration: { basis, used: segment.used, of: segment.of },
    },
    amountPrecise: precise(amount),
    amountMinor: minor,
    start: segment.start,
    end: segment.end,
  };
}
