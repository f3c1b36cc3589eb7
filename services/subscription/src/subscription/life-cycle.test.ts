import type { PlanPhase } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { cancel, changeTrack, pause, reactivate, resume } from './life-cycle.ts';
import { changeMoment, earliestMoment, endMoment } from './moments.ts';
import { layPhases, mergePhases, stagesFrom, type TrackPlan } from './phases.ts';
import { listScheduledChanges, removeScheduled } from './scheduled-changes.ts';
import { baseTrack, midnightOf, servedPhases, spanOf, stateAt, type Subscription } from './subscription.ts';

const evergreen: PlanPhase = { key: 'evergreen', kind: 'evergreen', length: null };
const trial: PlanPhase = { key: 'trial', kind: 'trial', length: { unit: 'day', count: 14 } };
const intro: PlanPhase = { key: 'intro', kind: 'intro', length: { unit: 'month', count: 3 } };
let ids = 0;
const newId = () => `phase-${(ids += 1)}`;

function buildTrack(changes: Partial<TrackPlan> = {}, phases: readonly PlanPhase[] = [evergreen]): TrackPlan {
  return {
    track: baseTrack,
    plan: { planId: 'plan', version: 1, phases: [...phases] },
    quantity: 1,
    withTrial: true,
    countedFrom: '2024-01-31',
    ...changes,
  };
}

function buildSubscription(changes: Partial<Subscription> = {}, track: TrackPlan = buildTrack()): Subscription {
  const zone = { timeZone: 'Europe/Berlin' };
  return {
    id: 'sub',
    accountId: 'acc',
    currency: 'EUR',
    ...zone,
    startsOn: '2024-01-31',
    anchor: '2024-01-31',
    period: { unit: 'month', count: 1 },
    prorationBasis: 'day',
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
    phases: layPhases(zone, track, midnightOf(zone, '2024-01-31'), newId),
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...changes,
  };
}

const at = (text: string) => new Date(text);
const shape = ({ phases }: Pick<Subscription, 'phases'>) =>
  phases.map(({ from, to, quantity, paused, phaseKey }) => [from, to, quantity, paused ? 'paused' : phaseKey]);

test('lays the phases of a plan on the calendar, with or without its trial', () => {
  expect(stagesFrom([trial, intro, evergreen], '2024-01-31', true)).toEqual([
    { key: 'trial', kind: 'trial', from: '2024-01-31', to: '2024-02-14' },
    { key: 'intro', kind: 'intro', from: '2024-02-14', to: '2024-05-14' },
    { key: 'evergreen', kind: 'evergreen', from: '2024-05-14', to: null },
  ]);
  expect(stagesFrom([trial, intro, evergreen], '2024-01-31', false).map(({ from }) => from)).toEqual([
    '2024-01-31',
    '2024-04-30',
  ]);
});

test('a change of seats within a trial neither ends it nor begins it anew', () => {
  const before = buildSubscription({}, buildTrack({}, [trial, evergreen]));
  const track = buildTrack({ quantity: 5 }, [trial, evergreen]);
  expect(shape(changeTrack(before, track, midnightOf(before, '2024-02-05'), newId))).toEqual([
    ['2024-01-31', '2024-02-05', 1, 'trial'],
    ['2024-02-05', '2024-02-14', 5, 'trial'],
    ['2024-02-14', null, 5, 'evergreen'],
  ]);
});

test('the period of a start before the anchor has a negative index', () => {
  expect(spanOf(buildSubscription({ anchor: '2024-03-01' })).firstIndex).toBe(-2);
  expect(spanOf(buildSubscription({ anchor: '2024-02-14' })).firstIndex).toBe(-1);
  expect(spanOf(buildSubscription({ anchor: '2023-11-30' })).firstIndex).toBe(2);
});

test('a change at once takes its day, or its second where parts are measured in seconds', () => {
  const now = at('2024-03-10T15:30:20.500Z');
  expect(changeMoment(buildSubscription(), 'now', now)).toEqual({
    date: '2024-03-10',
    at: at('2024-03-09T23:00:00Z'),
  });
  expect(changeMoment(buildSubscription({ prorationBasis: 'second' }), 'now', now)).toEqual({
    date: '2024-03-10',
    at: at('2024-03-10T15:30:20Z'),
  });
  expect(changeMoment(buildSubscription(), 'period_end', now).date).toBe('2024-03-31');
});

