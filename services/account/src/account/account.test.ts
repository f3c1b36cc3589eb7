import { expect, test } from 'vitest';
import { toAccount, uniqueByKey } from './account.ts';

const now = new Date(0);
const input = { name: 'Acme', currency: 'EUR', timeZone: 'UTC', metadata: {} };

test('an account without a key is called by its id', () => {
  expect(toAccount(input, 'id-1', now)).toMatchObject({ id: 'id-1', key: 'id-1', email: null, version: 1 });
  expect(toAccount({ ...input, key: 'acme' }, 'id-1', now)).toMatchObject({ id: 'id-1', key: 'acme' });
});

test('the first of several accounts with one key stays, and keys are in order', () => {
  const accounts = ['b', 'a', 'b'].map((key, index) => toAccount({ ...input, key }, `id-${index}`, now));
  expect(uniqueByKey(accounts).map(({ id }) => id)).toEqual(['id-1', 'id-0']);
});
