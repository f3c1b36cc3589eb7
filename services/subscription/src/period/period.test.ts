import type { BillingPeriod } from '@plinth/contracts';
import { describe, expect, it } from 'vitest';
import { addDays } from '@plinth/common/calendar';
import { localDateAt } from '@plinth/common/local-date';
import { seededRandom } from '../money/seeded-random.ts';
import { boundaryAt, listPeriods, periodAt, periodContaining, periodOfDate } from './period.ts';
import type { BillingSchedule } from './period.ts';

const month: BillingPeriod = { unit: 'month', count: 1 };
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Beirut',
];
const lengths: BillingPeriod[] = [
  { unit: 'day', count: 1 },
  { unit: 'day', count: 10 },
  { unit: 'week', count: 1 },
  month,
  { unit: 'month', count: 3 },
  { unit: 'year', count: 1 },
];

function schedule(changes: Partial<BillingSchedule> = {}): BillingSchedule {
  return { anchor: '2024-01-31', period: month, zone: 'Europe/Berlin', ...changes };
}

describe('period boundaries', () => {
  it('come from the original anchor, so the day returns after a short month', () => {
    expect([0, 1, 2, 3, 13].map((k) => boundaryAt('2024-01-31', month, k))).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2025-02-28',
    ]);
  });

  it('of a yearly anchor on a leap day fall on 28 February in common years', () => {
    const year: BillingPeriod = { unit: 'year', count: 1 };
    expect([1, 3, 4].map((k) => boundaryAt('2024-02-29', year, k))).toEqual(['2025-02-28', '2027-02-28', '2028-02-29']);
  });

  it('are instants of local midnight, across a clock change', () => {
    expect(periodAt(schedule({ anchor: '2024-03-15' }), 0)).toEqual({
      index: 0,
      startDate: '2024-03-15',
      endDate: '2024-04-15',
      start: new Date('2024-03-14T23:00:00Z'),
      end: new Date('2024-04-14T22:00:00Z'),
    });
  });
});

describe('the period containing an instant', () => {
  it('is the one that a boundary opens', () => {
    const monthly = schedule();
    const boundary = periodAt(monthly, 2).start;
    expect(periodContaining(monthly, boundary).index).toBe(2);
    expect(periodContaining(monthly, new Date(boundary.getTime() - 1)).index).toBe(1);
  });

  it('exists before the anchor, as the whole of a first stub', () => {
    expect(periodOfDate(schedule(), '2024-01-10')).toMatchObject({
      index: -1,
      startDate: '2023-12-31',
      endDate: '2024-01-31',
    });
  });

  it('is found for every date and instant, whatever the anchor, length and zone', () => {
    const random = seededRandom(31);
    for (let run = 0; run < 1_500; run += 1) {
      const any = schedule({
        anchor: addDays('2008-01-01', random(1_500)),
        period: { unit: (['day', 'week', 'month', 'year'] as const)[random(4)]!, count: 1 + random(7) },
        zone: zones[random(zones.length)]!,
      });
      const instant = new Date(Date.UTC(2007, 0, 1) + random(2_000_000) * 97_001);
      const period = periodContaining(any, instant);
      const date = localDateAt(any.zone, instant);
      expect(period.start <= instant && instant < period.end, JSON.stringify({ any, instant })).toBe(true);
      expect(period.startDate <= date && date < period.endDate).toBe(true);
    }
  });
});

describe('the periods of a schedule', () => {
  it('tile the time line for years, without gap or overlap, in every zone and length', () => {
    for (const zone of zones) {
      for (const period of lengths) {
        const any = schedule({ anchor: '2009-08-31', period, zone });
        let current = periodAt(any, -3);
        while (current.startDate < '2014-08-31') {
          const next = periodAt(any, current.index + 1);
          const meets = current.end.getTime() === next.start.getTime() && current.endDate === next.startDate;
          const advances = current.startDate < current.endDate && current.start <= current.end;
          if (!meets || !advances) expect.fail(`gap or overlap in ${zone} after ${JSON.stringify(current)}`);
          current = next;
        }
      }
    }
  });

  it('are listed when they share time with the span, and not when they only touch it', () => {
    const monthly = schedule();
    const from = periodAt(monthly, 1).start;
    const to = periodAt(monthly, 4).start;
    expect(listPeriods(monthly, from, to).map((period) => period.index)).toEqual([1, 2, 3]);
    const wider = listPeriods(monthly, new Date(from.getTime() - 1), new Date(to.getTime() + 1));
    expect(wider.map((period) => period.index)).toEqual([0, 1, 2, 3, 4]);
    expect(listPeriods(monthly, to, from)).toEqual([]);
  });

  it('leave out a daily period on a date that never happened', () => {
    const daily = schedule({ anchor: '2011-12-28', period: { unit: 'day', count: 1 }, zone: 'Pacific/Apia' });
    const listed = listPeriods(daily, periodAt(daily, 0).start, periodAt(daily, 5).start);
    expect(listed.map((period) => period.startDate)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });
});
