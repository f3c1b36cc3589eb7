import type { Coupon } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import type { BilledLine } from '../src/billing/line.ts';
import { applyDiscounts, type ActiveRedemption } from '../src/coupon/discount.ts';
import { sumPercent } from '../src/coupon/spend-cap.ts';
import { calculateInvoice } from '../src/invoice/calculate-invoice.ts';
import { CapFacts } from '../src/invoice/cap-facts.ts';
import type { InvoiceLine } from '../src/invoice/invoice.ts';
import { settleMeasured } from '../src/late-usage/settle-measured.ts';
import { defaultLegalEntity } from '../src/legal-entity/legal-entity.ts';
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

describe('a maximum spend', () => {
  it('is reached net of percent discounts, whatever is billed at thresholds, at the end, late and with which coupons', () => {
    const random = seededRandom(34);
    const seen = { lowered: 0, below: 0, given: 0 };
    for (let run = 0; run < runs; run += 1) {
      const currency = pick(random, currencies);
      const limit = BigInt(random(20_000));
      const fee = BigInt(random(10_000));
      const invoices: InvoiceLine[][] = [];
      const facts = new CapFacts([], new Set());
      for (let number = 0; number < 2 + random(4); number += 1) {
        const usage = number === 0 ? undefined : BigInt(random(40_000));
        const before = invoices.flat().filter(({ kind }) => kind !== 'recurring');
        const lines =
          usage === undefined ? [buildSpend('recurring', fee)] : settleMeasured(spendOf(fee, usage, limit), before);
        const redemptions = Array.from({ length: random(3) }, () => buildRedemption(random, currency));
        const draft = { id: `invoice-${number}`, billedAt: new Date(number * 1000) };
        const result = calculate(facts.cap(draft, lines.map(toInvoiceLine)), redemptions, currency);
        facts.record(draft, result.lines);
        invoices.push([...result.lines]);
        const all = invoices.flat();
        const gross = fee + (usage ?? 0n);
        const discounts = sum(all.map((line) => sumPercent(line.discounts)));
        const net = sum(all.map(({ amountMinor }) => amountMinor)) - discounts;
        expect(net).toBe(gross > limit && gross - discounts > limit && usage !== undefined ? limit : gross - discounts);
        const positive = result.lines.every(({ kind, amountMinor }) => kind === 'maximum' || amountMinor >= 0n);
        const own = sum(result.lines.map((line) => line.amountMinor - sumPercent(line.discounts)));
        if (positive && own >= 0n) expect(result.totalMinor >= 0n).toBe(true);
        seen.lowered += net === limit && discounts > 0n ? 1 : 0;
        seen.below += gross > limit && net < limit ? 1 : 0;
        seen.given += positive ? 0 : 1;
      }
    }
    expect(Object.values(seen).every((count) => count > 20)).toBe(true);
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

function buildSpend(kind: BilledLine['kind'], amountMinor: bigint, detail: BilledLine['detail'] = {}): BilledLine {
  return {
    kind,
    periodIndex: 0,
    phaseId: 'phase',
    planId: 'plan',
    planVersion: 1,
    priceId: kind === 'maximum' ? null : kind,
    priceKey: kind,
    taxCategory: 'standard',
    meter: null,
    description: kind,
    quantityRaw: kind === 'usage' ? amountMinor.toString() : '1',
    quantityBilled: '1',
    detail,
    amountPrecise: amountMinor.toString(),
    amountMinor,
    start: new Date(0),
    end: new Date(1),
  };
}

/** What a period comes to now: its usage, and what lowers it to the limit. */
function spendOf(fee: bigint, usage: bigint, limit: bigint): BilledLine[] {
  const spent = fee + usage;
  const detail = { limitMinor: limit.toString(), spentMinor: spent.toString(), phaseIds: ['phase'] };
  return [buildSpend('usage', usage), ...(spent > limit ? [buildSpend('maximum', limit - spent, detail)] : [])];
}

function toInvoiceLine(line: BilledLine & { readonly sequence?: number }, position: number) {
  return {
    ...line,
    position: position + 1,
    accountId: 'account',
    subscriptionId: 'subscription',
    sequence: line.sequence ?? 0,
    taxInclusive: false,
    discountMinor: 0n,
    discounts: [],
    taxPercent: null,
    taxMinor: 0n,
    planKey: 'plan',
    gives: undefined,
  };
}

function calculate(
  lines: Parameters<typeof calculateInvoice<InvoiceLine>>[0]['lines'],
  redemptions: readonly ActiveRedemption[],
  currency: string,
) {
  return calculateInvoice<InvoiceLine>({
    issuer: defaultLegalEntity('tenant'),
    payerId: 'account',
    customer: { key: 'k', name: 'n', email: null, billing: {} },
    currency,
    date: '2024-01-01',
    lines,
    redemptions,
    taxes: undefined,
  });
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
