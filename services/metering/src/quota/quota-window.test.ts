import { describe, expect, it } from 'vitest';
import { windowAt, windowsBetween, type QuotaReset } from './quota-window.ts';

const at = (reset: QuotaReset, zone: string, instant: string): string[] => {
  const { start, end } = windowAt(reset, zone, new Date(instant));
  return [start, end].map((time) => time?.toISOString().replace(':00.000Z', 'Z') ?? 'never');
};
const monthly = (anchor: string, count = 1): QuotaReset => ({
  reset: 'period',
  anchor,
  period: { unit: 'month', count },
});

describe('the window of a quota', () => {
  it('is a day, a month or a year of the account, with the lengths that they have there', () => {
    expect(at({ reset: 'day' }, 'Europe/Berlin', '2024-03-31T12:00:00Z')).toEqual([
      '2024-03-30T23:00Z',
      '2024-03-31T22:00Z',
    ]);
    expect(at({ reset: 'month' }, 'Asia/Kolkata', '2024-02-29T18:29:59Z')).toEqual([
      '2024-01-31T18:30Z',
      '2024-02-29T18:30Z',
    ]);
    expect(at({ reset: 'year' }, 'America/New_York', '2024-01-01T04:59:59Z')).toEqual([
      '2023-01-01T05:00Z',
      '2024-01-01T05:00Z',
    ]);
    expect(at({ reset: 'never' }, 'UTC', '2024-01-01T00:00:00Z')).toEqual(['2000-01-01T00:00Z', 'never']);
  });

  it('has an instant on a boundary in the window that it opens', () => {
    expect(at(monthly('2024-01-15'), 'UTC', '2024-02-15T00:00:00Z')[0]).toBe('2024-02-15T00:00Z');
    expect(at(monthly('2024-01-15'), 'UTC', '2024-02-14T23:59:59.999Z')[0]).toBe('2024-01-15T00:00Z');
  });

  it('takes every boundary of a period from its anchor, clamped to the end of shorter months', () => {
    const starts = windowsBetween(monthly('2023-10-31'), 'UTC', new Date('2023-10-31'), new Date('2024-05-01'));
    expect(starts.map(({ start }) => start.toISOString().slice(0, 10))).toEqual([
      '2023-10-31',
      '2023-11-30',
      '2023-12-31',
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
    ]);
    expect(at(monthly('2024-02-29', 12), 'UTC', '2025-02-28T00:00:00Z')[0]).toBe('2025-02-28T00:00Z');
    expect(at(monthly('2030-01-31'), 'UTC', '2024-06-30T00:00:00Z')).toEqual([
      '2024-06-30T00:00Z',
      '2024-07-31T00:00Z',
    ]);
  });

  it('leaves no instant out and none in two windows, over years of any period and zone', () => {
    const resets: QuotaReset[] = [
      monthly('2024-01-31'),
      monthly('2024-01-30', 5),
      { reset: 'period', anchor: '2024-02-29', period: { unit: 'year', count: 1 } },
      { reset: 'period', anchor: '2024-02-29', period: { unit: 'week', count: 2 } },
      { reset: 'period', anchor: '2024-02-29', period: { unit: 'day', count: 10 } },
      { reset: 'day' },
    ];
    for (const zone of ['America/Sao_Paulo', 'Africa/Cairo', 'Pacific/Apia', 'America/Havana', 'Australia/Lord_Howe'])
      for (const reset of resets) {
        const until = new Date(reset.reset === 'day' ? '2012-02-01' : '2014-01-01');
        const windows = windowsBetween(reset, zone, new Date('2011-06-01'), until);
        expect(windows.length).toBeGreaterThan(1);
        for (const [index, { start, end }] of windows.entries()) {
          expect(end! > start, `${zone} ${start.toISOString()}`).toBe(true);
          if (index > 0) expect(windows[index - 1]!.end).toEqual(start);
          for (const instant of [start, new Date(end!.getTime() - 1)])
            expect(windowAt(reset, zone, instant), `${zone} ${instant.toISOString()}`).toEqual({ start, end });
        }
      }
  });
});
