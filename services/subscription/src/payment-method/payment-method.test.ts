import { expect, test } from 'vitest';
import { dueNotice, expiresOn, type PaymentMethod } from './payment-method.ts';

const card = (changes: Partial<PaymentMethod> = {}): PaymentMethod => ({
  id: 'a',
  accountId: 'a',
  gatewayAccountId: 'a',
  gatewayCustomerId: 'cus_1',
  gatewayMethodId: 'pm_1',
  type: 'card',
  brand: 'visa',
  last4: '4242',
  expiryMonth: 2,
  expiryYear: 2028,
  isDefault: true,
  status: 'active',
  declineCode: null,
  expiryNoticeDays: null,
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  ...changes,
});

test('a card can be charged until the last day of its month', () => {
  expect(expiresOn(card())).toBe('2028-02-29');
  expect(expiresOn(card({ expiryMonth: 12, expiryYear: 2027 }))).toBe('2027-12-31');
  expect(expiresOn(card({ expiryMonth: null, expiryYear: null }))).toBeUndefined();
});

test.each([
  ['2028-01-29', null, undefined],
  ['2028-01-30', null, 30],
  ['2028-02-10', 30, undefined],
  ['2028-02-22', 30, 7],
  ['2028-02-22', null, 7],
  ['2028-02-29', 7, undefined],
  ['2028-03-01', null, undefined],
])('on %s, after the notice of %s days, %s is due', (today, expiryNoticeDays, expected) => {
  expect(dueNotice(card({ expiryNoticeDays }), today)).toBe(expected);
});
