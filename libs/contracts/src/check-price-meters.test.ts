import { expect, test } from 'vitest';
import { checkPriceMeters, metersOf } from './check-price-meters.ts';
import type { PriceModel } from './prices.ts';

const meters = new Map([
  ['calls', []],
  ['compute', ['region', 'size']],
]);

function matrix(meter: string, ...dimensions: string[]): PriceModel {
  return { model: 'matrix', meter, dimensions, cells: [], otherUnitAmount: '1' };
}

function check(...models: PriceModel[]) {
  return checkPriceMeters(
    models.map((model) => ({ model })),
    meters,
  );
}

test('takes fees, seats, usage of meters that exist, and a matrix by some of the dimensions of its meter', () => {
  const models: PriceModel[] = [
    { model: 'flat', amount: '1', timing: 'advance' },
    { model: 'per_unit', unitAmount: '1' },
    { model: 'per_unit', unitAmount: '1', meter: 'calls' },
    matrix('compute', 'region', 'size'),
    matrix('compute', 'size'),
  ];
  expect(check(...models)).toEqual([]);
  expect(metersOf(models.map((model) => ({ model })))).toEqual(['calls', 'compute']);
});

test('names every meter that does not exist and every dimension that its meter does not have', () => {
  expect(
    check(
      { model: 'per_unit', unitAmount: '1', meter: 'mails' },
      matrix('calls', 'region'),
      matrix('compute', 'region', 'zone'),
    ),
  ).toEqual([
    { path: '/prices/0/model/meter', message: '"mails" is not the key of a meter: create it first' },
    { path: '/prices/1/model/dimensions/0', message: '"region" is no dimension of the meter calls: it has none' },
    {
      path: '/prices/2/model/dimensions/1',
      message: '"zone" is no dimension of the meter compute: it has region, size',
    },
  ]);
});
