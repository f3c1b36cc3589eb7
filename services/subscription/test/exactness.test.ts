import type { PriceModel } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import { billPeriod } from '../src/billing/bill-period.ts';
import { billRecurring } from '../src/billing/bill-recurring.ts';
import { listUsageWindows, type FindQuantity } from '../src/billing/bill-usage.ts';
import { planBilling, type BillableSubscription } from '../src/billing/billing.ts';
import type { BilledLine } from '../src/billing/line.ts';
import { exact, zero } from '../src/money/exact-decimal.ts';
import { roundMoney, toMajorUnits } from '../src/money/round-money.ts';
import { seededRandom } from '../src/money/seeded-random.ts';
import { periodAt } from '../src/period/period.ts';
import { prorate, prorationOf } from '../src/period/prorate.ts';
import { billCommitment, promisedIn, settledTerm, type CommittedSpend } from '../src/billing/commitment.ts';
import { compileMeteredModel, toReading } from '../src/rating/reading.ts';
import { asKnownAt, buildLife, buildPlan, decimal, listBillings, pick, type Random } from './billing-life.builders.ts';

const bases = ['day', 'second'] as const;
const lives = 40;
const noUsage: FindQuantity = () => '0';

function sumMinor(lines: readonly BilledLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.amountMinor, 0n);
}

function fees(random: Random): Record<string, PriceModel> {
  return {
    base: { model: 'flat', amount: decimal(random, 90), timing: 'advance' },
    support: { model: 'flat', amount: decimal(random, 90), timing: 'arrears' },
    seats: { model: 'per_unit', unitAmount: decimal(random, 9) },
  };
}

describe.each(bases)('time, measured by the %s', (basis) => {
  it('is billed whole and once: what is charged in advance, and what is closed, meet without gap or overlap', () => {
    const random = seededRandom(21);
    for (let life = 0; life < lives; life += 1) {
      const plan = buildPlan(fees(random));
      const subscription = buildLife(random, { basis, plan: () => plan });
      const billings = listBillings(subscription);
      let reached = subscription.startsAt;
      for (const { closing } of billings) {
        for (const { start, end, used } of closing?.segments ?? []) {
          expect(start).toEqual(reached);
          expect(used).toBeGreaterThanOrEqual(0);
          reached = end;
        }
      }
      expect(reached).toEqual(subscription.endsAt ?? billings.at(-1)!.closing?.period.end ?? subscription.startsAt);
      for (const [index, { advance }] of billings.slice(0, -1).entries())
        expect(billings[index + 1]!.closing).toEqual(advance);
    }
  });

  it('loses no day or second of a period, however often the subscription changes in it', () => {
    const random = seededRandom(22);
    let changed = 0;
    for (let life = 0; life < lives; life += 1) {
      const plan = buildPlan(fees(random));
      const subscription = buildLife(random, { basis, plan: () => plan });
      for (const { closing } of listBillings(subscription)) {
        if (closing === undefined || !isWhole(subscription, closing.period)) continue;
        changed += closing.segments.length > 1 ? 1 : 0;
        const used = closing.segments.reduce((sum, segment) => sum + segment.used, 0);
        expect(used).toBe(closing.segments[0]!.of);
      }
    }
    expect(changed).toBeGreaterThan(8);
  });

  it('splits a fee over the changes of a period into parts that add up to the fee', () => {
    const random = seededRandom(23);
    for (let life = 0; life < lives; life += 1) {
      // Half a cent, where a digit that a division lost would turn the rounding.
      const amount = `${random(90)}.${random(10)}${random(10)}5`;
      const plan = buildPlan({ support: { model: 'flat', amount, timing: 'arrears' } });
      const subscription = { ...buildLife(random, { basis, plan: () => plan }), currency: 'EUR' };
      for (const billing of listBillings(subscription)) {
        if (billing.closing === undefined || !isWhole(subscription, billing.closing.period)) continue;
        const lines = billPeriod({ subscription, billing, findQuantity: noUsage });
        expect(sumMinor(lines)).toBe(roundMoney(amount, 'EUR'));
      }
    }
  });

  it('charges each part of a fee within one smallest unit of its exact share', () => {
    const random = seededRandom(24);
    for (let life = 0; life < lives; life += 1) {
      const subscription = buildLife(random, { basis, plan: () => buildPlan(fees(random)) });
      const { currency } = subscription;
      for (const billing of listBillings(subscription)) {
        for (const line of billPeriod({ subscription, billing, findQuantity: noUsage })) {
          const error = toMajorUnits(line.amountMinor, currency).minus(line.amountPrecise).abs();
          expect(error.lte(toMajorUnits(1n, currency))).toBe(true);
        }
      }
    }
  });

  it('settles advance fees after changes to what they would have been, had the changes been known', () => {
    const random = seededRandom(25);
    let settled = 0;
    for (let life = 0; life < lives; life += 1) {
      const subscription = buildLife(random, { basis, plan: () => buildPlan(fees(random)) });
      for (const billing of listBillings(subscription)) {
        const { closing } = billing;
        if (closing === undefined) continue;
        const before = asKnownAt(subscription, max(closing.period.start, subscription.startsAt));
        const opening = planBilling(before, closing.period.index)!;
        const charged = billRecurring(opening.advance, subscription.currency, 'advance');
        const lines = billPeriod({
          subscription,
          billing,
          findQuantity: noUsage,
          charged: charged.map((line) => ({ ...line, waived: false })),
        });
        const settlement = lines.filter(
          ({ periodIndex, priceKey }) => periodIndex === closing.period.index && priceKey !== 'support',
        );
        settled += settlement.length;
        const due = billRecurring(closing, subscription.currency, 'advance');
        expect(sumMinor(charged) + sumMinor(settlement)).toBe(sumMinor(due));
      }
    }
    expect(settled).toBeGreaterThan(20);
  });
});

