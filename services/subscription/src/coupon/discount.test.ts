import type { Coupon } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { seededRandom } from '../money/seeded-random.ts';
import { applyDiscounts, type ActiveRedemption, type DiscountableLine } from './discount.ts';

function redemption(discount: Coupon['discount'], changes: Partial<Coupon> = {}, id = 'r'): ActiveRedemption {
  const coupon: Coupon = {
    couponId: id,
    code: id.toUpperCase(),
    name: id,
    discount,
    periods: null,
    plans: null,
    prices: null,
    redeemableUntil: null,
    maximumRedemptions: null,
    oncePerAccount: false,
    archived: false,
    ...changes,
  };
  return { id, coupon, accountId: 'payer', subscriptionId: null };
}

function line(amountMinor: bigint, changes: Partial<DiscountableLine> = {}): DiscountableLine {
  return { accountId: 'payer', subscriptionId: 's', planKey: 'plan', priceKey: 'base', amountMinor, ...changes };
}

const percent = (value: string, changes = {}, id = 'p') => redemption({ kind: 'percent', percent: value }, changes, id);
const amount = (value: string, changes = {}, id = 'a') =>
  redemption({ kind: 'amount', amount: value, currency: 'EUR' }, changes, id);
const discountsOf = (lines: DiscountableLine[], redemptions: ActiveRedemption[]) =>
  applyDiscounts(lines, redemptions, 'payer', 'EUR').lines.map(({ discountMinor }) => discountMinor);

test('takes percent first whatever the order of redemption, each of what the one before left', () => {
  expect(discountsOf([line(10_000n)], [amount('10'), percent('50'), percent('10', {}, 'q')])).toEqual([6500n]);
});

test('spreads over eligible lines by largest remainder, the units left over to the earlier of equals', () => {
  expect(discountsOf([line(100n), line(100n), line(100n)], [amount('1')])).toEqual([34n, 33n, 33n]);
  expect(discountsOf([line(333n), line(0n), line(667n)], [percent('33')])).toEqual([110n, 0n, 220n]);
});

test('never lowers a line below zero, and leaves lines that give back alone', () => {
  expect(discountsOf([line(300n), line(-200n), line(100n)], [amount('5')])).toEqual([300n, 0n, 100n]);
  const { used } = applyDiscounts([line(0n), line(-5n)], [percent('10')], 'payer', 'EUR');
  expect(used).toEqual([]);
});

test('gives back the discount of what is given back, in proportion and by coupon', () => {
  const gives = {
    chargedMinor: 1000n,
    discounts: [
      { couponId: 'p', code: 'P', amountMinor: '500' },
      { couponId: 'a', code: 'A', amountMinor: '100' },
    ],
  };
  const { lines } = applyDiscounts([line(-333n, { gives })], [], 'payer', 'EUR');
  expect(lines).toMatchObject([
    {
      amountMinor: -333n,
      discountMinor: -200n,
      discounts: [
        { couponId: 'p', code: 'P', amountMinor: '-167' },
        { couponId: 'a', code: 'A', amountMinor: '-33' },
      ],
    },
  ]);
});

test('lowers only the plans, prices, subscription and currency that it is for', () => {
  const lines = [
    line(100n),
    line(100n, { planKey: 'other' }),
    line(100n, { priceKey: 'seats' }),
    line(100n, { planKey: null, priceKey: null }),
  ];
  expect(discountsOf(lines, [percent('10', { plans: ['plan'] })])).toEqual([10n, 0n, 10n, 0n]);
  expect(discountsOf(lines, [percent('10', { prices: ['seats'] })])).toEqual([0n, 0n, 10n, 0n]);
  const own = { ...percent('10'), subscriptionId: 't' };
  expect(discountsOf([line(100n), line(100n, { subscriptionId: 't' })], [own])).toEqual([0n, 10n]);
  expect(applyDiscounts([line(100n)], [amount('1')], 'payer', 'USD').used).toEqual([]);
  const others = { ...percent('10'), accountId: 'child' };
  expect(discountsOf([line(100n), line(100n, { accountId: 'child' })], [others])).toEqual([0n, 10n]);
});

test('parts add up and stay between zero and the line, for random lines and coupons', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 500; round += 1) {
    const lines = Array.from({ length: 1 + random(6) }, () => line(BigInt(random(5000)) - 500n));
    const redemptions = Array.from({ length: random(4) }, (_, index) =>
      random(2) === 0
        ? percent(String(random(101)), {}, `p${index}`)
        : amount(`${random(40)}.${10 + random(90)}`, {}, `a${index}`),
    );
    const result = applyDiscounts(lines, redemptions, 'payer', 'EUR');
    for (const [position, { discountMinor, discounts }] of result.lines.entries()) {
      const { amountMinor } = lines[position]!;
      expect(discountMinor).toBe(discounts.reduce((sum, one) => sum + BigInt(one.amountMinor), 0n));
      expect(discountMinor >= 0n && (discountMinor <= amountMinor || amountMinor <= 0n)).toBe(true);
    }
  }
});
