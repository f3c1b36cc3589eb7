import { expect, test } from 'vitest';
import { startOfDay } from '@plinth/common/local-date';
import { evergreen, fee, trial } from '../../test/life-cycle.builders.ts';
import { buildPrice } from '../../test/subscription.builders.ts';
import type { Phase, Subscription } from '../subscription/subscription.ts';
import { expressPlan, type SoldPlan } from './kill-bill-plan.ts';
import { listTracks, planKeyOf, type ExpressedPlan } from './mirror-steps.ts';
import { listUsageParts } from './usage-parts.ts';

const zone = 'Europe/Berlin';

function buildPlan(planId: string, changes: Partial<SoldPlan> = {}): [string, ExpressedPlan] {
  const sold: SoldPlan = {
    planId,
    planKey: planId,
    planName: planId,
    version: 1,
    kind: 'plan',
    family: null,
    addOnTo: null,
    currency: 'EUR',
    period: { unit: 'month', count: 1 },
    phases: [evergreen],
    prorationBasis: 'day',
    taxInclusive: false,
    minimumSpend: null,
    maximumSpend: null,
    entitlements: [],
    prices: [buildPrice('base', fee('10'))],
    ...changes,
  };
  return [planKeyOf(planId, 1, 'EUR'), { sold, expression: expressPlan(sold) }];
}

function buildPhase(planId: string, from: string, to: string | null, changes: Partial<Phase> = {}): Phase {
  return {
    id: `${planId}-${from}`,
    track: 'base',
    planId,
    planVersion: 1,
    phaseKey: 'evergreen',
    phaseKind: 'evergreen',
    paused: false,
    quantity: 1,
    from,
    to,
    startsAt: startOfDay(zone, from),
    endsAt: to === null ? null : startOfDay(zone, to),
    ...changes,
  };
}

function buildSubscription(phases: readonly Phase[], changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 'subscription',
    accountId: 'account',
    currency: 'EUR',
    timeZone: zone,
    startsOn: phases[0]!.from,
    anchor: phases[0]!.from,
    period: { unit: 'month', count: 1 },
    prorationBasis: 'day',
    trialSkipped: false,
    commitment: null,
    term: null,
    endsOn: null,
    endsAt: null,
    phases,
    ...changes,
  } as Subscription;
}

const plans = new Map([buildPlan('small'), buildPlan('large'), buildPlan('tried', { phases: [trial, evergreen] })]);

test('a life is a creation, changes and an end; what differs in seats only is no change', () => {
  const phases = [
    buildPhase('small', '2024-01-10', '2024-02-01'),
    buildPhase('small', '2024-02-01', '2024-02-20', { quantity: 5 }),
    buildPhase('large', '2024-02-20', null),
  ];
  const ended = { endsOn: '2024-04-05', endsAt: startOfDay(zone, '2024-04-05') };
  const [track] = listTracks(buildSubscription(phases, ended), plans);
  expect(track).toMatchObject({
    track: 'base',
    firstPhase: 'EVERGREEN',
    problem: undefined,
    steps: [
      { kind: 'create', on: '2024-01-10', plan: 'small-small-v1-eur' },
      { kind: 'change', on: '2024-02-20', plan: 'large-large-v1-eur' },
      { kind: 'cancel', on: '2024-04-05', plan: null },
    ],
  });
});

const one = [buildPhase('small', '2024-01-10', null)];
const two = [buildPhase('small', '2024-01-10', '2024-02-20'), buildPhase('large', '2024-02-20', null)];
test.each<[string, readonly Phase[], Partial<Subscription>, string]>([
  ['a pause', [{ ...one[0]!, paused: true }], {}, 'paused'],
  ['seconds', one, { prorationBasis: 'second' }, 'by seconds'],
  ['a commitment', one, { commitment: { amount: '9', term: { unit: 'year', count: 1 }, firstIndex: 0 } }, 'commitment'],
  ['a change of long periods', two, { period: { unit: 'month', count: 3 } }, 'counts periods of 3 months anew'],
  ['long periods from another day', one, { period: { unit: 'year', count: 1 }, anchor: '2024-02-01' }, 'first day'],
  ['a plan that is not stored', [buildPhase('unknown', '2024-01-10', null)], {}, 'not stored'],
  [
    'a change to a trial that was left out',
    [buildPhase('small', '2024-01-10', '2024-02-20'), buildPhase('tried', '2024-02-20', null)],
    { trialSkipped: true },
    'would begin it',
  ],
])('is not mirrored with %s', (_title, phases, changes, problem) => {
  expect(listTracks(buildSubscription(phases, changes), plans)[0]?.problem).toContain(problem);
});

test('adds usage up by plan and period, over the days that are over', () => {
  const parts = listUsageParts(buildSubscription(two), 'base', new Date('2024-03-02T12:00:00Z'));
  expect(parts.map(({ planId, from, until, ended }) => [planId, from, until, ended])).toEqual([
    ['small', '2024-01-10', '2024-02-10', true],
    ['small', '2024-02-10', '2024-02-20', true],
    ['large', '2024-02-20', '2024-03-02', false],
  ]);
});
