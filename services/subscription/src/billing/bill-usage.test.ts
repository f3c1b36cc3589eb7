import { startOfDay } from '@plinth/common/local-date';
import { expect, test } from 'vitest';
import { buildPlan } from '../../test/billing-life.builders.ts';
import { billPeriod } from './bill-period.ts';
import { planBilling, type BillablePhase } from './billing.ts';

const zone = 'Europe/Berlin';
const bulk = {
  model: 'bulk_commitment',
  meter: 'calls',
  quantity: '300',
  amount: '30',
  overageUnitAmount: '0.2',
} as const;

function buildPhase(plan: BillablePhase['plan'], from: string, to: string, quantity = 1): BillablePhase {
  const [startsAt, endsAt] = [startOfDay(zone, from), startOfDay(zone, to)];
  return { id: from, track: 'base', from, to, startsAt, endsAt, quantity, plan };
}

/** Price, amount and part of each usage line of April, with quantities by meter in each phase of it. */
function billApril(phases: BillablePhase[], quantities: Readonly<Record<string, string>>) {
  const subscription = {
    id: 'sub',
    accountId: 'acc',
    currency: 'EUR',
    basis: 'day' as const,
    schedule: { anchor: '2024-04-01', period: { unit: 'month', count: 1 } as const, zone },
    firstIndex: 0,
    startsAt: phases[0]!.startsAt,
    endsAt: phases.at(-1)!.endsAt,
    phases,
  };
  const billing = planBilling(subscription, 1)!;
  const lines = billPeriod({ subscription, billing, findQuantity: ({ meter }) => quantities[meter]! });
  return lines.map(({ priceKey, amountMinor, detail }) => [priceKey, amountMinor, detail['proration']]);
}

test('prorates committed units and the bounds of a percentage in a part of a period, and no flat amount at zero', () => {
  const plan = buildPlan({
    bulk,
    fees: { model: 'percentage', meter: 'paid', rate: '1', minimumAmount: '6', maximumAmount: '9' },
    access: {
      model: 'graduated',
      meter: 'seats',
      tiers: [{ upTo: null, unitAmount: '1', flatAmount: '5' }],
      flatAtZero: true,
    },
  });
  const quantities = { calls: '150', paid: '10', seats: '0' };
  expect(billApril([buildPhase(plan, '2024-04-01', '2024-05-01')], quantities)).toEqual([
    ['bulk', 3000n, undefined],
    ['fees', 600n, undefined],
    ['access', 500n, undefined],
  ]);
  const proration = { basis: 'day', used: 10, of: 30 };
  const part = [buildPhase(plan, '2024-04-01', '2024-04-11')];
  expect(billApril(part, quantities)).toEqual([
    ['bulk', 2000n, proration],
    ['fees', 200n, proration],
    ['access', 500n, undefined],
  ]);
  expect(billApril(part, { ...quantities, paid: '5000' })[1]).toEqual(['fees', 300n, proration]);
});

test('a change of seats within a period leaves its commitment whole', () => {
  const plan = buildPlan({ bulk });
  const phases = [buildPhase(plan, '2024-04-01', '2024-04-11'), buildPhase(plan, '2024-04-11', '2024-05-01', 2)];
  expect(billApril(phases, { calls: '10' })).toEqual([
    ['bulk', 3000n, undefined],
    ['bulk', 0n, undefined],
  ]);
});