test('a termination consumes its day, or ends in its second', () => {
  const now = at('2024-03-10T15:30:20.500Z');
  expect(endMoment(buildSubscription(), 'now', now).date).toBe('2024-03-11');
  expect(endMoment(buildSubscription(), { on: '2024-03-20' }, now).date).toBe('2024-03-21');
  expect(endMoment(buildSubscription({ prorationBasis: 'second' }), 'now', now).at).toEqual(at('2024-03-10T15:30:20Z'));
  expect(endMoment(buildSubscription(), 'now', at('2024-01-01T00:00:00Z')).date).toBe('2024-01-31');
});

test('nothing takes effect before the newest period that was charged in advance', () => {
  expect(earliestMoment(buildSubscription()).date).toBe('2024-01-31');
  expect(earliestMoment(buildSubscription({ billNextIndex: 1 })).date).toBe('2024-01-31');
  expect(earliestMoment(buildSubscription({ billNextIndex: 3 })).date).toBe('2024-03-31');
});

test('a pause divides phases at its edges, and resuming makes them whole again', () => {
  const before = buildSubscription();
  const span = { from: midnightOf(before, '2024-02-10'), to: midnightOf(before, '2024-02-20') };
  const paused = pause(before, span, newId);
  expect(shape(paused)).toEqual([
    ['2024-01-31', '2024-02-10', 1, 'evergreen'],
    ['2024-02-10', '2024-02-20', 1, 'paused'],
    ['2024-02-20', null, 1, 'evergreen'],
  ]);
  expect(resume(paused, midnightOf(before, '2024-02-01'), newId).phases).toEqual(before.phases);
  expect(shape(resume(paused, midnightOf(before, '2024-02-15'), newId))).toEqual([
    ['2024-01-31', '2024-02-10', 1, 'evergreen'],
    ['2024-02-10', '2024-02-15', 1, 'paused'],
    ['2024-02-15', null, 1, 'evergreen'],
  ]);
  expect(stateAt(paused, at('2024-02-12T00:00:00Z'))).toBe('paused');
});

test('a change within a pause stays paused until the pause ends', () => {
  const before = buildSubscription();
  const span = { from: midnightOf(before, '2024-02-10'), to: midnightOf(before, '2024-02-20') };
  const changed = changeTrack(
    pause(before, span, newId),
    buildTrack({ quantity: 3 }),
    midnightOf(before, '2024-02-15'),
    newId,
  );
  expect(shape(changed)).toEqual([
    ['2024-01-31', '2024-02-10', 1, 'evergreen'],
    ['2024-02-10', '2024-02-15', 1, 'paused'],
    ['2024-02-15', '2024-02-20', 3, 'paused'],
    ['2024-02-20', null, 3, 'evergreen'],
  ]);
});

test('taking a cancellation back brings back what was planned behind the end', () => {
  const before = buildSubscription();
  const planned = changeTrack(before, buildTrack({ quantity: 9 }), midnightOf(before, '2024-06-01'), newId);
  const canceled = cancel(planned, midnightOf(before, '2024-03-31'));
  expect(shape({ phases: servedPhases(canceled) })).toEqual([['2024-01-31', '2024-03-31', 1, 'evergreen']]);
  expect(cancel(canceled, midnightOf(before, '2024-04-30'))).toBe(canceled);
  const back = reactivate(canceled, at('2024-03-01T12:00:00Z'));
  expect(shape(back)).toEqual(shape(planned));
  expect(back).toMatchObject({ status: 'active', endsOn: null, endsAt: null });
});

test('lists what is to come and takes one of it back', () => {
  const before = buildSubscription({}, buildTrack({}, [intro, evergreen]));
  const now = at('2024-02-05T12:00:00Z');
  expect(listScheduledChanges(before, now)).toEqual([]);
  const track = buildTrack({ quantity: 4 }, [intro, evergreen]);
  const changed = changeTrack(before, track, midnightOf(before, '2024-03-31'), newId);
  const paused = pause(
    changed,
    { from: midnightOf(before, '2024-06-01'), to: midnightOf(before, '2024-07-01') },
    newId,
  );
  const scheduled = listScheduledChanges(paused, now);
  expect(scheduled.map(({ kind, on }) => [kind, on])).toEqual([
    ['change', '2024-03-31'],
    ['pause', '2024-06-01'],
    ['resume', '2024-07-01'],
  ]);
  const withoutPause = removeScheduled(paused, scheduled[1]!, track, newId);
  expect(shape(withoutPause)).toEqual(shape(changed));
  const original = buildTrack({}, [intro, evergreen]);
  const withoutChange = removeScheduled(withoutPause, scheduled[0]!, original, newId);
  const withoutId = before.phases.map((phase) => ({ ...phase, id: expect.any(String) }));
  expect(mergePhases(withoutChange.phases)).toEqual(withoutId);
});
