import type { BillingPeriod } from '@plinth/contracts';
import { addDays } from '@plinth/common/calendar';
import { localDateAt } from '@plinth/common/local-date';
import { periodsOf } from '../billing/commitment.ts';
import { boundaryAt, periodOfDate } from '../period/period.ts';
import { midnightOf, scheduleOf, spanOf, type Moment, type Subscription } from './subscription.ts';

/** What an account binds itself to. */
export interface TermWish {
  readonly length: BillingPeriod;
  /** Whether another term follows; it does when absent. */
  readonly renews?: boolean | undefined;
  /** How many days before its end a term is announced to end. */
  readonly noticeDays?: number | undefined;
}

/** How long a subscription is bound. Terms are whole billing periods and follow one another from `firstIndex` on. */
export interface Term {
  readonly length: BillingPeriod;
  /** The period that opens the first term, after the trial or the part of a period before the anchor. */
  readonly firstIndex: number;
  /** Whether another term follows the running one; the subscription ends with it otherwise. */
  readonly renews: boolean;
  readonly noticeDays: number;
  /** The newest term whose beginning was recorded, 1 for the first, and whether its end was announced. */
  readonly number: number;
  readonly announced: boolean;
}

/** One term, [from, to). */
export interface TermSpan {
  readonly number: number;
  readonly from: Moment;
  readonly to: Moment;
}

/** What falls due of a term by itself: its end is announced, and the next one follows. */
export interface TermStep {
  readonly kind: 'announcement' | 'renewal';
  readonly at: Date;
  readonly term: TermSpan;
}

type Bound = Pick<Subscription, 'anchor' | 'period' | 'timeZone' | 'startsOn' | 'endsAt'>;

/** How many days before its end a term is announced to end, unless it says otherwise. */
export const standardNoticeDays = 30;

/** The terms that begin with a period. They must be whole periods. */
export function openTerms({ length, renews, noticeDays }: TermWish, firstIndex: number): Term {
  return {
    length,
    firstIndex,
    renews: renews ?? true,
    noticeDays: noticeDays ?? standardNoticeDays,
    number: 1,
    announced: false,
  };
}

/** The n-th term, from 1 on. The first one begins with the subscription, if that is before its first whole period. */
export function nthTerm(subscription: Bound, { length, firstIndex }: Term, number: number): TermSpan {
  const { anchor, period, startsOn } = subscription;
  const periods = periodsOf(length, period) ?? 1;
  const first = firstIndex + (number - 1) * periods;
  const opened = boundaryAt(anchor, period, first);
  const isFirst = number === 1 && firstIndex <= Math.max(spanOf(subscription).firstIndex, 0);
  const from = opened < startsOn || isFirst ? startsOn : opened;
  const to = boundaryAt(anchor, period, first + periods);
  return { number, from: midnightOf(subscription, from), to: midnightOf(subscription, to) };
}

/** The term that an instant lies in; before the start the first one. */
export function termAt(subscription: Bound, term: Term, instant: Date): TermSpan {
  const periods = periodsOf(term.length, subscription.period) ?? 1;
  const { index } = periodOfDate(scheduleOf(subscription), localDateAt(subscription.timeZone, instant));
  return nthTerm(subscription, term, Math.max(Math.floor((index - term.firstIndex) / periods), 0) + 1);
}

/** What of its term falls due next; undefined when nothing does: it has none, or ends before. */
export function nextTermStep(subscription: Bound & Pick<Subscription, 'term'>): TermStep | undefined {
  const { term, endsAt } = subscription;
  if (term === null) return undefined;
  const running = nthTerm(subscription, term, term.number);
  const { from, to } = running;
  if (endsAt !== null && endsAt < to.at) return undefined;
  if (!term.announced) {
    const announced = midnightOf(subscription, addDays(to.date, -term.noticeDays)).at;
    return { kind: 'announcement', at: announced > from.at ? announced : from.at, term: running };
  }
  return endsAt === null || endsAt > to.at ? { kind: 'renewal', at: to.at, term: running } : undefined;
}

/** The term once a step is done. */
export function passTermStep(term: Term, { kind }: TermStep): Term {
  return kind === 'announcement'
    ? { ...term, announced: true }
    : { ...term, number: term.number + 1, announced: false };
}
