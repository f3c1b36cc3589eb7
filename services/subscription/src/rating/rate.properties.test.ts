import type { PriceTier, RateTier, UnitConversion } from '@plinth/contracts';
import type { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { exact, zero } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import { seededRandom } from '../money/seeded-random.ts';
import { compileConversion } from './convert-quantity.ts';
import { compileMatrix } from './rate-matrix.ts';
import { compilePriceModel, rateRemainder } from './rate.ts';
import type { GroupedQuantity, MatrixModel, ScalarModel } from './rating.ts';

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

function randomModel(random: Random): ScalarModel {
  const models: (() => ScalarModel)[] = [
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
    () => randomPercentage(random),
    () => ({ model: 'graduated_percentage', meter: 'm', tiers: randomRateTiers(random) }),
    () => ({
      model: 'bulk_commitment',
      meter: 'm',
      quantity: decimal(random, 900),
      amount: decimal(random, 500),
      overageUnitAmount: decimal(random, 4),
    }),
  ];
  const model = models[random(models.length)]!();
  return random(3) === 0 && 'meter' in model ? { ...model, conversion: randomConversion(random) } : model;
}

function randomPercentage(random: Random): Extract<ScalarModel, { model: 'percentage' }> {
  const minimumAmount = decimal(random, 10);
  return {
    model: 'percentage',
    meter: 'm',
    rate: decimal(random, 20),
    freeUnits: decimal(random, 100),
    minimumAmount,
    maximumAmount: exact(minimumAmount).plus(decimal(random, 90)).toString(),
  };
}

function randomRateTiers(random: Random): RateTier[] {
  return randomTiers(random, true).map(({ unitAmount, ...tier }) => ({ ...tier, rate: unitAmount }));
}

function randomConversion(random: Random): UnitConversion {
  const roundings = ['none', 'up', 'down', 'half_up'] as const;
  return { divisor: `${1 + random(40)}.${random(10)}`, rounding: roundings[random(4)]!, digits: random(4) };
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

describe('a volume price', () => {
  it('falls when a cheaper tier is reached, and only then', () => {
    const random = seededRandom(5);
    let falls = 0;
    for (let run = 0; run < 300; run += 1) {
      const tiers = randomTiers(random, false);
      const rateQuantity = compilePriceModel({ model: 'volume', tiers });
      const lower = exact(decimal(random, 2_000));
      const higher = lower.plus(decimal(random, 300));
      const sameTier = tiers.every(({ upTo }) => upTo === null || lower.gt(upTo) === higher.gt(upTo));
      const fell = rateQuantity(higher).amount.lt(rateQuantity(lower).amount);
      if (fell) falls += 1;
      if (sameTier) expect(fell).toBe(false);
    }
    expect(falls).toBeGreaterThan(0);
  });
});

describe('a percentage', () => {
  it('lies between its bounds, costs nothing within the free units, and never falls', () => {
    const random = seededRandom(6);
    for (let run = 0; run < 500; run += 1) {
      const model = randomPercentage(random);
      const rateQuantity = compilePriceModel(model);
      const lower = exact(decimal(random, 300));
      const { amount, chargeable } = rateQuantity(lower);
      if (lower.lte(model.freeUnits!)) expect(amount.isZero()).toBe(true);
      else {
        expect(amount.gte(model.minimumAmount!) && amount.lte(model.maximumAmount!)).toBe(true);
        expect(chargeable!.plus(model.freeUnits!).eq(lower)).toBe(true);
      }
      expect(rateQuantity(lower.plus(decimal(random, 300))).amount.gte(amount)).toBe(true);
    }
  });

  it('by tiers is the graduated price of a hundredth of its rates', () => {
    const random = seededRandom(7);
    for (let run = 0; run < 300; run += 1) {
      const tiers = randomRateTiers(random);
      const units = tiers.map(({ rate, ...tier }) => ({ ...tier, unitAmount: exact(rate).times('0.01').toString() }));
      const quantity = exact(decimal(random, 4_000));
      const amount = compilePriceModel({ model: 'graduated_percentage', meter: 'm', tiers })(quantity).amount;
      expect(amount.toString()).toBe(graduatedByDefinition(units, quantity).toString());
    }
  });
});

describe('packages', () => {
  it('rounded up cover what is chargeable with less than one to spare; rounded down they fall short by less than one', () => {
    const random = seededRandom(8);
    for (let run = 0; run < 500; run += 1) {
      const packageSize = exact(decimal(random, 50)).plus(smallest).toString();
      const model = { model: 'package', packageSize, packageAmount: '1', freeUnits: decimal(random, 100) } as const;
      const quantity = exact(decimal(random, 5_000));
      const chargeable = quantity.lte(model.freeUnits) ? zero : quantity.minus(model.freeUnits);
      const covered = compilePriceModel(model)(quantity).packages!.times(packageSize).minus(chargeable);
      expect(covered.gte(0) && covered.lt(packageSize)).toBe(true);
      const missing = chargeable.minus(
        compilePriceModel({ ...model, rounding: 'down' })(quantity).packages!.times(packageSize),
      );
      expect(missing.gte(0) && missing.lt(packageSize)).toBe(true);
    }
  });
});

describe('a conversion', () => {
  it('is off by less than its last digit, to the side that it rounds to', () => {
    const random = seededRandom(9);
    for (let run = 0; run < 500; run += 1) {
      const conversion = randomConversion(random);
      const step = exact('0.1').pow(conversion.rounding === 'none' ? 30 : conversion.digits!);
      const raw = exact(decimal(random, 5_000));
      const error = compileConversion(conversion)(raw).times(conversion.divisor).minus(raw);
      expect(error.abs().lt(step.times(conversion.divisor))).toBe(true);
      if (conversion.rounding === 'up') expect(error.gte(0)).toBe(true);
      if (conversion.rounding === 'down') expect(error.lte(0)).toBe(true);
      if (conversion.rounding === 'half_up')
        expect(error.abs().times(2).lte(step.times(conversion.divisor))).toBe(true);
    }
  });
});

describe('a matrix', () => {
  it('costs the same in any order and any split of its usage, and what its cells cost as prices of their own', () => {
    const random = seededRandom(10);
    const regions = ['eu', 'us', 'ap', 'za'];
    for (let run = 0; run < 200; run += 1) {
      const cells = regions.slice(0, 1 + random(3)).map((region) => ({
        values: { region },
        unitAmount: decimal(random, 9),
      }));
      const model: MatrixModel = {
        model: 'matrix',
        meter: 'm',
        dimensions: ['region'],
        cells,
        otherUnitAmount: decimal(random, 9),
      };
      const groups: GroupedQuantity[] = Array.from({ length: random(12) }, () => ({
        values: { region: regions[random(4)]! },
        quantity: decimal(random, 99),
      }));
      const rateGroups = compileMatrix(model);
      const { amount } = rateGroups(groups);
      const split = groups.flatMap(({ values, quantity }) => {
        const part = exact(quantity).times('0.3');
        return [
          { values, quantity: exact(quantity).minus(part) },
          { values, quantity: part },
        ];
      });
      expect(rateGroups(split.toReversed()).amount.eq(amount)).toBe(true);
      const byDefinition = groups.map(({ values, quantity }) =>
        exact(quantity).times(
          cells.find((cell) => cell.values.region === values['region'])?.unitAmount ?? model.otherUnitAmount,
        ),
      );
      expect(sum(byDefinition).eq(amount)).toBe(true);
    }
  });
});

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce((total, value) => total.plus(value), zero);
}
