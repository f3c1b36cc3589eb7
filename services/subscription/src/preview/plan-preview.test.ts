import type { PlanVersion, PriceModel } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { startOfDay } from '@plinth/common/local-date';
import { buildPrice, FakePlatform } from '../../test/subscription.builders.ts';
import { compilePlan } from '../billing/billable-plan.ts';
import type { BillablePhase, BillableSubscription } from '../billing/billing.ts';
import { compareLastPeriod, costOf, listComparedWindows, type PhasePart } from './plan-preview.ts';

const zone = 'Europe/Berlin';
const fee = (amount: string, timing: 'advance' | 'arrears' = 'advance'): PriceModel => ({
  model: 'flat',
  amount,
  timing,
});
const calls = (unitAmount: string, meter = 'api_call'): PriceModel => ({ model: 'per_unit', unitAmount, meter });

function buildVersion(models: Readonly<Record<string, PriceModel>>, changes: Partial<PlanVersion> = {}): PlanVersion {
  return new FakePlatform().addPlan('tenant', models, changes);
}

function buildPhase(version: PlanVersion, from: string, changes: Partial<BillablePhase> = {}): BillablePhase {
  return {
    id: `phase-${from}`,
    track: 'base',
    from,
    to: null,
    startsAt: startOfDay(zone, from),
    endsAt: null,
    quantity: 1,
    plan: compilePlan(version, { phaseKey: 'evergreen', feesWaived: false }),
    ...changes,
  };
}

function buildSubscription(phases: readonly BillablePhase[]): BillableSubscription {
  const [first] = phases;
  return {
    id: 'sub',
    accountId: 'acc',
    currency: 'EUR',
    basis: 'day',
    schedule: { anchor: first!.from, period: { unit: 'month', count: 1 }, zone },
    firstIndex: 0,
    startsAt: first!.startsAt,
    endsAt: null,
    phases,
  };
}

const partOf = ({ id }: BillablePhase, changes: Partial<PhasePart> = {}): PhasePart => ({
  id,
  phaseKey: 'evergreen',
  phaseKind: 'evergreen',
  paused: false,
  ...changes,
});

function compare(
  phases: readonly BillablePhase[],
  proposed: PlanVersion,
  { now = '2026-03-10T00:00:00Z', quantity = '0', part = {} as Partial<PhasePart> } = {},
): [bigint, bigint] | undefined {
  const subscription = buildSubscription(phases);
  const parts = phases.map((phase) => partOf(phase, part));
  const period = compareLastPeriod(subscription, parts, proposed, new Date(now));
  if (period === undefined) return undefined;
  const find = () => quantity;
  return [costOf(subscription, period.current, find), costOf(subscription, period.proposed, find)];
}

test('costs the last period that has ended under both versions: fees of either timing and usage', () => {
  const old = buildVersion({ base: fee('10'), support: fee('5', 'arrears'), calls: calls('0.1') });
  const proposed = { ...old, version: 2, prices: [buildPrice('base', fee('12')), buildPrice('calls', calls('0.2'))] };
  expect(compare([buildPhase(old, '2026-01-31')], proposed, { quantity: '100' })).toEqual([2500n, 3200n]);
});

test('asks for the usage of both versions in the same period', () => {
  const old = buildVersion({ calls: calls('0.1') });
  const proposed = { ...old, prices: [buildPrice('stored', calls('1', 'storage_gb'))] };
  const phase = buildPhase(old, '2026-02-01');
  const period = compareLastPeriod(buildSubscription([phase]), [partOf(phase)], proposed, new Date('2026-03-10Z'));
  const [from, to] = [new Date('2026-01-31T23:00:00Z'), new Date('2026-02-28T23:00:00Z')];
  expect(listComparedWindows(period!)).toEqual([
    { meter: 'api_call', from, to },
    { meter: 'storage_gb', from, to },
  ]);
});

test('counts least and most that a period costs', () => {
  const old = buildVersion({ base: fee('10') });
  expect(compare([buildPhase(old, '2026-01-01')], { ...old, minimumSpend: '25' })).toEqual([1000n, 2500n]);
  expect(compare([buildPhase(old, '2026-01-01')], { ...old, maximumSpend: '4.5' })).toEqual([1000n, 450n]);
});

test('replaces the plan alone, for the days on which it applied', () => {
  const [small, large] = [buildVersion({ base: fee('28') }), buildVersion({ base: fee('56') })];
  const day = '2026-02-15';
  const phases = [buildPhase(small, '2026-01-01', { to: day, endsAt: startOfDay(zone, day) }), buildPhase(large, day)];
  expect(compare(phases, { ...large, prices: [buildPrice('base', fee('112'))] })).toEqual([4200n, 7000n]);
});

test('a phase in a trial costs no fees under either version, and has the prices of its phase', () => {
  const old = buildVersion({ base: fee('10') });
  const inTrial = compilePlan(old, { phaseKey: 'trial', feesWaived: true });
  const setup = { ...buildPrice('intro', fee('3')), phases: ['intro'] };
  const proposed = { ...old, prices: [buildPrice('base', fee('12')), setup] };
  const part = { phaseKey: 'trial', phaseKind: 'trial' };
  expect(compare([buildPhase(old, '2026-01-01', { plan: inTrial })], proposed, { part })).toEqual([0n, 0n]);
  expect(compare([buildPhase(old, '2026-01-01')], proposed, { part: { phaseKey: 'intro' } })).toEqual([1000n, 1500n]);
});

test('knows nothing of a subscription whose first period has not ended', () => {
  const old = buildVersion({ base: fee('10') });
  const phases = [buildPhase(old, '2026-03-01')];
  expect(compare(phases, old)).toBeUndefined();
  expect(compare(phases, old, { now: '2026-02-01T00:00:00Z' })).toBeUndefined();
  expect(compare(phases, old, { now: '2026-03-31T22:00:00Z' })).toEqual([1000n, 1000n]);
});
