import { addDays, type LocalDate } from '@plinth/common/calendar';
import { localDateAt, startOfDay } from '@plinth/common/local-date';
import { periodAt, periodContaining } from '../period/period.ts';
import { phasesOf, scheduleOf, servedPhases, type Subscription } from '../subscription/subscription.ts';
import { listSpans } from './mirror-steps.ts';

/** A part of a period in which one plan applied: what usage is added up over. */
export interface UsagePart {
  readonly planId: string;
  readonly planVersion: number;
  readonly from: LocalDate;
  /** The days before it are over, and are counted. */
  readonly until: LocalDate;
  readonly fromAt: Date;
  readonly untilAt: Date;
  /** Whether Kill Bill may have billed it: then only more can be added. */
  readonly ended: boolean;
}

/** How many ended periods are looked at again: in as many Kill Bill looks for late usage, by its default. */
const periodsBack = 2;

/** The parts of the current period and the last ones of a track, up to the days that are over at an instant. */
export function listUsageParts(subscription: Subscription, track: string, now: Date): UsagePart[] {
  const { timeZone } = subscription;
  const today = localDateAt(timeZone, now);
  const schedule = scheduleOf(subscription);
  const current = periodContaining(schedule, now).index;
  const phases = phasesOf({ phases: servedPhases(subscription) }, track).filter(({ from, to }) => from !== to);
  const parts: UsagePart[] = [];
  for (let index = current - periodsBack; index <= current; index += 1) {
    const period = periodAt(schedule, index);
    for (const span of listSpans(phases)) {
      const from = later(span.from, period.startDate);
      const to = span.to === null ? period.endDate : earlier(span.to, period.endDate);
      const until = earlier(to, today);
      if (from >= until) continue;
      const [fromAt, untilAt] = [startOfDay(timeZone, from), startOfDay(timeZone, until)];
      const { planId, planVersion } = span;
      parts.push({ planId, planVersion, from, until, fromAt, untilAt, ended: to <= today });
    }
  }
  return parts;
}

/** The day on which what a part has gained is recorded: its last one that is over. */
export function recordingDay({ until }: UsagePart): LocalDate {
  return addDays(until, -1);
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}

function later(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}
