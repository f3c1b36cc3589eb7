import { describe, expect, it } from 'vitest';
import { addDays } from '@plinth/common/calendar';
import { exact, zero } from '../money/exact-decimal.ts';
import { seededRandom } from '../money/seeded-random.ts';
import { periodAt, periodOfDate } from './period.ts';
import { prorate, prorateParts, prorationOf } from './prorate.ts';
import type { ProrationBasis, ProrationRule } from './prorate.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Africa/Cairo',
  'Australia/Lord_Howe',
];

function rule(anchor: string, changes: { zone?: string; basis?: ProrationBasis } = {}): ProrationRule {
  const { zone = 'Europe/Berlin', basis = 'day' } = changes;
  const { start, end } = periodAt({ anchor, period: { unit: 'month', count: 1 }, zone }, 0);
  return { period: { start, end }, zone, basis };
}

describe('proration by calendar days', () => {
  it('gives the day of a change to the new plan', () => {
    const april = rule('2024-04-01');
    const change = new Date('2024-04-11T15:00:00+02:00');
    expect(prorationOf(april, { from: april.period.start, to: change, ending: 'change' })).toEqual({
      used: 10,
      of: 30,
    });
    expect(prorationOf(april, { from: change, to: april.period.end, ending: 'change' })).toEqual({ used: 20, of: 30 });
  });

  it('consumes the day of a termination, but none after the period', () => {
    const april = rule('2024-04-01');
    const { start, end } = april.period;
    const during = new Date('2024-04-11T00:00:00+02:00');
    expect(prorationOf(april, { from: start, to: during, ending: 'termination' })).toEqual({ used: 11, of: 30 });
    expect(prorationOf(april, { from: start, to: end, ending: 'termination' })).toEqual({ used: 30, of: 30 });
  });

  it('counts days of 23 and 25 hours as one', () => {
    const march = rule('2024-03-01');
    const springForward = { from: new Date('2024-03-30T23:00:00Z'), to: new Date('2024-03-31T22:00:00Z') };
    expect(prorationOf(march, { ...springForward, ending: 'change' })).toEqual({ used: 1, of: 31 });
  });

  it("reads an instant's day in the customer's zone", () => {
    const instant = new Date('2024-04-10T20:00:00Z');
    const used = zones.slice(0, 3).map((zone) => {
      const april = rule('2024-04-01', { zone });
      return prorationOf(april, { from: april.period.start, to: instant, ending: 'change' }).used;
    });
    expect(used).toEqual([9, 9, 10]);
  });

  it('divides by the days that the full period really had', () => {
    const december = rule('2011-12-01', { zone: 'Pacific/Apia' });
    const change = new Date('2011-12-31T00:00:00+14:00');
    expect(prorationOf(december, { from: change, to: december.period.end, ending: 'change' })).toEqual({
      used: 1,
      of: 30,
    });
  });

  it('takes the denominator of a stub from the full period that the anchor gives', () => {
    const schedule = { anchor: '2024-03-31', period: { unit: 'month', count: 1 }, zone: 'Europe/Berlin' } as const;
    const whole = periodOfDate(schedule, '2024-03-10');
    const started = new Date('2024-03-10T09:00:00+01:00');
    const stub = { from: started, to: whole.end, ending: 'change' } as const;
    expect(prorationOf({ period: whole, zone: schedule.zone, basis: 'day' }, stub)).toEqual({ used: 21, of: 31 });
  });

  it('counts nothing outside the period or for a span that ends before it begins', () => {
    const april = rule('2024-04-01');
    const { start, end } = april.period;
    const after = new Date(end.getTime() + 1e9);
    expect(prorationOf(april, { from: end, to: after, ending: 'change' }).used).toBe(0);
    expect(prorationOf(april, { from: end, to: start, ending: 'change' }).used).toBe(0);
    expect(prorationOf(april, { from: new Date(0), to: after, ending: 'change' })).toEqual({ used: 30, of: 30 });
  });
});

describe('proration by seconds', () => {
  it('counts the seconds that really passed, through a clock change', () => {
    const march = rule('2024-03-01', { basis: 'second' });
    const change = new Date(march.period.start.getTime() + 3_600_500);
    expect(prorationOf(march, { from: march.period.start, to: change, ending: 'termination' })).toEqual({
      used: 3_600,
      of: 31 * 86_400 - 3_600,
    });
  });
});

describe('a prorated amount', () => {
  it('is amount × used ÷ of, not yet rounded', () => {
    expect(prorate('30', { used: 7, of: 28 }).toString()).toBe('7.5');
    expect(prorate('10', { used: 1, of: 3 }).toFixed(20)).toBe('3.33333333333333333333');
  });

  it('of a period without length is nothing', () => {
    expect(prorate('30', { used: 0, of: 0 }).toString()).toBe('0');
  });

  it('splits into parts that add up to the whole, for any changes in any zone by either measure', () => {
    const random = seededRandom(41);
    for (let run = 0; run < 400; run += 1) {
      const zone = zones[random(zones.length)]!;
      const any = rule(addDays('2011-01-01', random(730)), { zone, basis: random(2) === 0 ? 'day' : 'second' });
      const { start, end } = any.period;
      const length = (end.getTime() - start.getTime()) / 1_000;
      const offsets = Array.from({ length: random(6) }, () => random(length)).sort((a, b) => a - b);
      const changes = offsets.map((offset) => new Date(start.getTime() + offset * 1_000));
      const amount = BigInt(random(1_000_000));

      const parts = prorateParts(amount, any, changes);
      expect(parts.reduce((total, part) => total + part, 0n)).toBe(amount);

      const cuts = [start, ...changes, end];
      const shares = cuts.slice(1).map((to, index) => prorationOf(any, { from: cuts[index]!, to, ending: 'change' }));
      expect(shares.reduce((total, share) => total + share.used, 0)).toBe(shares[0]!.of);
      const precise = shares.reduce((total, share) => total.plus(prorate(exact(String(amount)), share)), zero);
      expect(precise.minus(String(amount)).abs().lt('1e-80')).toBe(true);
    }
  });

  it('refuses changes that are out of order', () => {
    const april = rule('2024-04-01');
    const changes = [new Date('2024-04-20T10:00:00Z'), new Date('2024-04-10T10:00:00Z')];
    expect(() => prorateParts(100n, april, changes)).toThrow(RangeError);
  });
});
