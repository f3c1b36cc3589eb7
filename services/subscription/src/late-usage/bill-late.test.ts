import { startOfDay } from '@plinth/common/local-date';
import { expect, test } from 'vitest';
import { compilePlan } from '../billing/billable-plan.ts';
import type { FindQuantity } from '../billing/bill-usage.ts';
import { planBilling, type BillableSubscription } from '../billing/billing.ts';
import type { BilledLine } from '../billing/line.ts';
import { rateBillings } from '../invoice-run/invoice-run.ts';
import { seededRandom } from '../money/seeded-random.ts';
import { acceptedUntil, billLate, findLastBilling } from './bill-late.ts';
import type { EarlierLine } from './settle-measured.ts';

const zone = 'Europe/Berlin';

function buildSubscription(endsOn: string | null): BillableSubscription {
  const startsAt = startOfDay(zone, '2024-01-31');
  const endsAt = endsOn === null ? null : startOfDay(zone, endsOn);
  const model = {
    model: 'graduated' as const,
    meter: 'calls',
    tiers: [
      { upTo: '50', unitAmount: '0.125' },
      { upTo: null, unitAmount: '0.035' },
    ],
  };
  const price = { id: 'calls', key: 'calls', description: '', model, taxCategory: 'standard', phases: null };
  const plan = compilePlan({ planId: 'plan', version: 1, prices: [price] });
  return {
    id: 'sub',
    accountId: 'acc',
    currency: 'EUR',
    basis: 'day',
    schedule: { anchor: '2024-01-31', period: { unit: 'month', count: 1 }, zone },
    firstIndex: 0,
    startsAt,
    endsAt,
    phases: [{ id: 'p', track: 'base', from: '2024-01-31', to: endsOn, startsAt, endsAt, quantity: 1, plan }],
  };
}

/** Bills month by month while usage of the month before still changes, and gives all that was billed. */
function billLife(random: (below: number) => number, months: number, term: number, amount: string): EarlierLine[] {
  const subscription = buildSubscription(null);
  const used = Array.from({ length: months + 2 }, () => random(120));
  const findQuantity: FindQuantity = ({ from }) =>
    String(used[used.findIndex((_, index) => planBilling(subscription, index + 1)!.closing!.period.end > from)]);
  const commitment = { amount, term: { unit: 'month' as const, count: term }, firstIndex: 0 };
  const billed: EarlierLine[] = [];
  const measuredIn = (index: number) => billed.filter(({ periodIndex }) => periodIndex === index);
  for (let index = 1; index <= months + 1; index += 1) {
    const billing = planBilling(subscription, index)!;
    const before = planBilling(subscription, index - 1)!;
    if (index > 1) used[index - 2] = random(3) === 0 ? used[index - 2]! : random(120);
    const spent = new Map<number, bigint>();
    for (const { periodIndex, amountMinor } of billed)
      spent.set(periodIndex!, (spent.get(periodIndex!) ?? 0n) + amountMinor);
    const due = { subscription, billings: [billing], nextIndex: index + 1, nextAt: null };
    const late = index > 1 ? { billing: before, measured: measuredIn(index - 2) } : undefined;
    const rated = rateBillings(due, findQuantity, {
      charged: undefined,
      measured: [],
      late,
      progress: { commitment, spent },
    });
    billed.push(...rated.flatMap(({ lines }) => lines.map((line) => ({ ...line, sequence: line.sequence ?? 0 }))));
  }
  return billed.filter(({ periodIndex }) => periodIndex! < months);
}

const sum = (lines: readonly BilledLine[]): bigint => lines.reduce((total, line) => total + line.amountMinor, 0n);

test('each term costs its usage, or what was committed where that is more, however late usage came or was taken back', () => {
  const random = seededRandom(31);
  let [settledAnew, reached, missed] = [0, 0, 0];
  for (let life = 0; life < 200; life += 1) {
    const term = 1 + random(4);
    const committed = BigInt(1 + random(900 * term));
    const lines = billLife(random, term * 2, term, `${committed / 100n}.${String(committed % 100n).padStart(2, '0')}`);
    const keys = lines.map(({ periodIndex, priceKey, kind, sequence }) =>
      [periodIndex, priceKey, kind, sequence].join('/'),
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const first of [0, term]) {
      const own = lines.filter(({ periodIndex }) => periodIndex! >= first && periodIndex! < first + term);
      const usage = sum(own.filter(({ kind }) => kind === 'usage'));
      const made = own.filter(({ kind }) => kind === 'minimum');
      expect(sum(own)).toBe(usage > committed ? usage : committed);
      settledAnew += made.some(({ sequence }) => sequence > 0) ? 1 : 0;
      if (usage > committed) reached += 1;
      else missed += 1;
    }
  }
  expect(Math.min(settledAnew, reached, missed)).toBeGreaterThan(50);
});

test('bills nothing where nothing changed, or no usage line was billed', () => {
  const subscription = buildSubscription(null);
  const billing = planBilling(subscription, 1)!;
  const input = { subscription, findQuantity: () => '60' };
  expect(billLate(input, { billing, measured: [] }, undefined)).toEqual([]);
  const due = { subscription, billings: [billing], nextIndex: 2, nextAt: null };
  const nothing = { charged: undefined, measured: [], late: undefined, progress: undefined };
  const measured = rateBillings(due, input.findQuantity, nothing).flatMap(({ lines }) =>
    lines.map((line) => ({ ...line, sequence: 0 })),
  );
  expect(measured).toHaveLength(1);
  expect(billLate(input, { billing, measured }, undefined)).toEqual([]);
});

test('the last billing of an ended subscription is the one that closed its last time, and is accepted for a period more', () => {
  const within = buildSubscription('2024-03-15');
  expect(findLastBilling(within, 3)?.index).toBe(2);
  expect(acceptedUntil(within, findLastBilling(within, 3)!)).toEqual(startOfDay(zone, '2024-04-30'));
  // It ends as a period begins, which has a billing of its own.
  expect(findLastBilling(buildSubscription('2024-03-31'), 4)?.index).toBe(2);
  expect(findLastBilling(buildSubscription('2024-01-31'), 1)).toBeUndefined();
});
