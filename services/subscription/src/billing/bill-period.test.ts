import type { Price, PriceModel } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { startOfDay } from '@plinth/common/local-date';
import { compilePlan } from './billable-plan.ts';
import { billPeriod, type ChargedLine } from './bill-period.ts';
import { listUsageWindows } from './bill-usage.ts';
import { planBilling, type BillablePhase, type BillableSubscription } from './billing.ts';
import type { BilledLine } from './line.ts';

const graduated: PriceModel = {
  model: 'graduated',
  meter: 'api_call',
  tiers: [
    { upTo: '100', unitAmount: '1' },
    { upTo: null, unitAmount: '0.5' },
  ],
};
let priceCount = 0;

function buildPlan(models: Readonly<Record<string, PriceModel>>, version = 1): BillablePhase['plan'] {
  const prices = Object.entries(models).map(([key, model]): Price => ({
    id: `price-${(priceCount += 1)}`,
    key,
    description: key,
    model,
    taxCategory: 'standard',
    phases: null,
  }));
  return compilePlan({ planId: `plan-${priceCount}`, version, prices });
}

function buildPhase(plan: BillablePhase['plan'], from: string, changes: Partial<BillablePhase> = {}): BillablePhase {
  const to = changes.to ?? null;
  return {
    id: `phase-${from}`,
    track: 'base',
    from,
    to,
    startsAt: startOfDay('Europe/Berlin', from),
    endsAt: to === null ? null : startOfDay('Europe/Berlin', to),
    quantity: 1,
    plan,
    ...changes,
  };
}

function buildSubscription(phases: BillablePhase[], changes: Partial<BillableSubscription> = {}): BillableSubscription {
  const schedule = { anchor: phases[0]!.from, period: { unit: 'month', count: 1 } as const, zone: 'Europe/Berlin' };
  const [startsAt, endsAt] = [phases[0]!.startsAt, phases.at(-1)!.endsAt];
  return {
    id: 'sub',
    accountId: 'acc',
    currency: 'EUR',
    basis: 'day',
    schedule,
    firstIndex: 0,
    startsAt,
    endsAt,
    phases,
    ...changes,
  };
}

function bill(
  subscription: BillableSubscription,
  index: number,
  quantities: Readonly<Record<string, string>> = {},
  charged?: ChargedLine[],
): BilledLine[] {
  const billing = planBilling(subscription, index);
  if (billing === undefined) throw new Error('there is no such billing');
  return billPeriod({
    subscription,
    billing,
    charged,
    findQuantity: ({ from }) => quantities[from.toISOString()] ?? '0',
  });
}

const summary = (lines: readonly BilledLine[]) =>
  lines.map((line) => [line.kind, line.priceKey, line.periodIndex, line.amountMinor]);

test('charges advance fees for the period that begins, the others for the one that ended', () => {
  const plan = buildPlan({
    base: { model: 'flat', amount: '10', timing: 'advance' },
    support: { model: 'flat', amount: '5', timing: 'arrears' },
    calls: graduated,
  });
  const subscription = buildSubscription([buildPhase(plan, '2024-01-31')]);
  expect(summary(bill(subscription, 0))).toEqual([['recurring', 'base', 0, 1000n]]);
  const lines = bill(subscription, 1, { '2024-01-30T23:00:00.000Z': '150' });
  expect(summary(lines)).toEqual([
    ['recurring', 'support', 0, 500n],
    ['usage', 'calls', 0, 12500n],
    ['recurring', 'base', 1, 1000n],
  ]);
  expect(lines[1]).toMatchObject({
    start: new Date('2024-01-30T23:00:00Z'),
    end: new Date('2024-02-28T23:00:00Z'),
    amountPrecise: '125',
  });
});

test('splits a month with a clock change at the local midnight of the change', () => {
  const [small, large] = [
    buildPlan({ base: { model: 'flat', amount: '31', timing: 'arrears' } }),
    buildPlan({ base: { model: 'flat', amount: '62', timing: 'arrears' } }),
  ];
  const subscription = buildSubscription([
    buildPhase(small, '2024-03-01', { to: '2024-03-31' }),
    buildPhase(large, '2024-03-31'),
  ]);
  const lines = bill(subscription, 1);
  expect(lines.map((line) => line.amountMinor)).toEqual([3000n, 200n]);
  expect(lines[1]).toMatchObject({
    start: new Date('2024-03-30T23:00:00Z'),
    end: new Date('2024-03-31T22:00:00Z'),
    detail: { proration: { used: 1, of: 31 } },
  });
});

