import type { Principal } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { isCoveredBy, isWithin, limitsOf, type ApprovalRule } from './approval.ts';

const rule = (holder: string, amountMinor: bigint | null, dayMinor: bigint | null): ApprovalRule => ({
  id: holder,
  action: 'refund',
  holder,
  currency: 'EUR',
  amountMinor,
  dayMinor,
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
});
const person = (changes: Partial<Principal> = {}): Principal => ({ kind: 'user', subject: 'a', roles: [], ...changes });

test('without a rule administrators have no limit and everybody else may give away nothing', () => {
  expect(isWithin(limitsOf(person({ roles: ['org_admin'] }), []), 10n ** 20n, 0n)).toBe(true);
  expect(isWithin(limitsOf(person({ roles: ['org_member'] }), []), 1n, 0n)).toBe(false);
  expect(isWithin(limitsOf(person(), []), 0n, 0n)).toBe(true);
});

test('a rule for administrators takes the place of having no limit', () => {
  const limits = limitsOf(person({ roles: ['org_admin'] }), [rule('org_admin', 100n, null)]);
  expect([isWithin(limits, 100n, 10n ** 9n), isWithin(limits, 101n, 0n)]).toEqual([true, false]);
});

test('whoever has several limits may use any, each with its own sum', () => {
  const grants = [{ permissions: ['limit:one', 'limit:two'] }];
  const limits = limitsOf(person({ grants }), [rule('limit:one', 100n, 100n), rule('limit:two', 10n, 1000n)]);
  expect([isWithin(limits, 100n, 0n), isWithin(limits, 100n, 1n), isWithin(limits, 10n, 500n)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('support staff who act as an administrator give away nothing', () => {
  expect(isWithin(limitsOf(person({ roles: ['org_admin'], actor: 'staff' }), []), 1n, 0n)).toBe(false);
});

test('no limit is covered by no limit alone', () => {
  expect(isCoveredBy({ amountMinor: null, dayMinor: 1n }, [{ amountMinor: 5n, dayMinor: null }])).toBe(false);
  expect(isCoveredBy({ amountMinor: 5n, dayMinor: 9n }, [{ amountMinor: 5n, dayMinor: null }])).toBe(true);
});

test('what it comes to is not known: only a limit without any bound covers it', () => {
  const bounded = [
    { amountMinor: 100n, dayMinor: null },
    { amountMinor: null, dayMinor: 100n },
  ];
  expect(isWithin(bounded, null, 0n)).toBe(false);
  expect(isWithin([...bounded, { amountMinor: null, dayMinor: null }], null, 0n)).toBe(true);
});
