import type { PriceModel } from '@plinth/contracts';
import { describe, expect, test } from 'vitest';
import { checkDistinct, checkEntitlements, checkFlatSum, checkModel, type GrantedFeature } from './plan.ts';

const largest = '999999999999999999.999999999999';
const flat = (amount: string): PriceModel => ({ model: 'flat', amount, timing: 'advance' });

test('names each key that an earlier entry has', () => {
  expect(checkDistinct(['a', 'b', 'a', 'a'], '/prices', 'key')).toEqual([
    { path: '/prices/2/key', message: 'repeats "a"' },
    { path: '/prices/3/key', message: 'repeats "a"' },
  ]);
});

describe('what is charged together', () => {
  test('fits when it fills an amount to its last digit', () => {
    expect(checkFlatSum([flat(largest)])).toEqual([]);
    expect(checkFlatSum([flat('999999999999999999'), flat('0.999999999999')])).toEqual([]);
  });

  test('is refused at the flat price with which it no longer fits, other prices not counted', () => {
    const seats: PriceModel = { model: 'per_unit', unitAmount: largest };
    expect(checkFlatSum([seats, flat('0.000000000001'), seats, flat(largest), flat('1')])).toEqual([
      { path: '/3/model/amount', message: 'makes the flat prices add up to more than 18 digits before the point' },
    ]);
  });

  test('counts the flat amounts of all tiers of a graduated price and of none of a volume price', () => {
    const tiers = [
      { upTo: '1', unitAmount: '0', flatAmount: largest },
      { upTo: null, unitAmount: '0', flatAmount: '1' },
    ];
    expect(checkModel({ model: 'volume', tiers })).toEqual([]);
    expect(checkModel({ model: 'graduated', tiers }).map((fault) => fault.path)).toEqual(['/tiers/1/flatAmount']);
  });
});

describe('entitlements', () => {
  const feature = (key: string, type: GrantedFeature['type'], productId = 'api') =>
    [key, { id: key, productId, type }] as const;
  const features = new Map([
    feature('sso', 'boolean'),
    feature('seats', 'limit'),
    feature('calls', 'metered'),
    feature('other', 'boolean', 'another product'),
  ]);
  const check = (key: string, value: boolean | string) =>
    checkEntitlements([{ feature: key, value }], features, 'api').map((fault) => fault.path);

  test.each([
    ['sso', true],
    ['sso', false],
    ['seats', '0'],
    ['calls', '1000000.5'],
  ])('%s may be %s', (key, value) => {
    expect(check(key, value)).toEqual([]);
  });

  test.each([
    ['sso', '1', 'value'],
    ['seats', true, 'value'],
    ['calls', false, 'value'],
    ['seats', '-1', 'value'],
    ['nothing', true, 'feature'],
    ['other', true, 'feature'],
  ])('%s may not be %s', (key, value, field) => {
    expect(check(key, value)).toEqual([`/entitlements/0/${field}`]);
  });
});
