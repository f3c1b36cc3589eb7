import { startOfDay } from '@plinth/common/local-date';
import type { LocalDate } from '@plinth/common/calendar';
import { periodOfDate } from '../period/period.ts';
import {
  baseTrack,
  phasesOf,
  scheduleOf,
  servedPhases,
  type Phase,
  type Subscription,
} from '../subscription/subscription.ts';
import { isMonthly, nameOf, type KillBillExpression, type KillBillPhase, type SoldPlan } from './kill-bill-plan.ts';

/** What Kill Bill is to be told about one track of a subscription, on a date of its zone. */
export interface MirrorStep {
  readonly kind: 'create' | 'change' | 'cancel';
  readonly on: LocalDate;
  /** Null of a cancellation. */
  readonly plan: string | null;
}

export interface MirroredTrack {
  readonly track: string;
  readonly steps: readonly MirrorStep[];
  /** With which phase of its plan it begins: a trial that the account had before is left out. */
  readonly firstPhase: KillBillPhase['type'];
  /** Why Kill Bill would bill it otherwise; undefined where it can be mirrored. */
  readonly problem: string | undefined;
}

/** A plan version and what Kill Bill makes of it. */
export interface ExpressedPlan {
  readonly sold: SoldPlan;
  readonly expression: KillBillExpression;
}

/** A part of time in which a track has one plan version. */
export interface PlanSpan {
  readonly planId: string;
  readonly planVersion: number;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

const phaseTypes = { trial: 'TRIAL', intro: 'DISCOUNT', evergreen: 'EVERGREEN' } as const;

/** The key under which a plan version is found. */
export function planKeyOf(planId: string, version: number, currency: string): string {
  return `${planId}/${version}/${currency}`;
}

/** Every track of a subscription as Kill Bill is to know it, the plan's own first. */
export function listTracks(subscription: Subscription, plans: ReadonlyMap<string, ExpressedPlan>): MirroredTrack[] {
  const served = { ...subscription, phases: servedPhases(subscription).filter(({ from, to }) => from !== to) };
  return [...new Set(served.phases.map(({ track }) => track))].map((track) => {
    const phases = phasesOf(served, track);
    const spans = listSpans(phases);
    const named = spans.map((span) => plans.get(planKeyOf(span.planId, span.planVersion, subscription.currency)));
    const steps = spans.map((span, index): MirrorStep => {
      const sold = named[index]?.sold;
      return { kind: index === 0 ? 'create' : 'change', on: span.from, plan: sold === undefined ? '' : nameOf(sold) };
    });
    const end = spans.at(-1)!.to;
    return {
      track,
      steps: end === null ? steps : [...steps, { kind: 'cancel', on: end, plan: null }],
      firstPhase: phaseTypes[phases[0]!.phaseKind],
      problem: [...checkTrack(subscription, track, phases, named)][0],
    };
  });
}

/** Neighbouring phases of one plan version as one span. */
export function listSpans(phases: readonly Phase[]): PlanSpan[] {
  const spans: PlanSpan[] = [];
  for (const { planId, planVersion, from, to } of phases) {
    const before = spans.at(-1);
    if (before?.planId === planId && before.planVersion === planVersion) spans[spans.length - 1] = { ...before, to };
    else spans.push({ planId, planVersion, from, to });
  }
  return spans;
}

/** When Kill Bill is to be told a step: not before its date, for until then it may be taken back. */
export function dueAt({ timeZone }: Pick<Subscription, 'timeZone'>, { on }: MirrorStep): Date {
  return startOfDay(timeZone, on);
}

function* checkTrack(
  subscription: Subscription,
  track: string,
  phases: readonly Phase[],
  plans: readonly (ExpressedPlan | undefined)[],
): Generator<string> {
  for (const plan of plans) {
    if (plan === undefined) yield 'its plan version is not stored';
    else if (plan.expression.plan === undefined)
      yield `${plan.sold.planKey} version ${plan.sold.version}: ${plan.expression.reasons.join('; ')}`;
  }
  if (phases.some(({ paused }) => paused)) yield 'it is paused at times; Kill Bill bills no usage in a pause';
  if (subscription.prorationBasis === 'second') yield 'it is prorated by seconds; Kill Bill prorates by days';
  if (subscription.commitment !== null) yield 'it has a commitment, which Kill Bill does not know';
  if (!isMonthly(subscription.period)) yield* checkLongPeriods(subscription, track, phases, plans.length);
  if (
    subscription.trialSkipped &&
    plans.slice(1).some((plan) => plan?.sold.phases.some(({ kind }) => kind === 'trial'))
  )
    yield 'it changes to a plan with a trial, which was left out for the account; Kill Bill would begin it';
  yield* checkPhaseEdges(subscription, phases, plans);
}

function* checkLongPeriods(
  { anchor, startsOn, period }: Subscription,
  track: string,
  phases: readonly Phase[],
  planCount: number,
): Generator<string> {
  const length = `${period.count} ${period.unit}s`;
  if ((track === baseTrack ? startsOn : phases[0]!.from) !== anchor)
    yield `its periods of ${length} do not begin on its first day; Kill Bill counts those that are not monthly from there`;
  if (planCount > 1) yield `its plan changes; Kill Bill counts periods of ${length} anew from a change`;
}

/** A phase that ends within a period divides tiers in Kill Bill; here they go on. */
function* checkPhaseEdges(
  subscription: Subscription,
  phases: readonly Phase[],
  plans: readonly (ExpressedPlan | undefined)[],
): Generator<string> {
  const tiered = plans.some((plan) =>
    plan?.expression.plan?.phases.some(({ usages }) =>
      usages.some(({ tiers }) => tiers.length > 1 || tiers[0]?.size !== '1'),
    ),
  );
  if (!tiered) return;
  for (const [index, phase] of phases.entries()) {
    const next = phases[index + 1];
    if (next === undefined || next.planId !== phase.planId || next.planVersion !== phase.planVersion) continue;
    if (next.phaseKey === phase.phaseKey) continue;
    if (periodOfDate(scheduleOf(subscription), next.from).startDate !== next.from)
      yield `phase ${phase.phaseKey} ends on ${next.from}, within a period; the tiers of Kill Bill begin anew there`;
  }
}
