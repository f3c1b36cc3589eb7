import type { Price } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { addDays } from '@plinth/common/calendar';
import { startOfDay } from '@plinth/common/local-date';
import { compilePlan, type BillablePlan } from '../billing/billable-plan.ts';
import { billPeriod, type ChargedLine } from '../billing/bill-period.ts';
import { billRecurring } from '../billing/bill-recurring.ts';
import { listSegments, planBilling, type BillableSubscription } from '../billing/billing.ts';
import { seededRandom } from '../money/seeded-random.ts';
import { boundaryAt, periodAt } from '../period/period.ts';
import { bind, cancel, changeTrack, endTrack, pause, resume } from './life-cycle.ts';
import { layPhases, type TrackPlan } from './phases.ts';
import { baseTrack, midnightOf, phasesOf, servedPhases, spanOf, type Subscription } from './subscription.ts';
import { nextTermStep, nthTerm, openTerms, passTermStep, termAt } from './term.ts';

type Random = ReturnType<typeof seededRandom>;

const zones = ['Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Havana'];
const periods = 30;

interface Catalogue {
  readonly tracks: readonly TrackPlan['plan'][];
  readonly compiled: ReadonlyMap<string, BillablePlan>;
}

/** Plans with a fee in advance, one in arrears and seats, at odd prices. */
function buildCatalogue(random: Random): Catalogue {
  const compiled = new Map<string, BillablePlan>();
  const tracks = [0, 1, 2].map((number) => {
    const prices = [
      { model: 'flat', amount: `${random(90)}.${10 + random(90)}`, timing: 'advance' },
      { model: 'flat', amount: `${random(90)}.${10 + random(90)}`, timing: 'arrears' },
      { model: 'per_unit', unitAmount: `${random(20)}.${100 + random(900)}` },
    ].map((model, position) => {
      const key = `${number}-${position}`;
      return { id: key, key, description: key, model, taxCategory: 'standard', phases: null } as Price;
    });
    const plan = { planId: `plan-${number}`, version: 1, prices };
    compiled.set(plan.planId, compilePlan(plan));
    compiled.set(`${plan.planId}/waived`, compilePlan(plan, { phaseKey: 'evergreen', feesWaived: true }));
    return {
      planId: plan.planId,
      version: 1,
      phases: [{ key: 'evergreen', kind: 'evergreen' as const, length: null }],
    };
  });
  return { tracks, compiled };
}

function toBillable(subscription: Subscription, { compiled }: Catalogue): BillableSubscription {
  const phases = servedPhases(subscription).map((phase) => ({
    ...phase,
    plan: compiled.get(`${phase.planId}${phase.paused ? '/waived' : ''}`)!,
  }));
  const { id, accountId, currency, prorationBasis: basis } = subscription;
  return { ...spanOf(subscription), id, accountId, currency, basis, phases };
}

/** Something that happens within the running period, at local midnight or in any second of it. */
function changeAtRandom(random: Random, before: Subscription, { tracks }: Catalogue, index: number): Subscription {
  const { anchor, period, timeZone, prorationBasis } = before;
  const opened = boundaryAt(anchor, period, index);
  const date = addDays(opened < before.startsOn ? before.startsOn : opened, random(27));
  const midnight = midnightOf(before, date);
  const second = prorationBasis === 'second' ? random(86_400) * 1000 : 0;
  const nextMidnight = startOfDay(timeZone, addDays(date, 1)).getTime();
  const moment = { date, at: new Date(Math.min(midnight.at.getTime() + second, nextMidnight - 1000)) };
  if (prorationBasis === 'day' || moment.at < midnight.at) Object.assign(moment, midnight);
  const newId = () => `phase-${random(1_000_000_000)}-${random(1_000_000_000)}`;
  const plan = tracks[random(tracks.length)]!;
  const addOn = before.phases.find(({ track }) => track !== baseTrack)?.track;
  const lay = (track: string, countedFrom: string): Subscription =>
    changeTrack(before, { track, plan, quantity: random(9), withTrial: false, countedFrom }, moment, newId);
  switch (random(6)) {
    case 0:
    case 1:
      return lay(baseTrack, before.startsOn);
    case 2:
      return pause(before, { from: moment, to: random(2) === 0 ? null : midnightOf(before, addDays(date, 20)) }, newId);
    case 3:
      return resume(before, moment, newId);
    case 4:
      return addOn === undefined ? lay(newId(), date) : endTrack(before, addOn, moment);
    default:
      return addOn === undefined ? before : lay(addOn, date);
  }
}