describe('usage', () => {
  it('counts every event of a life once and costs what its total costs, whatever changes fall into a period', () => {
    const random = seededRandom(26);
    for (let life = 0; life < lives; life += 1) {
      const model = randomMetered(random);
      const plan = buildPlan({ usage: model });
      const subscription = buildLife(random, { basis: pick(random, bases), plan: () => plan, ends: true });
      if (subscription.endsAt === null) continue;
      // A quarter of an hour in which the subscription ends is given up.
      const lastQuarter = new Date(Math.floor(subscription.endsAt.getTime() / 900_000) * 900_000);
      const events = randomEvents(random, subscription).filter(({ at }) => at < lastQuarter);
      const rateReading = compileMeteredModel(model);
      let counted = zero;
      for (const billing of listBillings(subscription)) {
        // One that ended as the period began has nothing to bill in it.
        if (billing.closing === undefined || billing.closing.segments.length === 0) continue;
        const lines = billPeriod({ subscription, billing, findQuantity: finderOf(events) });
        const { start, end } = billing.closing.period;
        const { of } = billing.closing.segments[0]!;
        const used = billing.closing.segments.reduce((sum, segment) => sum + segment.used, 0);
        const part = used === of ? undefined : { used, of };
        const total = rateReading(toReading(finderOf(events)(windowOf(model, start, end))), part);
        expect(sumMinor(lines)).toBe(roundMoney(total.amount, subscription.currency));
        for (const line of lines) counted = counted.plus(line.quantityRaw);
      }
      expect(counted.toString()).toBe(events.reduce((sum, { quantity }) => sum.plus(quantity), zero).toString());
    }
  });
});

