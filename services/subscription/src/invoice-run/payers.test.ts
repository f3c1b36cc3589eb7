import type { AccountSummary } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { loadPayers } from './payers.ts';

function account(id: string, parentId: string | null): AccountSummary {
  return {
    id,
    key: id,
    name: id,
    email: null,
    currency: 'EUR',
    timeZone: 'UTC',
    parentId,
    customerTenantId: null,
    billing: {},
  };
}

const accounts = new Map(
  [
    account('top', null),
    account('middle', 'top'),
    account('leaf', 'middle'),
    account('x', 'y'),
    account('y', 'x'),
    account('orphan', 'gone'),
  ].map((one) => [one.id, one]),
);

test('finds the topmost account, with a call for each level', async () => {
  const calls: string[][] = [];
  const list = async (ids: string[]) => {
    calls.push(ids);
    return ids.flatMap((id) => accounts.get(id) ?? []);
  };
  const payers = await loadPayers(['leaf', 'middle', 'leaf'], list);
  expect(['leaf', 'middle', 'top'].map((id) => payers.payerIdOf(id))).toEqual(['top', 'top', 'top']);
  expect(calls).toEqual([['leaf', 'middle'], ['top']]);
});

test('ends where accounts pay in a circle, and where a parent is gone', async () => {
  const payers = await loadPayers(['x', 'orphan'], async (ids) =>
    ids.flatMap((id) => accounts.get(id) ?? []).slice(0, 10),
  );
  expect(['x', 'y']).toContain(payers.payerIdOf('x'));
  expect(payers.payerIdOf('orphan')).toBe('gone');
});