function buildStart(random: Random, { tracks }: Catalogue): Subscription {
  const timeZone = zones[random(zones.length)]!;
  const startsOn = addDays('2010-01-01', random(900));
  const track: TrackPlan = {
    track: baseTrack,
    plan: tracks[0]!,
    quantity: 1 + random(9),
    withTrial: false,
    countedFrom: startsOn,
  };
  let ids = 0;
  return {
    id: 'sub',
    accountId: 'acc',
    currency: ['EUR', 'JPY', 'KWD'][random(3)]!,
    timeZone,
    startsOn,
    anchor: random(2) === 0 ? startsOn : addDays(startsOn, random(60) - 20),
    period: { unit: 'month', count: 1 },
    prorationBasis: random(2) === 0 ? 'day' : 'second',
    status: 'active',
    endsOn: null,
    endsAt: null,
    trialSkipped: false,
    commitment: null,
    term: null,
    billNextIndex: 0,
    billNextAt: null,
    changedSinceBilling: false,
    billedEarly: false,
    phases: layPhases({ timeZone }, track, midnightOf({ timeZone }, startsOn), () => `first-${(ids += 1)}`),
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'over years of changes every period costs what its phases say, and no second is lost or charged twice (%i)',
  (seed) => {
    const random = seededRandom(seed);
    const catalogue = buildCatalogue(random);
    let subscription = buildStart(random, catalogue);
    const { firstIndex } = spanOf(subscription);
    const billed = new Map<number, bigint>();
    let charged: ChargedLine[] | undefined;
    const bill = (index: number) => {
      const billable = toBillable(subscription, catalogue);
      const billing = planBilling(billable, index);
      if (billing === undefined) return [];
      const lines = billPeriod({ subscription: billable, billing, findQuantity: () => '0', charged });
      for (const { periodIndex, amountMinor } of lines)
        billed.set(periodIndex!, (billed.get(periodIndex!) ?? 0n) + amountMinor);
      return lines;
    };
    for (let index = firstIndex; index < firstIndex + periods; index += 1) {
      const advance = bill(index).filter(({ periodIndex }) => periodIndex === index);
      charged = advance.map((line) => ({ ...line, waived: false }));
      for (let changes = random(4); changes > 0; changes -= 1)
        subscription = changeAtRandom(random, subscription, catalogue, index);
      if (index === firstIndex + periods - 1) {
        const end = midnightOf(subscription, addDays(boundaryAt(subscription.anchor, subscription.period, index), 25));
        // Every other one is not canceled, but does not renew when its term ends, in this period or after it.
        const term = openTerms(
          { length: { unit: 'month', count: 1 + random(4) }, renews: false },
          Math.max(firstIndex, 0),
        );
        subscription = seed % 2 === 0 ? bind(subscription, term, end.at) : cancel(subscription, end);
      }
    }
    bill(firstIndex + periods);
    const billable = toBillable(subscription, catalogue);
    for (let index = firstIndex; index < firstIndex + periods; index += 1) {
      const period = periodAt(billable.schedule, index);
      const part = { period, basis: billable.basis, segments: listSegments(billable, period) };
      const due = [
        ...billRecurring(part, billable.currency, 'advance'),
        ...billRecurring(part, billable.currency, 'arrears'),
      ];
      expect(billed.get(index) ?? 0n).toBe(due.reduce((sum, { amountMinor }) => sum + amountMinor, 0n));
      const own = part.segments.filter(({ phase }) => phase.track === baseTrack);
      for (const [position, segment] of own.slice(1).entries()) expect(segment.start).toEqual(own[position]!.end);
      const isWhole = period.start >= billable.startsAt && (billable.endsAt === null || period.end <= billable.endsAt);
      if (isWhole) expect(own.reduce((sum, { used }) => sum + used, 0)).toBe(own[0]!.of);
    }
    const base = phasesOf(subscription, baseTrack);
    expect(base.at(-1)!.endsAt).toBeNull();
    expect(base[0]!.startsAt).toEqual(billable.startsAt);
  },
);

test.each([1, 2, 3, 4, 5, 6])(
  'over years of renewals terms meet without gap or overlap on boundaries of periods, each announced before it ends (%i)',
  (seed) => {
    const random = seededRandom(100 + seed);
    for (let life = 0; life < 20; life += 1) {
      const start = buildStart(random, buildCatalogue(random));
      const { firstIndex, startsAt } = spanOf(start);
      const length = { unit: 'month' as const, count: 1 + random(14) };
      let bound = bind(start, openTerms({ length, noticeDays: 1 + random(60) }, Math.max(firstIndex, 0)), startsAt);
      expect(bound.endsAt).toBeNull();
      let reached = startsAt;
      for (let number = 1; number <= 12; number += 1) {
        const { from, to } = nthTerm(bound, bound.term!, number);
        expect(from.at).toEqual(reached);
        expect(termAt(bound, bound.term!, from.at).number).toBe(number);
        expect(termAt(bound, bound.term!, new Date(to.at.getTime() - 1)).number).toBe(number);
        const last = Math.max(firstIndex, 0) + number * length.count;
        expect(to.date).toBe(boundaryAt(bound.anchor, bound.period, last));
        const ending = bind(bound, { ...bound.term!, renews: false }, new Date(from.at.getTime() + random(86_400_000)));
        expect([ending.endsOn, ending.endsAt]).toEqual([to.date, to.at]);
        expect(bind(ending, { ...ending.term!, renews: true }, from.at)).toEqual(bind(bound, bound.term, from.at));
        const announcement = nextTermStep(bound)!;
        expect(announcement.kind).toBe('announcement');
        expect(announcement.at >= from.at && announcement.at < to.at).toBe(true);
        bound = { ...bound, term: passTermStep(bound.term!, announcement) };
        expect(nextTermStep({ ...bound, endsAt: to.at })).toBeUndefined();
        const renewal = nextTermStep(bound)!;
        expect([renewal.kind, renewal.at]).toEqual(['renewal', to.at]);
        bound = { ...bound, term: passTermStep(bound.term!, renewal) };
        reached = to.at;
      }
    }
  },
);