describe('commitments', () => {
  it('renew term after term: each is settled once, whole or for the part that was served, and none is lost', () => {
    const random = seededRandom(31);
    let [whole, parts] = [0, 0];
    for (let life = 0; life < 200; life += 1) {
      const basis = pick(random, bases);
      const subscription = buildLife(random, { basis, plan: () => buildPlan({}), ends: true });
      if (subscription.endsAt === null) continue;
      const { schedule, currency, startsAt, endsAt } = subscription;
      const { unit, count } = schedule.period;
      const firstIndex = Math.max(subscription.firstIndex, 0) + random(3);
      const commitment = {
        amount: decimal(random, 900),
        term: { unit, count: count * (1 + random(6)) },
        firstIndex,
        ...(random(2) === 0 ? { alignedTo: firstIndex - random(9) } : {}),
      };
      const begun = max(periodAt(schedule, firstIndex).start, startsAt);
      let reached = begun;
      for (const billing of listBillings(subscription)) {
        const term = settledTerm(subscription, billing, commitment);
        if (term === undefined) continue;
        const until = min(periodAt(schedule, term.to).end, endsAt);
        expect(max(periodAt(schedule, term.from).start, startsAt)).toEqual(reached);
        const period = wholeTerm(schedule, term.from, commitment);
        expect(term.served).toEqual(
          prorationOf({ period, zone: schedule.zone, basis }, { from: reached, to: until, ending: 'change' }),
        );
        if (term.served.used === term.served.of) whole += 1;
        else parts += 1;
        const missing = billCommitment(subscription, billing, promisedIn(commitment, term), 0n);
        expect(missing?.amountMinor ?? 0n).toBe(roundMoney(prorate(commitment.amount, term.served), currency));
        reached = until;
      }
      expect(reached).toEqual(max(endsAt, begun));
    }
    expect(whole).toBeGreaterThan(100);
    expect(parts).toBeGreaterThan(50);
  });
});

describe('changes by the second', () => {
  it('ask for usage by whole quarters of an hour, each of which is asked for once', () => {
    const random = seededRandom(29);
    for (let life = 0; life < lives; life += 1) {
      const plan = buildPlan({ usage: { model: 'per_unit', meter: 'm', unitAmount: '1' } });
      const subscription = buildLife(random, { basis: 'second', plan: () => plan });
      let reached = Math.floor(subscription.startsAt.getTime() / 900_000) * 900_000;
      for (const { closing } of listBillings(subscription)) {
        for (const { from, to } of closing === undefined ? [] : listUsageWindows(closing)) {
          expect([from.getTime() % 900_000, to.getTime() % 900_000]).toEqual([0, 0]);
          expect(from.getTime()).toBe(reached);
          reached = to.getTime();
        }
      }
    }
  });
});

describe('a billing', () => {
  it('gives the same lines when it runs again, and no line key twice in a life', () => {
    const random = seededRandom(27);
    for (let life = 0; life < lives; life += 1) {
      const subscription = buildLife(random, {
        basis: pick(random, bases),
        plan: () => buildPlan({ ...fees(random), usage: randomMetered(random) }),
      });
      const findQuantity = finderOf(randomEvents(random, subscription));
      const keys = new Set<string>();
      let count = 0;
      for (const billing of listBillings(subscription)) {
        const lines = billPeriod({ subscription, billing, findQuantity });
        expect(billPeriod({ subscription, billing, findQuantity })).toEqual(lines);
        for (const { phaseId, priceKey, planVersion, periodIndex, kind } of lines)
          keys.add([phaseId, priceKey, planVersion, periodIndex, kind].join('/'));
        count += lines.length;
      }
      expect(keys.size).toBe(count);
    }
  });

  it('keeps a whole period of one plan between its minimum and its maximum spend', () => {
    const random = seededRandom(28);
    const reached = new Set<string>();
    for (let life = 0; life < lives; life += 1) {
      const [minimumSpend, maximumSpend] = [decimal(random, 60), exact(decimal(random, 200)).plus(60).toString()];
      const plan = buildPlan({ ...fees(random), usage: randomMetered(random) }, { minimumSpend, maximumSpend });
      const subscription = buildLife(random, { basis: pick(random, bases), plan: () => plan });
      const findQuantity = finderOf(randomEvents(random, subscription));
      for (const billing of listBillings(subscription)) {
        const { closing } = billing;
        if (closing === undefined || !isWhole(subscription, closing.period)) continue;
        const inArrears = billPeriod({ subscription, billing, findQuantity }).filter(
          ({ periodIndex }) => periodIndex === closing.period.index,
        );
        for (const { kind } of inArrears) reached.add(kind);
        const spent = sumMinor(inArrears) + sumMinor(billRecurring(closing, subscription.currency, 'advance'));
        expect(spent).toBeGreaterThanOrEqual(roundMoney(minimumSpend, subscription.currency));
        expect(spent).toBeLessThanOrEqual(roundMoney(maximumSpend, subscription.currency));
      }
    }
    expect(reached).toEqual(new Set(['recurring', 'usage', 'minimum', 'maximum']));
  });
});

