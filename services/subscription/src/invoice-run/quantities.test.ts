import { expect, test } from 'vitest';
import { UsageUnreadableError } from './invoice-run.errors.ts';
import { Quantities } from './quantities.ts';

const window = { meter: 'compute', from: new Date('2024-05-01T00:00:00Z'), to: new Date('2024-06-01T00:00:00Z') };
const byRegion = { ...window, groupBy: ['region'] };

test('asks for each window once, in total or by dimensions, and gives the answers back', () => {
  const quantities = new Quantities();
  for (const account of ['a', 'b', 'a']) {
    quantities.add(account, window);
    quantities.add(account, byRegion);
  }
  const request = { meter: 'compute', from: '2024-05-01T00:00:00.000Z', to: '2024-06-01T00:00:00.000Z' };
  expect(quantities.requests).toEqual(['a', 'b'].map((accountId) => ({ accountId, ...request })));
  expect(quantities.groupedRequests).toEqual(
    ['a', 'b'].map((accountId) => ({ accountId, ...request, groupBy: ['region'] })),
  );
  const groups = [{ values: { region: 'eu' }, quantity: '3' }];
  quantities.answer(['1', '2'], [[], groups]);
  expect(quantities.finderFor('b')(window)).toBe('2');
  expect(quantities.finderFor('b')(byRegion)).toEqual(groups);
  expect(quantities.finderFor('c')(window)).toBe('0');
  expect(quantities.finderFor('c')(byRegion)).toEqual([]);
});

test('a window whose quantity could not be told has none, and those beside it have theirs', () => {
  const quantities = new Quantities();
  quantities.add('a', byRegion);
  quantities.add('b', byRegion);
  quantities.answer([], [{ problem: 'no such dimension' }, [{ values: { region: 'eu' }, quantity: '3' }]]);
  expect(() => quantities.finderFor('a')(byRegion)).toThrow(UsageUnreadableError);
  expect(quantities.finderFor('b')(byRegion)).toHaveLength(1);
});

test('refuses answers that are not one for each request', () => {
  const quantities = new Quantities();
  quantities.add('a', byRegion);
  expect(() => quantities.answer([], [])).toThrow('0 quantities for 1 requests');
});
