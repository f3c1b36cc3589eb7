import type { Coupon } from '@plinth/contracts';
import { exact } from '../money/exact-decimal.ts';
import { roundMoney, roundToInteger, toMajorUnits } from '../money/round-money.ts';
import { splitAmount } from '../money/split-amount.ts';
import { applyCaps, takeCap, type SpendCap } from './spend-cap.ts';

/** What lowers a line: the redeemed coupon and by how much, in smallest units. */
export interface LineDiscount {
  readonly couponId: string;
  readonly code: string;
  readonly amountMinor: string;
  /** What percent it was; absent where the coupon takes off an amount. */
  readonly percent?: string;
}

/** A redeemed coupon that still has invoices to lower. */
export interface ActiveRedemption {
  readonly id: string;
  readonly coupon: Coupon;
  /** Who pays; with a subscription, only that one's lines are lowered. */
  readonly accountId: string;
  readonly subscriptionId: string | null;
}

export interface DiscountableLine {
  readonly accountId: string;
  readonly subscriptionId: string | null;
  readonly planKey: string | null;
  readonly priceKey: string | null;
  readonly amountMinor: bigint;
  /** The line that this one gives back in part: its discount is given back in the same proportion. */
  readonly gives?: { readonly chargedMinor: bigint; readonly discounts: readonly LineDiscount[] } | undefined;
  /** Of the line that lowers a period to its maximum spend. */
  readonly cap?: SpendCap | undefined;
}

export interface DiscountedLine {
  /** As it was, but for lines of a maximum spend. */
  readonly amountMinor: bigint;
  readonly discountMinor: bigint;
  readonly discounts: readonly LineDiscount[];
  /** Of a maximum spend: the percent discounts that were taken off before it was compared. */
  readonly comparedDiscountMinor: bigint | undefined;
}

export interface DiscountResult {
  readonly lines: readonly DiscountedLine[];
  /** Ids of the redemptions that lowered anything. */
  readonly used: readonly string[];
}

/**
 * Lowers the lines of one invoice: percent before amounts, each in order of redemption, spread over what is left of the
 * eligible lines by largest remainder in their order, never below zero (rule 5). Negative lines are lowered only by
 * what the lines that they give back were. A maximum spend is compared after the percentages and before the amounts,
 * which take off no more than it leaves (rule 14).
 */
export function applyDiscounts(
  lines: readonly DiscountableLine[],
  redemptions: readonly ActiveRedemption[],
  payerId: string,
  currency: string,
): DiscountResult {
  const state: Discounting = {
    lines,
    payerId,
    currency,
    discounts: lines.map((line) => returnedDiscounts(line)),
    left: lines.map(({ amountMinor, cap }) => (cap === undefined && amountMinor > 0n ? amountMinor : 0n)),
    used: [],
  };
  for (const redemption of ofKind(redemptions, 'percent')) lower(state, redemption);
  const caps = applyCaps(lines, state.discounts);
  for (const [position, { amountMinor }] of caps) takeCap(state.left, -amountMinor, lines[position]!.cap!.covers);
  for (const redemption of ofKind(redemptions, 'amount')) lower(state, redemption);
  return {
    lines: state.discounts.map((discounts, position) => ({
      amountMinor: caps.get(position)?.amountMinor ?? lines[position]!.amountMinor,
      discountMinor: sumOf(discounts),
      discounts,
      comparedDiscountMinor: caps.get(position)?.discountMinor,
    })),
    used: state.used,
  };
}

interface Discounting {
  readonly lines: readonly DiscountableLine[];
  readonly payerId: string;
  readonly currency: string;
  readonly discounts: LineDiscount[][];
  /** What may still be taken off each line. */
  readonly left: bigint[];
  readonly used: string[];
}

function lower({ lines, payerId, currency, discounts, left, used }: Discounting, redemption: ActiveRedemption): void {
  const eligible = lines.map((line, position) => (isEligible(line, redemption, payerId) ? left[position]! : 0n));
  const available = eligible.reduce((sum, amount) => sum + amount, 0n);
  const wanted = wantedDiscount(redemption.coupon, available, currency);
  const amount = wanted < available ? wanted : available;
  if (amount <= 0n) return;
  used.push(redemption.id);
  for (const [position, part] of splitAmount(amount, eligible).entries()) {
    if (part === 0n) continue;
    left[position]! -= part;
    discounts[position]!.push(toDiscount(redemption.coupon, part));
  }
}

/** In the order in which they were redeemed. */
function ofKind(redemptions: readonly ActiveRedemption[], kind: Coupon['discount']['kind']): ActiveRedemption[] {
  return redemptions.filter(({ coupon }) => coupon.discount.kind === kind);
}

function isEligible(
  line: DiscountableLine,
  { coupon, accountId, subscriptionId }: ActiveRedemption,
  payerId: string,
): boolean {
  if (
    subscriptionId === null
      ? line.accountId !== accountId && payerId !== accountId
      : line.subscriptionId !== subscriptionId
  )
    return false;
  if (coupon.plans !== null && (line.planKey === null || !coupon.plans.includes(line.planKey))) return false;
  return coupon.prices === null || (line.priceKey !== null && coupon.prices.includes(line.priceKey));
}

function wantedDiscount({ discount }: Coupon, available: bigint, currency: string): bigint {
  if (discount.kind === 'amount') return discount.currency === currency ? roundMoney(discount.amount, currency) : 0n;
  return roundMoney(toMajorUnits(available, currency).times(exact(discount.percent)).div(100), currency);
}

function returnedDiscounts({ amountMinor, gives }: DiscountableLine): LineDiscount[] {
  if (gives === undefined || amountMinor >= 0n || gives.chargedMinor <= 0n) return [];
  const before = gives.discounts.map((discount) => BigInt(discount.amountMinor));
  const all = before.reduce((sum, amount) => sum + amount, 0n);
  const returned = splitAmount(
    roundRatio(all * amountMinor, gives.chargedMinor),
    all === 0n ? before.map(() => 1n) : before,
  );
  return gives.discounts
    .map((discount, position) => ({ ...discount, amountMinor: returned[position]!.toString() }))
    .filter((discount) => discount.amountMinor !== '0');
}

/** Half away from zero. */
function roundRatio(numerator: bigint, denominator: bigint): bigint {
  return roundToInteger(exact(numerator.toString()).div(exact(denominator.toString())));
}

function toDiscount({ couponId, code, discount }: Coupon, amount: bigint): LineDiscount {
  const percent = discount.kind === 'percent' ? { percent: discount.percent } : {};
  return { couponId, code, amountMinor: amount.toString(), ...percent };
}

function sumOf(discounts: readonly LineDiscount[]): bigint {
  return discounts.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
}
