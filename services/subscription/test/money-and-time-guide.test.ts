import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { billingPeriodSchema, formatMinor, priceModelSchema, prorationBasisSchema } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startOfDay } from '@plinth/common/local-date';
import { compilePlan } from '../src/billing/billable-plan.ts';
import { planBilling, type BillableSubscription } from '../src/billing/billing.ts';
import { billCommitment, promisedIn, settledTerm, type CommittedSpend } from '../src/billing/commitment.ts';
import { applyDiscounts, type ActiveRedemption } from '../src/coupon/discount.ts';
import { zero } from '../src/money/exact-decimal.ts';
import { roundMoney } from '../src/money/round-money.ts';
import { splitAmount } from '../src/money/split-amount.ts';
import { boundaryAt, periodContaining } from '../src/period/period.ts';
import { prorate, prorationOf } from '../src/period/prorate.ts';
import { compilePriceModel, rate, rateRemainder } from '../src/rating/rate.ts';
import { compileMatrix } from '../src/rating/rate-matrix.ts';
import type { MatrixModel, ScalarModel } from '../src/rating/rating.ts';
import { computeTaxes } from '../src/tax/compute-taxes.ts';
import { billExample, billExampleSchema } from './bill-example.builders.ts';

const scalarSchema = priceModelSchema.transform((model) => model as ScalarModel);
const matrixSchema = priceModelSchema.transform((model) => model as MatrixModel);
const pair = <Item extends z.ZodType>(item: Item) => z.tuple([item, item]);

/** What each kind of example says, and what the code makes of it; both must be the same. */
const kinds = {
  rounding: define({ rounded: z.record(z.string(), z.record(z.string(), z.string())) }, ({ rounded }) => ({
    rounded: mapValues(rounded, (amounts, currency) =>
      mapValues(amounts, (_, amount) => formatMinor(roundMoney(amount, currency), currency)),
    ),
  })),
  split: define(
    { currency: z.string(), amount: z.string(), weights: z.array(z.int()), parts: z.array(z.string()) },
    ({ currency, amount, weights }) => ({
      parts: splitAmount(roundMoney(amount, currency), weights.map(BigInt)).map((part) => formatMinor(part, currency)),
    }),
  ),
  tax: define(
    { percent: z.string(), lines: z.array(z.string()), perLine: z.string(), fromTheSum: z.string() },
    ({ percent, lines }) => ({ perLine: taxOf(lines, percent, 'line'), fromTheSum: taxOf(lines, percent, 'total') }),
  ),
  discounts: define(
    {
      currency: z.string(),
      lines: z.array(z.string()),
      coupons: z.array(z.strictObject({ percent: z.string().optional(), amount: z.string().optional() })),
      discounts: z.array(z.string()),
    },
    ({ currency, lines, coupons }) => ({ discounts: discountsOf(lines, coupons, currency) }),
  ),
  maximumSpend: define(
    {
      currency: z.string(),
      maximumSpend: z.string(),
      lines: z.array(z.string()),
      coupons: z.array(z.strictObject({ percent: z.string().optional(), amount: z.string().optional() })),
      discounts: z.array(z.string()),
      maximum: z.string(),
      total: z.string(),
    },
    capExample,
  ),
  boundaries: define(
    { anchor: z.string(), period: billingPeriodSchema, dates: z.array(z.string()) },
    ({ anchor, period, dates }) => ({ dates: dates.map((_, index) => boundaryAt(anchor, period, index)) }),
  ),
  periodOf: define(
    { zone: z.string(), anchor: z.string(), period: billingPeriodSchema, indexes: z.record(z.string(), z.int()) },
    ({ indexes, ...schedule }) => ({
      indexes: mapValues(indexes, (_, instant) => periodContaining(schedule, new Date(instant)).index),
    }),
  ),
  proration: define(
    {
      basis: prorationBasisSchema,
      zone: z.string(),
      period: pair(z.string()),
      used: pair(z.string()),
      ratio: pair(z.int()),
      currency: z.string(),
      amount: z.string(),
      costs: z.string(),
    },
    ({ basis, zone, period, used, currency, amount }) => {
      const [start, end, from, to] = [...period, ...used].map((date) => startOfDay(zone, date)) as [
        Date,
        Date,
        Date,
        Date,
      ];
      const part = prorationOf({ period: { start, end }, zone, basis }, { from, to, ending: 'change' });
      return {
        ratio: [part.used, part.of],
        costs: formatMinor(roundMoney(prorate(amount, part), currency), currency),
      };
    },
  ),
  rating: define({ price: scalarSchema, costs: z.record(z.string(), z.string()) }, ({ price, costs }) => ({
    costs: mapValues(costs, (_, quantity) => rate(price, quantity).amount.toString()),
  })),
  matrix: define(
    {
      price: matrixSchema,
      usage: z.array(z.strictObject({ values: z.record(z.string(), z.string()), quantity: z.string() })),
      costs: z.string(),
    },
    ({ price, usage }) => ({ costs: compileMatrix(price)(usage).amount.toString() }),
  ),
  arrivals: define(
    { currency: z.string(), price: scalarSchema, quantities: z.array(z.string()), billed: z.array(z.string()) },
    ({ currency, price, quantities }) => ({ billed: billArrivals(price, currency, quantities) }),
  ),
  commitment: define(
    {
      zone: z.string(),
      currency: z.string(),
      anchor: z.string(),
      commitment: z.strictObject({ amount: z.string(), term: billingPeriodSchema }),
      spent: z.string(),
      missing: z.record(z.string(), z.string()),
    },
    (example) => ({ missing: mapValues(example.missing, (_, endsOn) => missingAt(example, endsOn)) }),
  ),
  bill: define(billExampleSchema.shape, (example) => ({ lines: billExample(example) })),
};

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/guides/money-and-time.md'), 'utf8');
const examples = page.split(/^#+ /m).flatMap((text) => {
  const section = text.slice(0, text.indexOf('\n'));
  return [...text.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, block]) => ({
    section,
    example: JSON.parse(block!) as Record<string, unknown>,
  }));
});

