import { expect, test } from 'vitest';
import { checkPlacement, maximumLevels, type PayerStep } from './payer.ts';

function buildLine(length: number): PayerStep[] {
  return Array.from({ length }, (_, index) => ({
    accountId: 'parent',
    payerId: index === 0 ? 'parent' : `above-${index}`,
    currency: 'EUR',
    level: index + 1,
  }));
}
const placement = { parentId: 'parent', currency: 'EUR', levels: 1, path: '/parentId' };
const messagesOf = (change: Partial<typeof placement>, steps: PayerStep[]) =>
  checkPlacement({ ...placement, ...change }, steps).map(({ path, message }) => `${path} ${message}`);

test('a parent must exist and have the same currency', () => {
  expect(messagesOf({}, buildLine(1))).toEqual([]);
  expect(messagesOf({ path: '/accounts/3/parentId' }, [])).toEqual([
    '/accounts/3/parentId must be the id of an account of this tenant',
  ]);
  expect(messagesOf({ currency: 'USD' }, buildLine(1))).toEqual([
    '/parentId makes an account in USD be paid for by one in EUR',
  ]);
});

test('a line of payers ends at the tenth account, counted with what is moved', () => {
  expect(messagesOf({}, buildLine(maximumLevels - 1))).toEqual([]);
  expect(messagesOf({}, buildLine(maximumLevels))).toHaveLength(1);
  expect(messagesOf({ levels: 4 }, buildLine(maximumLevels - 4))).toEqual([]);
  expect(messagesOf({ levels: 4 }, buildLine(maximumLevels - 3))).toEqual([
    '/parentId must leave at most 10 accounts in one line of payers',
  ]);
});
