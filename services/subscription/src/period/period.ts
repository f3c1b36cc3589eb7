import type { BillingPeriod } from '@plinth/contracts';
import { addDays, addMonths, daysBetween, monthsBetween } from '@plinth/common/calendar';
import type { LocalDate } from '@plinth/common/calendar';
import { localDateAt, startOfDay } from '@plinth/common/local-date';

/** What fixes every period boundary of a subscription: the original anchor, the length and the customer's zone. */
export interface BillingSchedule {
  readonly anchor: LocalDate;
  readonly period: BillingPeriod;
  readonly zone: string;
}

/** Half-open [start, end): an instant on a boundary belongs to the period it opens (rule 7). */
export interface Period {
  /** 0 for the period that the anchor opens, negative before it. */
  readonly index: number;
  readonly startDate: LocalDate;
  /** The first date that is no longer in the period. */
  readonly endDate: LocalDate;
  readonly start: Date;
  readonly end: Date;
}

/** The k-th boundary: anchor + k × length, clamped to the month's end, never from the boundary before it (rule 8). */
export function boundaryAt(anchor: LocalDate, period: BillingPeriod, k: number): LocalDate {
  const steps = k * period.count;
  switch (period.unit) {
    case 'day':
      return addDays(anchor, steps);
    case 'week':
      return addDays(anchor, steps * 7);
    case 'month':
      return addMonths(anchor, steps);
    case 'year':
      return addMonths(anchor, steps * 12);
  }
}

/** The k-th period of a schedule, from its k-th to its next boundary. */
export function periodAt(schedule: BillingSchedule, k: number): Period {
  const startDate = boundaryAt(schedule.anchor, schedule.period, k);
  const endDate = boundaryAt(schedule.anchor, schedule.period, k + 1);
  return {
    index: k,
    startDate,
    endDate,
    start: startOfDay(schedule.zone, startDate),
    end: startOfDay(schedule.zone, endDate),
  };
}

/** The period that a calendar date of the customer lies in; before the anchor too, where stubs find their whole. */
export function periodOfDate(schedule: BillingSchedule, date: LocalDate): Period {
  const { anchor, period } = schedule;
  let k = estimateIndex(schedule, date);
  if (boundaryAt(anchor, period, k) > date) k -= 1;
  return periodAt(schedule, k);
}

/** The period that an instant lies in. */
export function periodContaining(schedule: BillingSchedule, instant: Date): Period {
  return periodOfDate(schedule, localDateAt(schedule.zone, instant));
}

/** The periods that share time with [from, to), in order; one of no length (a date that never happened) is left out. */
export function listPeriods(schedule: BillingSchedule, from: Date, to: Date): Period[] {
  const periods: Period[] = [];
  if (from >= to) return periods;
  let period = periodContaining(schedule, from);
  while (period.start < to) {
    if (period.start < period.end) periods.push(period);
    period = periodAt(schedule, period.index + 1);
  }
  return periods;
}

/** Right, or one too many where the date precedes the anchor's day in its month. */
function estimateIndex({ anchor, period }: BillingSchedule, date: LocalDate): number {
  switch (period.unit) {
    case 'day':
      return Math.floor(daysBetween(anchor, date) / period.count);
    case 'week':
      return Math.floor(daysBetween(anchor, date) / (period.count * 7));
    case 'month':
      return Math.floor(monthsBetween(anchor, date) / period.count);
    case 'year':
      return Math.floor(monthsBetween(anchor, date) / (period.count * 12));
  }
}
