import type { PriceModel, PriceTier } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { exact, zero } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import { seededRandom } from '../money/seeded-random.ts';
import { compilePriceModel, rateRemainder } from './rate.ts';

type Random = ReturnType<typeof seededRandom>;

const smallest = exact('0.000000000001');

function decimal(random: Random, below: number): string {
  return `${random(below)}.${String(random(1_000_000)).padStart(6, '0')}`;
}

function randomTiers(random: Random, withFlats: boolean): PriceTier[] {
  let bound = zero;
  const bounds = Array.from({ length: random(8) }, () => {
    bound = bound.plus(decimal(random, 500)).plus(smallest);
    return bound.toString();
  });
  return [...bounds, null].map((upTo) => ({
    upTo,
    unitAmount: decimal(random, 5),
    ...(withFlats ? { flatAmount: decimal(random, 20) } : {}),
  }));
}

function randomModel(random: Random): PriceModel {
  const models: (() => PriceModel)[] = [
    () => ({ model: 'per_unit', unitAmount: decimal(random, 9) }),
    () => ({ model: 'graduated', tiers: randomTiers(random, true) }),
    () => ({ model: 'volume', tiers: randomTiers(random, true) }),
    () => ({
      model: 'package',
      packageSize: `1${random(500)}`,
      packageAmount: decimal(random, 30),
      freeUnits: decimal(random, 50),
      rounding: random(2) === 0 ? 'up' : 'down',
    }),
  ];
  return models[random(models.length)]!();
}

/** The definition, written as slowly and plainly as it can be: the oracle for the prepared form. */
function graduatedByDefinition(tiers: readonly PriceTier[], quantity: Decimal): Decimal {
  let total = zero;
  let from = zero;
  for (const tier of tiers) {
    if (quantity.lte(from)) break;
    const to = tier.upTo === null || quantity.lt(tier.upTo) ? quantity : exact(tier.upTo);
    total = total.plus(to.minus(from).times(tier.unitAmount)).plus(tier.flatAmount ?? '0');
    from = to;
  }
  return total;
}

describe('a graduated price', () => {
  it('agrees with its definition, inside tiers and on their bounds', () => {
    const random = seededRandom(1);
    for (let run = 0; run < 300; run += 1) {
      const tiers = randomTiers(random, true);
      const rateQuantity = compilePriceModel({ model: 'graduated', tiers });
      const quantities = [decimal(random, 4_000), ...tiers.flatMap((tier) => tier.upTo ?? [])];
      for (const quantity of quantities.map(exact)) {
        const rating = rateQuantity(quantity);
        expect(rating.amount.toString()).toBe(graduatedByDefinition(tiers, quantity).toString());
        expect(sum(rating.tiers!.map((tier) => tier.amount)).eq(rating.amount)).toBe(true);
        expect(sum(rating.tiers!.map((tier) => tier.quantity)).eq(quantity)).toBe(true);
      }
    }
  });

  it('never falls as the quantity rises', () => {
    const random = seededRandom(2);
    for (let run = 0; run < 300; run += 1) {
      const rateQuantity = compilePriceModel({ model: 'graduated', tiers: randomTiers(random, true) });
      const lower = exact(decimal(random, 3_000));
      const higher = lower.plus(decimal(random, 400));
      expect(rateQuantity(lower).amount.lte(rateQuantity(higher).amount)).toBe(true);
    }
  });

  it('has no jump at a bound when no tier has a flat amount', () => {
    const random = seededRandom(3);
    for (let run = 0; run < 300; run += 1) {
      const tiers = randomTiers(random, false);
      const rateQuantity = compilePriceModel({ model: 'graduated', tiers });
      for (const [index, tier] of tiers.slice(0, -1).entries()) {
        const bound = exact(tier.upTo!);
        const step = rateQuantity(bound.plus(smallest)).amount.minus(rateQuantity(bound).amount);
        expect(step.eq(smallest.times(tiers[index + 1]!.unitAmount))).toBe(true);
      }
    }
  });
});

describe('any price', () => {
  it('bills usage in any split of lines exactly as it bills it whole', () => {
    const random = seededRandom(4);
    const currencies = ['JPY', 'EUR', 'KWD', 'CLF'];
    for (let run = 0; run < 500; run += 1) {
      const rateQuantity = compilePriceModel(randomModel(random));
      const currency = currencies[random(currencies.length)]!;
      let total = zero;
      let billed = 0n;
      for (let line = 0; line <= random(10); line += 1) {
        const correction = random(4) === 0 ? '-' : '';
        total = total.plus(`${correction}${decimal(random, 300)}`);
        billed += rateRemainder(rateQuantity(total), currency, billed);
      }
      expect(billed).toBe(roundMoney(rateQuantity(total).amount, currency));
      expect(rateRemainder(rateQuantity(total), currency, billed)).toBe(0n);
    }
  });
});

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), zero);
}
