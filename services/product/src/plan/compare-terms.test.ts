import type { PriceModel } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { buildTerms, buildVersionPrice } from '../../test/builders.ts';
import { compareTerms } from './compare-terms.ts';
import { describeTerms } from './describe-terms.ts';
import type { VersionTerms } from './plan.ts';

const compare = (before: Partial<VersionTerms>, after: Partial<VersionTerms>) =>
  compareTerms(describeTerms(buildTerms(before)), describeTerms(buildTerms(after)));
const flat = (amount: string): PriceModel => ({ model: 'flat', amount, timing: 'advance' });
const tiers = (...amounts: string[]): PriceModel => ({
  model: 'graduated',
  meter: 'calls',
  tiers: amounts.map((unitAmount, index) => ({
    upTo: index === amounts.length - 1 ? null : String(index + 1),
    unitAmount,
  })),
});
const quota = (value: string, alertsAt: number[] = []) => ({
  feature: 'calls',
  type: 'metered' as const,
  value,
  meter: 'api_call',
  reset: 'period' as const,
  rollOver: null,
  overage: 'deny' as const,
  alertsAt,
});

test('finds nothing between versions that say the same, whatever their ids and the order of their currencies', () => {
  const fees = () => [
    buildVersionPrice('fee', flat('1'), { models: { USD: flat('2'), GBP: flat('3') } }),
    buildVersionPrice('calls', { model: 'package', packageSize: '1', packageAmount: '1' }),
  ];
  const other = fees().map((price) => ({
    ...price,
    models: Object.fromEntries(Object.entries(price.models).toReversed()),
  }));
  other[1] = { ...other[1]!, model: { model: 'package', packageSize: '1', packageAmount: '1', rounding: 'up' } };
  expect(
    compare({ currencies: ['USD', 'GBP'], prices: fees() }, { currencies: ['GBP', 'USD'], prices: other }),
  ).toEqual([]);
});

test('names the deepest value that differs, prices and entitlements by their keys', () => {
  const before = { prices: [buildVersionPrice('calls', tiers('1', '0.5'))], entitlements: [quota('100')] };
  const after = { prices: [buildVersionPrice('calls', tiers('1', '0.4'))], entitlements: [quota('200')] };
  expect(compare(before, after)).toEqual([
    { kind: 'price_changed', path: '/prices/calls/model/tiers/1/unitAmount', before: '0.5', after: '0.4' },
    { kind: 'entitlement_changed', path: '/entitlements/calls/value', before: '100', after: '200' },
  ]);
});

test('shows a model of another kind, and a list of another length, as a whole', () => {
  const price = (model: PriceModel) => ({ prices: [buildVersionPrice('p', model)] });
  expect(compare(price(flat('1')), price(tiers('1')))).toEqual([
    { kind: 'price_changed', path: '/prices/p/model', before: flat('1'), after: tiers('1') },
  ]);
  const [one, two] = [tiers('1'), tiers('1', '0.5')];
  expect(compare(price(one), price(two))).toEqual([
    {
      kind: 'price_changed',
      path: '/prices/p/model/tiers',
      before: [{ upTo: null, unitAmount: '1' }],
      after: [
        { upTo: '1', unitAmount: '1' },
        { upTo: null, unitAmount: '0.5' },
      ],
    },
  ]);
});

test('tells additions, removals and a changed order apart, in a stable order', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((key) => buildVersionPrice(key, flat('1')));
  const changes = compare({ prices: [a!, b!, c!] }, { prices: [c!, d!, b!], taxInclusive: true, minimumSpend: '5' });
  expect(changes.map(({ kind, path }) => [kind, path])).toEqual([
    ['tax_inclusion_changed', '/taxInclusive'],
    ['minimum_spend_changed', '/minimumSpend'],
    ['price_removed', '/prices/a'],
    ['price_added', '/prices/d'],
    ['price_order_changed', '/prices'],
  ]);
  expect(changes[1]).toMatchObject({ before: null, after: '5' });
  expect(changes.at(-1)).toMatchObject({ before: ['b', 'c'], after: ['c', 'b'] });
});

test('escapes names that hold a slash', () => {
  const matrix = (region: string): PriceModel => ({
    model: 'matrix',
    meter: 'calls',
    dimensions: ['a/b'],
    cells: [{ values: { 'a/b': region }, unitAmount: '1' }],
    otherUnitAmount: '1',
  });
  const price = (region: string) => ({ prices: [buildVersionPrice('p', matrix(region))] });
  expect(compare(price('eu'), price('us'))).toEqual([
    { kind: 'price_changed', path: '/prices/p/model/cells/0/values/a~1b', before: 'eu', after: 'us' },
  ]);
});