test.each(examples)('$section: the $example.example example comes out as the guide says', ({ example }) => {
  const { example: kind, ...content } = example;
  const { schema, compute } = kinds[kind as keyof typeof kinds];
  const parsed = schema.parse(content);
  expect(content).toMatchObject((compute as (content: unknown) => object)(parsed));
});

test('the guide has an example of every kind', () => {
  expect(new Set(examples.map(({ example }) => example['example']))).toEqual(new Set(Object.keys(kinds)));
});

function define<Shape extends z.ZodRawShape>(
  shape: Shape,
  compute: (content: z.output<z.ZodObject<Shape, z.core.$strict>>) => object,
) {
  return { schema: z.strictObject(shape), compute };
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

interface CommitmentExample {
  readonly zone: string;
  readonly currency: string;
  readonly anchor: string;
  readonly commitment: Pick<CommittedSpend, 'amount' | 'term'>;
  readonly spent: string;
}

/** What a subscription by the month owes of its commitment when it ends on a date. */
function missingAt({ zone, currency, anchor, spent, ...example }: CommitmentExample, endsOn: string): string {
  const [startsAt, endsAt] = [startOfDay(zone, anchor), startOfDay(zone, endsOn)];
  const plan = compilePlan({ planId: 'plan', version: 1, prices: [] });
  const phase = { id: 'phase', track: 'base', from: anchor, to: endsOn, startsAt, endsAt, quantity: 1, plan };
  const schedule = { anchor, period: { unit: 'month', count: 1 } as const, zone };
  const subscription: BillableSubscription = {
    id: 'subscription',
    accountId: 'account',
    currency,
    basis: 'day',
    schedule,
    firstIndex: 0,
    startsAt,
    endsAt,
    phases: [phase],
  };
  const commitment = { ...example.commitment, firstIndex: 0 };
  const billing = planBilling(subscription, periodContaining(schedule, new Date(endsAt.getTime() - 1)).index + 1)!;
  const promised = promisedIn(commitment, settledTerm(subscription, billing, commitment)!);
  const line = billCommitment(subscription, billing, promised, roundMoney(spent, currency));
  return formatMinor(line?.amountMinor ?? 0n, currency);
}

function taxOf(lines: readonly string[], percent: string, rounding: 'line' | 'total'): string {
  const decision = { percent, label: '', reverseCharge: false };
  const taxable = lines.map((amount) => ({
    taxCategory: 'standard',
    taxInclusive: false,
    chargedMinor: roundMoney(amount, 'EUR'),
    decision,
  }));
  return formatMinor(computeTaxes(taxable, rounding).taxMinor, 'EUR');
}

interface CouponExample {
  readonly percent?: string | undefined;
  readonly amount?: string | undefined;
}

function discountsOf(lines: readonly string[], coupons: readonly CouponExample[], currency: string): string[] {
  return applyDiscounts(
    toDiscountable(lines, currency),
    toRedemptions(coupons, currency),
    'account',
    currency,
  ).lines.map(({ discountMinor }) => formatMinor(discountMinor, currency));
}

function capExample(example: { currency: string; maximumSpend: string; lines: string[]; coupons: CouponExample[] }) {
  const { currency, maximumSpend, coupons } = example;
  const lines = toDiscountable(example.lines, currency);
  const limitMinor = roundMoney(maximumSpend, currency);
  const spentMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const cap = {
    covers: lines.map((_, position) => position),
    terms: { limitMinor, spentMinor, earlierDiscountMinor: 0n, earlierMinor: 0n },
  };
  const limit = { ...lines[0]!, amountMinor: limitMinor - spentMinor, cap };
  const result = applyDiscounts([...lines, limit], toRedemptions(coupons, currency), 'account', currency).lines;
  const total = result.reduce((sum, { amountMinor, discountMinor }) => sum + amountMinor - discountMinor, 0n);
  return {
    discounts: result.slice(0, -1).map(({ discountMinor }) => formatMinor(discountMinor, currency)),
    maximum: formatMinor(result.at(-1)!.amountMinor, currency),
    total: formatMinor(total, currency),
  };
}

function toRedemptions(coupons: readonly CouponExample[], currency: string): ActiveRedemption[] {
  return coupons.map(({ percent, amount }, index): ActiveRedemption => {
    const discount: ActiveRedemption['coupon']['discount'] =
      percent === undefined ? { kind: 'amount', amount: amount!, currency } : { kind: 'percent', percent };
    const coupon = {
      couponId: `${index}`,
      code: `C${index}`,
      name: 'Coupon',
      discount,
      periods: null,
      plans: null,
      prices: null,
      redeemableUntil: null,
      maximumRedemptions: null,
      oncePerAccount: false,
      archived: false,
    };
    return { id: `${index}`, coupon, accountId: 'account', subscriptionId: null };
  });
}

function toDiscountable(lines: readonly string[], currency: string) {
  return lines.map((amount) => ({
    accountId: 'account',
    subscriptionId: null,
    planKey: null,
    priceKey: null,
    amountMinor: roundMoney(amount, currency),
  }));
}

function billArrivals(price: ScalarModel, currency: string, quantities: readonly string[]): string[] {
  const rateQuantity = compilePriceModel(price);
  let total = zero;
  let billed = 0n;
  return quantities.map((quantity) => {
    total = total.plus(quantity);
    const minor = rateRemainder(rateQuantity(total), currency, billed);
    billed += minor;
    return formatMinor(minor, currency);
  });
}