test('one price over several phases adds up to the amount, the larger part by the largest remainder', () => {
  const plan = buildPlan({ base: { model: 'flat', amount: '10', timing: 'arrears' } });
  const phases = [
    buildPhase(plan, '2024-04-01', { to: '2024-04-11' }),
    buildPhase(plan, '2024-04-11', { to: '2024-04-21' }),
    buildPhase(plan, '2024-04-21'),
  ];
  const lines = bill(buildSubscription(phases), 1);
  expect(lines.map((line) => line.amountMinor)).toEqual([334n, 333n, 333n]);
});

test('does not begin tiers anew when only the seats change', () => {
  const plan = buildPlan({ calls: graduated });
  const phases = [
    buildPhase(plan, '2024-04-01', { to: '2024-04-11' }),
    buildPhase(plan, '2024-04-11', { quantity: 2 }),
  ];
  const lines = bill(buildSubscription(phases), 1, {
    '2024-03-31T22:00:00.000Z': '80',
    '2024-04-10T22:00:00.000Z': '80',
  });
  expect(lines.map((line) => line.amountMinor)).toEqual([8000n, 5000n]);
  expect(lines[1]).toMatchObject({ quantityRaw: '80', detail: { quantityBefore: '80' } });
});

test('negative usage keeps its quantity and costs nothing', () => {
  const plan = buildPlan({ calls: graduated });
  const [line] = bill(buildSubscription([buildPhase(plan, '2024-04-01')]), 1, { '2024-03-31T22:00:00.000Z': '-3.5' });
  expect(line).toMatchObject({ quantityRaw: '-3.5', quantityBilled: '0', amountMinor: 0n });
});

test('charges seats by the peak so far, from the day on which they were added', () => {
  const plan = buildPlan({ seats: { model: 'per_unit', unitAmount: '30' } });
  const phases = [
    buildPhase(plan, '2024-04-01', { quantity: 5, to: '2024-04-11' }),
    buildPhase(plan, '2024-04-11', { quantity: 8, to: '2024-04-21' }),
    buildPhase(plan, '2024-04-21', { quantity: 3 }),
  ];
  const lines = bill(buildSubscription(phases), 0);
  expect(lines.map((line) => [line.quantityRaw, line.quantityBilled, line.amountMinor])).toEqual([
    ['5', '5', 5000n],
    ['8', '8', 8000n],
    ['3', '8', 8000n],
  ]);
});

test('settles an advance fee after a change: the old plan is given back, the new one charged by days', () => {
  const [small, large] = [
    buildPlan({ base: { model: 'flat', amount: '30', timing: 'advance' } }),
    buildPlan({ base: { model: 'flat', amount: '60', timing: 'advance' } }),
  ];
  const before = buildSubscription([buildPhase(small, '2024-04-01')]);
  const charged = bill(before, 0).map((line) => ({ ...line, waived: false }));
  const after = buildSubscription([
    buildPhase(small, '2024-04-01', { to: '2024-04-11' }),
    buildPhase(large, '2024-04-11'),
  ]);
  const lines = bill(after, 1, {}, charged);
  expect(summary(lines)).toEqual([
    ['adjustment', 'base', 0, -2000n],
    ['recurring', 'base', 0, 4000n],
    ['recurring', 'base', 1, 6000n],
  ]);
  expect(lines[0]).toMatchObject({
    start: new Date('2024-04-10T22:00:00Z'),
    end: new Date('2024-04-30T22:00:00Z'),
    amountPrecise: '-20',
  });
  const waived = bill(
    after,
    1,
    {},
    charged.map((line) => ({ ...line, waived: true })),
  );
  expect(summary(waived)).toEqual([
    ['recurring', 'base', 0, 4000n],
    ['recurring', 'base', 1, 6000n],
  ]);
});

test('a change on the first day gives the whole fee back', () => {
  const [small, large] = [
    buildPlan({ base: { model: 'flat', amount: '30', timing: 'advance' } }),
    buildPlan({ base: { model: 'flat', amount: '60', timing: 'advance' } }),
  ];
  const charged = bill(buildSubscription([buildPhase(small, '2024-04-01')]), 0).map((line) => ({
    ...line,
    waived: false,
  }));
  const after = buildSubscription([{ ...buildPhase(large, '2024-04-01'), id: 'other' }]);
  expect(summary(bill(after, 1, {}, charged))).toEqual([
    ['recurring', 'base', 0, 6000n],
    ['adjustment', 'base', 0, -3000n],
    ['recurring', 'base', 1, 6000n],
  ]);
});

