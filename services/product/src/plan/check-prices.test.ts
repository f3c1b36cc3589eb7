import type { PriceModel } from '@plinth/contracts';
import { describe, expect, test } from 'vitest';
import { buildTerms, buildVersionPrice } from '../../test/builders.ts';
import { checkFlatSum, checkModel, checkPrices } from './check-prices.ts';

const largest = '999999999999999999.999999999999';
const flat = (amount: string): PriceModel => ({ model: 'flat', amount, timing: 'advance' });

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
    const rates = tiers.map(({ unitAmount: rate, ...tier }) => ({ ...tier, rate }));
    const percentage: PriceModel = { model: 'graduated_percentage', meter: 'turnover', tiers: rates };
    expect(checkModel(percentage).map((fault) => fault.path)).toEqual(['/tiers/1/flatAmount']);
  });

  test('is added up in each currency by itself', () => {
    const price = (key: string, usd: string) => buildVersionPrice(key, flat('1'), { models: { USD: flat(usd) } });
    const terms = buildTerms({ currencies: ['USD'], prices: [price('a', largest), price('b', '1')] });
    expect(checkPrices(terms).map((fault) => fault.path)).toEqual(['/prices/1/models/USD/amount']);
  });
});

describe('prices in several currencies', () => {
  const matrix: PriceModel = {
    model: 'matrix',
    meter: 'calls',
    dimensions: ['region'],
    cells: [{ values: { region: 'eu' }, unitAmount: '1' }],
    otherUnitAmount: '2',
  };
  const check = (model: PriceModel, models: Record<string, PriceModel>) =>
    checkPrices(buildTerms({ currencies: ['USD'], prices: [buildVersionPrice('p', model, { models })] }));

  test('measure the same thing at the same time and may differ in amounts and tiers', () => {
    expect(check(flat('1'), { USD: flat('2') })).toEqual([]);
    const tiers = [{ upTo: null, unitAmount: '1' }];
    const perUnit: PriceModel = { model: 'per_unit', unitAmount: '1', meter: 'calls' };
    expect(check(perUnit, { USD: { model: 'graduated', tiers, meter: 'calls' } })).toEqual([]);
    expect(check(flat('1'), { USD: { model: 'flat', amount: '1', timing: 'arrears' } })).toEqual([
      { path: '/prices/0/models/USD/timing', message: 'must be "advance", as in the main currency' },
    ]);
    expect(check(perUnit, { USD: { ...perUnit, meter: 'storage' } })).toEqual([
      { path: '/prices/0/models/USD/meter', message: 'must be "calls", as in the main currency' },
    ]);
    expect(check(matrix, { USD: { model: 'per_unit', unitAmount: '1', meter: 'calls' } })).toEqual([
      { path: '/prices/0/models/USD/dimensions', message: 'must be ["region"], as in the main currency' },
    ]);
  });

  test('have a model for each currency of the plan and for no other', () => {
    expect(check(flat('1'), { GBP: flat('1') }).map((fault) => fault.path)).toEqual([
      '/prices/0/models',
      '/prices/0/models/GBP',
    ]);
  });
});

test('a price belongs to phases that the plan has', () => {
  const prices = [buildVersionPrice('p', flat('1'), { phases: ['evergreen', 'trial'] })];
  expect(checkPrices(buildTerms({ prices }))).toEqual([
    { path: '/prices/0/phases/1', message: 'is not the key of a phase of the plan' },
  ]);
});
