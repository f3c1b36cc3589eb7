import type { PriceTier, RateTier } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { exact, zero } from '../money/exact-decimal.ts';
import { toFactor } from './rate-percentage.ts';
import type { RatedTier, Rating } from './rating.ts';

interface CompiledTier {
  readonly from: string;
  readonly upTo: string | null;
  readonly lower: Decimal;
  readonly upper: Decimal | null;
  readonly unitAmount: Decimal;
  readonly flatAmount: Decimal;
  readonly unitText: string | undefined;
  readonly rateText: string | undefined;
  readonly flatText: string;
}

const nothing: Rating = { amount: zero, quantity: zero, tiers: [] };

/**
 * Graduated: each tier charges the part of the quantity that lies in (from, upTo] at its own unit amount, and its flat
 * amount once entered (rule 13). `flatAtZero`: the first tier counts as entered without usage.
 */
export function compileGraduated(tiers: readonly PriceTier[], flatAtZero = false): (quantity: Decimal) => Rating {
  return graduate(compileTiers(tiers), flatAtZero);
}

/** Graduated percentage: as `compileGraduated`, by rates in percent instead of unit amounts. */
export function compileGraduatedPercentage(tiers: readonly RateTier[]): (quantity: Decimal) => Rating {
  return graduate(compileTiers(tiers), false);
}

/** Full tiers are computed once, so a call only works out the last one reached. */
function graduate(compiled: readonly CompiledTier[], flatAtZero: boolean): (quantity: Decimal) => Rating {
  const atZero = flatAtZero ? rateAtZero(compiled) : nothing;
  const fullTiers: RatedTier[] = [];
  const amountBefore: Decimal[] = [zero];
  for (const [index, tier] of compiled.entries()) {
    if (tier.upper === null) break;
    const full = rateTier(tier, tier.upper.minus(tier.lower));
    fullTiers.push(full);
    amountBefore.push(amountBefore[index]!.plus(full.amount));
  }
  return (quantity) => {
    if (quantity.isZero()) return atZero;
    const index = findTier(compiled, quantity);
    const tier = compiled[index]!;
    const last = rateTier(tier, quantity.minus(tier.lower));
    return { amount: amountBefore[index]!.plus(last.amount), quantity, tiers: [...fullTiers.slice(0, index), last] };
  };
}

/**
 * Volume: the tier that the total reaches prices the whole quantity, plus its flat amount (rule 13). A bill may
 * therefore fall as usage rises. `flatAtZero` as with `compileGraduated`.
 */
export function compileVolume(tiers: readonly PriceTier[], flatAtZero = false): (quantity: Decimal) => Rating {
  const compiled = compileTiers(tiers);
  const atZero = flatAtZero ? rateAtZero(compiled) : nothing;
  return (quantity) => {
    if (quantity.isZero()) return atZero;
    const tier = rateTier(compiled[findTier(compiled, quantity)]!, quantity);
    return { amount: tier.amount, quantity, tiers: [tier] };
  };
}

function rateAtZero(compiled: readonly CompiledTier[]): Rating {
  const first = rateTier(compiled[0]!, zero);
  return { amount: first.amount, quantity: zero, tiers: [first] };
}

function compileTiers(tiers: readonly (PriceTier | RateTier)[]): CompiledTier[] {
  let from = '0';
  return tiers.map((tier) => {
    const compiled: CompiledTier = {
      from,
      upTo: tier.upTo,
      lower: exact(from),
      upper: tier.upTo === null ? null : exact(tier.upTo),
      unitAmount: 'rate' in tier ? toFactor(tier.rate) : exact(tier.unitAmount),
      flatAmount: exact(tier.flatAmount ?? '0'),
      unitText: 'rate' in tier ? undefined : tier.unitAmount,
      rateText: 'rate' in tier ? tier.rate : undefined,
      flatText: tier.flatAmount ?? '0',
    };
    from = tier.upTo ?? from;
    return compiled;
  });
}

/** The first tier whose inclusive upper bound holds the quantity; by halves, since a price may have a hundred. */
function findTier(tiers: readonly CompiledTier[], quantity: Decimal): number {
  let low = 0;
  let high = tiers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { upper } = tiers[middle]!;
    if (upper === null || quantity.lte(upper)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function rateTier(tier: CompiledTier, quantity: Decimal): RatedTier {
  return {
    from: tier.from,
    upTo: tier.upTo,
    quantity,
    unitAmount: tier.unitText,
    rate: tier.rateText,
    flatAmount: tier.flatText,
    amount: quantity.times(tier.unitAmount).plus(tier.flatAmount),
  };
}
