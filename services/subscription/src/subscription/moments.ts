import { addDays, type LocalDate } from '@plinth/common/calendar';
import { localDateAt, startOfDay } from '@plinth/common/local-date';
import { boundaryAt, periodOfDate } from '../period/period.ts';
import { midnightOf, scheduleOf, spanOf, type Moment, type Subscription } from './subscription.ts';
import { termAt } from './term.ts';

/**
 * When something takes effect: at once, at the end of the running period or term, or on a date of the subscription's
 * zone. Without a term, each period is one.
 */
export type Timing = 'now' | 'period_end' | 'term_end' | { readonly on: LocalDate };

/**
 * The moment from which a change applies. Its day belongs to what is new (rule 10); prorated by seconds, a change at
 * once applies from this second. Never before the start.
 */
export function changeMoment(subscription: Subscription, timing: Timing, now: Date): Moment {
  const { startsAt } = spanOf(subscription);
  const reached = now > startsAt ? now : startsAt;
  const today = localDateAt(subscription.timeZone, reached);
  if (timing === 'term_end' && subscription.term !== null) return termAt(subscription, subscription.term, reached).to;
  if (timing === 'period_end' || timing === 'term_end')
    return midnightOf(subscription, periodOfDate(scheduleOf(subscription), today).endDate);
  if (timing !== 'now') return midnightOf(subscription, timing.on);
  return subscription.prorationBasis === 'second' && now > startsAt
    ? { date: today, at: wholeSecond(now) }
    : midnightOf(subscription, today);
}

/**
 * The moment at which the subscription is over. The day of termination is consumed (rule 10); prorated by seconds, a
 * cancellation at once ends it in this second. One that has not begun ends as it begins, unless its first period is to
 * be served.
 */
export function endMoment(subscription: Subscription, timing: Timing, now: Date): Moment {
  if (timing === 'period_end' || timing === 'term_end') return changeMoment(subscription, timing, now);
  if (timing !== 'now') return midnightOf(subscription, addDays(timing.on, 1));
  if (now < spanOf(subscription).startsAt) return midnightOf(subscription, subscription.startsOn);
  const moment = changeMoment(subscription, 'now', now);
  return subscription.prorationBasis === 'second' ? moment : midnightOf(subscription, addDays(moment.date, 1));
}

/**
 * The earliest moment that a change may apply from: the start of the newest period that was charged in advance. What
 * lies before it has been billed in arrears on an invoice, which stays.
 */
export function earliestMoment(subscription: Subscription): Moment {
  const { anchor, period, timeZone, startsOn, billNextIndex } = subscription;
  const { firstIndex, startsAt } = spanOf(subscription);
  if (billNextIndex > firstIndex) {
    const date = boundaryAt(anchor, period, billNextIndex - 1);
    const at = startOfDay(timeZone, date);
    if (at > startsAt) return { date, at };
  }
  return { date: startsOn, at: startsAt };
}

function wholeSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}