function isWhole({ startsAt, endsAt }: BillableSubscription, period: { start: Date; end: Date }): boolean {
  return startsAt <= period.start && (endsAt === null || endsAt >= period.end) && period.start < period.end;
}

/** The term around a period, as if it had been served from its beginning. */
function wholeTerm(
  schedule: BillableSubscription['schedule'],
  index: number,
  { term, firstIndex, alignedTo = firstIndex }: CommittedSpend,
) {
  const periods = term.count / schedule.period.count;
  const opened = alignedTo + Math.floor((index - alignedTo) / periods) * periods;
  return { start: periodAt(schedule, opened).start, end: periodAt(schedule, opened + periods).start };
}

function min(left: Date, right: Date): Date {
  return left < right ? left : right;
}

function max(left: Date, right: Date): Date {
  return left > right ? left : right;
}

interface Metered {
  readonly at: Date;
  readonly quantity: string;
  readonly region: string;
}

function randomEvents(random: Random, { startsAt, endsAt }: BillableSubscription): Metered[] {
  const seconds = ((endsAt?.getTime() ?? startsAt.getTime() + 9e10) - startsAt.getTime()) / 1000;
  return Array.from({ length: random(60) }, () => ({
    at: new Date(startsAt.getTime() + random(seconds) * 1000),
    quantity: `${random(6) === 0 ? '-' : ''}${decimal(random, 400)}`,
    region: pick(random, ['eu', 'us', 'ap']),
  }));
}

function windowOf(model: PriceModel, from: Date, to: Date) {
  return { meter: 'm', from, to, groupBy: model.model === 'matrix' ? model.dimensions : undefined };
}

function finderOf(events: readonly Metered[]): FindQuantity {
  return ({ from, to, groupBy }) => {
    const found = events.filter(({ at }) => at >= from && at < to);
    if (groupBy !== undefined) return found.map(({ region, quantity }) => ({ values: { region }, quantity }));
    return found.reduce((sum, { quantity }) => sum.plus(quantity), zero).toString();
  };
}

function randomMetered(random: Random) {
  const tiers = [
    { upTo: '100', unitAmount: decimal(random, 3), flatAmount: decimal(random, 9) },
    { upTo: null, unitAmount: decimal(random, 2) },
  ];
  const conversion = { divisor: '7', rounding: pick(random, ['none', 'up', 'down', 'half_up'] as const), digits: 1 };
  return pick(random, [
    { model: 'per_unit', meter: 'm', unitAmount: decimal(random, 3), conversion },
    { model: 'graduated', meter: 'm', tiers, flatAtZero: random(2) === 0 },
    { model: 'volume', meter: 'm', tiers },
    { model: 'package', meter: 'm', packageSize: '25', packageAmount: decimal(random, 9), conversion },
    { model: 'percentage', meter: 'm', rate: '2.9', freeUnits: '50', minimumAmount: '1', maximumAmount: '40' },
    { model: 'bulk_commitment', meter: 'm', quantity: '300', amount: '20.005', overageUnitAmount: '0.0333' },
    {
      model: 'matrix',
      meter: 'm',
      dimensions: ['region'],
      cells: [{ values: { region: 'eu' }, unitAmount: decimal(random, 3) }],
      otherUnitAmount: decimal(random, 3),
      conversion,
    },
  ] as const satisfies readonly PriceModel[]) as Extract<PriceModel, { meter?: string | undefined }> & {
    meter: string;
  };
}
