import type { Coupon } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import { applyDiscounts, type ActiveRedemption } from '../src/coupon/discount.ts';
import { exact, zero } from '../src/money/exact-decimal.ts';
import { roundMoney, roundToInteger, toMajorUnits } from '../src/money/round-money.ts';
import { seededRandom } from '../src/money/seeded-random.ts';
import { computeTaxes, type TaxableLine } from '../src/tax/compute-taxes.ts';
import { currencies, decimal, pick, type Random } from './billing-life.builders.ts';

const runs = 300;

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

describe('the discounts of an invoice', () => {
  it('add up to what its coupons are worth, and take no line below zero', () => {
    const random = seededRandom(31);
    for (let run = 0; run < runs; run += 1) {
      const currency = pick(random, currencies);
      const lines = Array.from({ length: 1 + random(8) }, () => buildLine(BigInt(random(20_000) - 4000)));
      const redemptions = Array.from({ length: random(4) }, () => buildRedemption(random, currency));
      const result = applyDiscounts(lines, redemptions, 'account', currency);
      for (const [position, { discountMinor, discounts }] of result.lines.entries()) {
        const { amountMinor } = lines[position]!;
        expect(discountMinor).toBe(sum(discounts.map((discount) => BigInt(discount.amountMinor))));
        expect(discountMinor >= 0n && discountMinor <= (amountMinor > 0n ? amountMinor : 0n)).toBe(true);
      }
      const eligible = sum(lines.map(({ amountMinor }) => (amountMinor > 0n ? amountMinor : 0n)));
      expect(sum(result.lines.map(({ discountMinor }) => discountMinor))).toBe(
        worthOf(redemptions, eligible, currency),
      );
    }
  });
});

describe.each(['line', 'total'] as const)('taxes rounded by %s', (rounding) => {
  it('are the sum of their lines, and what is taxed is what was charged', () => {
    const random = seededRandom(32);
    for (let run = 0; run < runs; run += 1) {
      const lines = Array.from({ length: 1 + random(8) }, () => buildTaxable(random));
      const { lines: taxes, taxes: totals, taxMinor } = computeTaxes(lines, rounding);
      expect(sum(taxes)).toBe(taxMinor);
      expect(sum(totals.map((total) => BigInt(total.taxMinor)))).toBe(taxMinor);
      const included = sum(taxes.filter((_, position) => lines[position]!.taxInclusive));
      expect(sum(totals.map(({ taxableMinor }) => BigInt(taxableMinor)))).toBe(
        sum(lines.map(({ chargedMinor }) => chargedMinor)) - included,
      );
    }
  });
});

describe('tax of one rate', () => {
  it('is rounded once from the sum, or on each line', () => {
    const random = seededRandom(33);
    let differs = 0;
    for (let run = 0; run < runs; run += 1) {
      const lines = Array.from({ length: 2 + random(8) }, () => ({
        ...buildTaxable(random),
        taxInclusive: false,
        decision: { percent: '7.7', label: 'VAT', reverseCharge: false },
      }));
      const precise = lines.map(({ chargedMinor }) => exact(chargedMinor.toString()).times('0.077'));
      const once = roundToInteger(precise.reduce((total, tax) => total.plus(tax), zero));
      const each = sum(precise.map((tax) => roundToInteger(tax)));
      expect(computeTaxes(lines, 'total').taxMinor).toBe(once);
      expect(computeTaxes(lines, 'line').taxMinor).toBe(each);
      if (once !== each) differs += 1;
    }
    expect(differs).toBeGreaterThan(0);
  });
});

function buildLine(amountMinor: bigint) {
  return { accountId: 'account', subscriptionId: null, planKey: null, priceKey: 'price', amountMinor };
}

function buildTaxable(random: Random): TaxableLine {
  return {
    taxCategory: 'standard',
    taxInclusive: random(3) === 0,
    chargedMinor: BigInt(random(20_000) - 4000),
    decision: { percent: pick(random, ['0', '7', '19', '8.1']), label: 'VAT', reverseCharge: false },
  };
}

function buildRedemption(random: Random, currency: string): ActiveRedemption {
  const discount: Coupon['discount'] =
    random(2) === 0
      ? { kind: 'percent', percent: `${random(101)}` }
      : { kind: 'amount', amount: decimal(random, 90), currency };
  const id = `${random(1_000_000)}`;
  const coupon: Coupon = {
    couponId: id,
    code: id,
    name: id,
    discount,
    periods: null,
    plans: null,
    prices: null,
    redeemableUntil: null,
    maximumRedemptions: null,
    oncePerAccount: false,
    archived: false,
  };
  return { id, coupon, accountId: 'account', subscriptionId: null };
}

/** By definition: percentages of what is left, then amounts, none of them more than what is left. */
function worthOf(redemptions: readonly ActiveRedemption[], eligible: bigint, currency: string): bigint {
  let left = eligible;
  for (const kind of ['percent', 'amount'] as const) {
    for (const { coupon } of redemptions.filter(({ coupon: { discount } }) => discount.kind === kind)) {
      const { discount } = coupon;
      const wanted =
        discount.kind === 'amount'
          ? roundMoney(discount.amount, currency)
          : roundMoney(toMajorUnits(left, currency).times(discount.percent).times('0.01'), currency);
      left -= wanted < left ? wanted : left;
    }
  }
  return eligible - left;
}