test('bills an ending by its days, and nothing after it', () => {
  const plan = buildPlan({
    support: { model: 'flat', amount: '29', timing: 'arrears' },
    base: { model: 'flat', amount: '10', timing: 'advance' },
  });
  const subscription = buildSubscription([buildPhase(plan, '2024-02-01', { to: '2024-02-11' })]);
  expect(planBilling(subscription, 1)).toMatchObject({ billedAt: new Date('2024-02-10T23:00:00Z') });
  expect(summary(bill(subscription, 1))).toEqual([['recurring', 'support', 0, 1000n]]);
  expect(planBilling(subscription, 2)).toBeUndefined();
});

test.each([
  ['JPY', '1234.5', 1235n, '1234.5'],
  ['KWD', '1.2345', 1235n, '1.2345'],
  ['EUR', '0.005', 1n, '0.005'],
])('rounds once to the digits of %s and keeps the precise amount', (currency, amount, minor, precise) => {
  const plan = buildPlan({ base: { model: 'flat', amount, timing: 'arrears' } });
  expect(bill(buildSubscription([buildPhase(plan, '2024-04-01')], { currency }), 1)[0]).toMatchObject({
    amountMinor: minor,
    amountPrecise: precise,
  });
});

test('asks for the usage of each phase, divided at local midnight', () => {
  const plan = buildPlan({ calls: graduated });
  const subscription = buildSubscription([
    buildPhase(plan, '2024-03-01', { to: '2024-03-31' }),
    buildPhase(plan, '2024-03-31'),
  ]);
  expect(
    listUsageWindows(planBilling(subscription, 1)!.closing!).map(({ from, to }) => [
      from.toISOString(),
      to.toISOString(),
    ]),
  ).toEqual([
    ['2024-02-29T23:00:00.000Z', '2024-03-30T23:00:00.000Z'],
    ['2024-03-30T23:00:00.000Z', '2024-03-31T22:00:00.000Z'],
  ]);
});

test('a start before the anchor is billed as a part of the real period before it', () => {
  const plan = buildPlan({ base: { model: 'flat', amount: '31', timing: 'advance' }, calls: graduated });
  const phases = [buildPhase(plan, '2024-03-11')];
  const schedule = { anchor: '2024-04-01', period: { unit: 'month', count: 1 } as const, zone: 'Europe/Berlin' };
  const subscription = buildSubscription(phases, { schedule, firstIndex: -1 });
  expect(planBilling(subscription, -1)).toMatchObject({ billedAt: new Date('2024-03-10T23:00:00Z') });
  expect(summary(bill(subscription, -1))).toEqual([['recurring', 'base', -1, 2100n]]);
  expect(planBilling(subscription, 0)).toMatchObject({ billedAt: new Date('2024-03-31T22:00:00Z') });
  expect(summary(bill(subscription, 0, { '2024-03-10T23:00:00.000Z': '7' }))).toEqual([
    ['usage', 'calls', -1, 700n],
    ['recurring', 'base', 0, 3100n],
  ]);
});

test('a trial waives fees and seats, not usage', () => {
  const prices = { base: { model: 'flat', amount: '30', timing: 'advance' }, calls: graduated } as const;
  const whole = buildPlan(prices);
  const tried = { ...whole, advance: [], arrears: [] };
  const phases = [buildPhase(tried, '2024-04-01', { to: '2024-04-16' }), buildPhase(whole, '2024-04-16')];
  const lines = bill(buildSubscription(phases), 1, { '2024-03-31T22:00:00.000Z': '5' });
  expect(summary(lines)).toEqual([
    ['usage', 'calls', 0, 500n],
    ['usage', 'calls', 0, 0n],
    ['recurring', 'base', 1, 3000n],
  ]);
  expect(summary(bill(buildSubscription(phases), 0))).toEqual([['recurring', 'base', 0, 1500n]]);
});

