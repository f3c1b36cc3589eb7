import type { BillingPeriod } from '@plinth/contracts';
import { addDays, addMonths, daysBetween, type LocalDate } from '@plinth/common/calendar';
import { localDateAt, startOfDay } from '@plinth/common/local-date';

/** When an allowance begins anew, at local midnights. */
export type QuotaReset =
  | { readonly reset: 'day' | 'month' | 'year' | 'never' }
  | { readonly reset: 'period'; readonly anchor: LocalDate; readonly period: BillingPeriod };

/** Half-open [start, end), as every period (rule 7); without an end when nothing resets it. */
export interface QuotaWindow {
  readonly start: Date;
  readonly end: Date | null;
}

/** Nothing is older: usage before it is refused. */
const BEGINNING = new Date(Date.UTC(2000, 0, 1));
const calendar = {
  day: { anchor: '2000-01-01', period: { unit: 'day', count: 1 } },
  month: { anchor: '2000-01-01', period: { unit: 'month', count: 1 } },
  year: { anchor: '2000-01-01', period: { unit: 'year', count: 1 } },
} as const;

/** The window in which an instant lies, in the account's zone. */
export function windowAt(reset: QuotaReset, zone: string, instant: Date): QuotaWindow {
  if (reset.reset === 'never') return { start: BEGINNING, end: null };
  const { anchor, period } = reset.reset === 'period' ? reset : calendar[reset.reset];
  const date = localDateAt(zone, instant);
  let index = guessIndex(anchor, period, date);
  // Each boundary comes from the anchor (rule 8), so the guess is off by one at most, where a month end was clamped.
  while (boundary(anchor, period, index) > date) index -= 1;
  while (boundary(anchor, period, index + 1) <= date) index += 1;
  return {
    start: startOfDay(zone, boundary(anchor, period, index)),
    end: startOfDay(zone, boundary(anchor, period, index + 1)),
  };
}

/** The windows from the one that begins at or holds `from` up to, and without, the one that holds `until`; in order. */
export function windowsBetween(reset: QuotaReset, zone: string, from: Date, until: Date): QuotaWindow[] {
  const windows: QuotaWindow[] = [];
  const last = windowAt(reset, zone, until).start;
  for (let window = windowAt(reset, zone, from); window.start < last && window.end !== null;) {
    windows.push(window);
    window = windowAt(reset, zone, window.end);
  }
  return windows;
}

function boundary(anchor: LocalDate, { unit, count }: BillingPeriod, index: number): LocalDate {
  switch (unit) {
    case 'day':
      return addDays(anchor, index * count);
    case 'week':
      return addDays(anchor, index * count * 7);
    case 'month':
      return addMonths(anchor, index * count);
    case 'year':
      return addMonths(anchor, index * count * 12);
  }
}

function guessIndex(anchor: LocalDate, { unit, count }: BillingPeriod, date: LocalDate): number {
  const length = { day: 1, week: 7, month: 30.436875, year: 365.2425 }[unit];
  return Math.floor(daysBetween(anchor, date) / (length * count));
}
