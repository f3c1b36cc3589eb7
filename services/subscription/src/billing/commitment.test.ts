import { expect, test } from 'vitest';
import { startOfDay } from '@plinth/common/local-date';
import { compilePlan } from './billable-plan.ts';
import { planBilling, type BillableSubscription } from './billing.ts';
import { billCommitment, periodsOf, settledTerm } from './commitment.ts';

const zone = 'Europe/Berlin';
const commitment = { amount: '1200', term: { unit: 'year', count: 1 } as const, firstIndex: 0 };

function buildSubscription(endsAt: Date | null = null): BillableSubscription {
  const startsAt = startOfDay(zone, '2024-01-01');
  const plan = compilePlan({ planId: 'plan', version: 1, prices: [] });
  return {
    id: 'sub',
    accountId: 'acc',
    currency: 'EUR',
    basis: 'day',
    schedule: { anchor: '2024-01-01', period: { unit: 'month', count: 1 }, zone },
    firstIndex: 0,
    startsAt,
    endsAt,
    phases: [{ id: 'p', track: 'base', from: '2024-01-01', to: null, startsAt, endsAt, quantity: 1, plan }],
  };
}

test('counts the periods of a term, and none where it is not a whole number of them', () => {
  expect(periodsOf({ unit: 'year', count: 1 }, { unit: 'month', count: 3 })).toBe(4);
  expect(periodsOf({ unit: 'week', count: 4 }, { unit: 'day', count: 14 })).toBe(2);
  expect(periodsOf({ unit: 'year', count: 1 }, { unit: 'week', count: 1 })).toBeUndefined();
  expect(periodsOf({ unit: 'month', count: 5 }, { unit: 'month', count: 2 })).toBeUndefined();
});

test('settles a term with its last period, or when the subscription ends', () => {
  const subscription = buildSubscription();
  expect(settledTerm(subscription, planBilling(subscription, 11)!, commitment)).toBeUndefined();
  expect(settledTerm(subscription, planBilling(subscription, 12)!, commitment)).toEqual({
    from: 0,
    to: 11,
    served: { used: 366, of: 366 },
  });
  expect(settledTerm(subscription, planBilling(subscription, 24)!, commitment)).toMatchObject({ from: 12, to: 23 });
  const ending = buildSubscription(startOfDay(zone, '2024-03-15'));
  expect(settledTerm(ending, planBilling(ending, 3)!, commitment)).toEqual({
    from: 0,
    to: 2,
    served: { used: 74, of: 366 },
  });
});

test('charges what was not spent, and nothing when enough was', () => {
  const subscription = buildSubscription();
  const billing = planBilling(subscription, 12)!;
  expect(billCommitment(subscription, billing, commitment, 100_050n)).toMatchObject({
    kind: 'minimum',
    priceKey: 'commitment',
    periodIndex: 11,
    amountMinor: 19_950n,
    amountPrecise: '199.5',
  });
  expect(billCommitment(subscription, billing, commitment, 120_000n)).toBeUndefined();
});