test('leaves out the prices of other phases, and fees where they are waived', () => {
  const price = (key: string, phases: string[] | null): Price => ({
    id: key,
    key,
    description: key,
    model: { model: 'flat', amount: '1', timing: 'advance' },
    taxCategory: 'standard',
    phases,
  });
  const version = { planId: 'p', version: 1, prices: [price('all', null), price('intro', ['intro'])] };
  const keys = (part: Parameters<typeof compilePlan>[1]) =>
    compilePlan(version, part).advance.map(({ price: { key } }) => key);
  expect(keys({ phaseKey: 'intro', feesWaived: false })).toEqual(['all', 'intro']);
  expect(keys({ phaseKey: 'evergreen', feesWaived: false })).toEqual(['all']);
  expect(keys({ phaseKey: 'intro', feesWaived: true })).toEqual([]);
});

test('prorates by seconds where the catalogue says so', () => {
  const plan = buildPlan({ base: { model: 'flat', amount: '30', timing: 'arrears' } });
  const half = new Date('2024-04-15T22:00:00Z');
  const phases = [
    buildPhase(plan, '2024-04-01', { to: '2024-04-16', endsAt: new Date(half.getTime() + 43_200_000) }),
    buildPhase(plan, '2024-04-16', { startsAt: new Date(half.getTime() + 43_200_000) }),
  ];
  const lines = bill(buildSubscription(phases, { basis: 'second' }), 1);
  expect(lines.map((line) => line.amountMinor)).toEqual([1550n, 1450n]);
  expect(lines[0]!.detail).toMatchObject({ proration: { basis: 'second', used: 1_339_200, of: 2_592_000 } });
});

test('bills each add-on beside the plan, also when both have the same price', () => {
  const plan = buildPlan({ seats: { model: 'per_unit', unitAmount: '10' } });
  const phases = [
    buildPhase(plan, '2024-04-01', { quantity: 4 }),
    buildPhase(plan, '2024-04-16', { id: 'add-on', track: 'add-on', quantity: 2 }),
  ];
  expect(bill(buildSubscription(phases), 0).map((line) => [line.phaseId, line.amountMinor])).toEqual([
    ['phase-2024-04-01', 4000n],
    ['add-on', 1000n],
  ]);
});

test('lifts a period to its minimum spend and lowers it to its maximum, counting what was charged in advance', () => {
  const plan = buildPlan({ base: { model: 'flat', amount: '30', timing: 'advance' }, calls: graduated });
  const limited = { ...plan, minimumSpend: '60', maximumSpend: '100' };
  const subscription = buildSubscription([buildPhase(limited, '2024-04-01')]);
  const start = '2024-03-31T22:00:00.000Z';
  const closing = (quantity: string) =>
    summary(bill(subscription, 1, { [start]: quantity })).filter(([, , index]) => index === 0);
  expect(closing('10')).toEqual([
    ['usage', 'calls', 0, 1000n],
    ['minimum', 'minimum-spend', 0, 2000n],
  ]);
  expect(closing('50')).toEqual([['usage', 'calls', 0, 5000n]]);
  expect(closing('90')).toEqual([
    ['usage', 'calls', 0, 9000n],
    ['maximum', 'maximum-spend', 0, -2000n],
  ]);
});

test('prorates a minimum spend over the days that the plan applied', () => {
  const plan = { ...buildPlan({ calls: graduated }), minimumSpend: '60' };
  const other = buildPlan({ calls: graduated });
  const phases = [buildPhase(plan, '2024-04-01', { to: '2024-04-11' }), buildPhase(other, '2024-04-11')];
  expect(summary(bill(buildSubscription(phases), 1))).toEqual([
    ['usage', 'calls', 0, 0n],
    ['usage', 'calls', 0, 0n],
    ['minimum', 'minimum-spend', 0, 2000n],
  ]);
});

test('a subscription that ends as a period begins gives back what was charged for it in advance', () => {
  const plan = buildPlan({ base: { model: 'flat', amount: '30', timing: 'advance' } });
  const before = buildSubscription([buildPhase(plan, '2024-04-01')]);
  const charged = bill(before, 1).map((line) => ({ ...line, waived: false }));
  const endsAt = new Date('2024-04-30T22:00:00Z');
  const ended = buildSubscription([buildPhase(plan, '2024-04-01', { to: '2024-05-01', endsAt })]);
  expect(planBilling(ended, 2)).toMatchObject({ billedAt: endsAt });
  expect(summary(bill(ended, 2, {}, charged))).toEqual([['adjustment', 'base', 1, -3000n]]);
  expect(planBilling(ended, 3)).toBeUndefined();
});
