import { expect, test } from 'vitest';
import { daysAfter, defaultSteps, dueSteps, isChargeDue } from './dunning.ts';

test('steps fall due in order, each once', () => {
  const keys = (reached: string[], days: number) => dueSteps(defaultSteps, reached, days).map(({ key }) => key);
  expect(keys([], 0)).toEqual([]);
  expect(keys([], 1)).toEqual(['day-1']);
  expect(keys(['day-1'], 2)).toEqual([]);
  expect(keys(['day-1'], 5)).toEqual(['day-3', 'day-5']);
  expect(keys(['day-1', 'day-3', 'day-5', 'day-7'], 400)).toEqual([]);
});

test('days count from the due date to the date', () => {
  expect(daysAfter('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysAfter('2024-03-30', '2024-04-01')).toBe(2);
  expect(daysAfter('2024-06-10', '2024-06-09')).toBe(-1);
});

test.each([
  ['nothing was tried yet', undefined, false, true],
  ['it failed and no step is due', { paymentMethodId: 'a', failure: 'soft' }, false, false],
  ['it failed and a step is due', { paymentMethodId: 'a', failure: 'soft' }, true, true],
  ['it was declined for good', { paymentMethodId: 'a', failure: 'hard' }, true, false],
  ['the customer has to be present', { paymentMethodId: 'a', failure: 'authentication' }, true, false],
  ['there is another payment method since', { paymentMethodId: 'b', failure: 'hard' }, false, true],
  ['nothing was tried by the gateway', { paymentMethodId: 'a', failure: 'temporary' }, false, true],
  ['it had succeeded and is open again', { paymentMethodId: 'a', failure: null }, false, true],
])('whether an invoice is charged now: %s', (_case, last, retryStepReached, expected) => {
  expect(isChargeDue(last, 'a', retryStepReached)).toBe(expected);
});
