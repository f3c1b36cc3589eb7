import { expect, test } from 'vitest';
import { resolveEntitlements, type GrantedFeature, type NewEntitlement } from './resolve-entitlements.ts';

const feature = (key: string, type: GrantedFeature['type'], productId = 'api') =>
  [key, { productId, type, meter: type === 'metered' ? 'api_call' : null }] as const;
const features = new Map([
  feature('sso', 'boolean'),
  feature('seats', 'limit'),
  feature('calls', 'metered'),
  feature('other', 'boolean', 'another product'),
]);
const resolve = (entitlement: NewEntitlement) => resolveEntitlements([entitlement], features, 'api');
const pathsOf = (entitlement: NewEntitlement) => resolve(entitlement).faults.map((fault) => fault.path);

test.each([
  ['sso', true],
  ['sso', false],
  ['seats', '0'],
  ['calls', '1000000.5'],
])('%s may be %s', (key, value) => {
  expect(pathsOf({ feature: key, value })).toEqual([]);
});

test.each([
  ['sso', '1', 'value'],
  ['seats', true, 'value'],
  ['calls', false, 'value'],
  ['seats', '-1', 'value'],
  ['nothing', true, 'feature'],
  ['other', true, 'feature'],
])('%s may not be %s', (key, value, field) => {
  expect(pathsOf({ feature: key, value })).toEqual([`/entitlements/0/${field}`]);
});

test('a metered one is a hard quota of the billing period unless it says otherwise', () => {
  const plain = { type: 'metered', value: '5', meter: 'api_call', feature: 'calls' };
  expect(resolve({ feature: 'calls', value: '5' }).entitlements).toEqual([
    { ...plain, reset: 'period', rollOver: null, overage: 'deny', alertsAt: [] },
  ]);
  const given = { reset: 'day', rollOver: '2', overage: 'allow', alertsAt: [80, 100] } as const;
  expect(resolve({ feature: 'calls', value: '5', ...given }).entitlements).toEqual([{ ...plain, ...given }]);
});

test('reset, roll-over, overage and alerts belong to metered features', () => {
  const given = { reset: 'day', rollOver: '2', overage: 'allow', alertsAt: [80] } as const;
  expect(pathsOf({ feature: 'seats', value: '5', ...given })).toEqual([
    '/entitlements/0/reset',
    '/entitlements/0/rollOver',
    '/entitlements/0/overage',
    '/entitlements/0/alertsAt',
  ]);
  expect(resolve({ feature: 'sso', value: true, reset: null, rollOver: null, overage: null, alertsAt: [] })).toEqual({
    entitlements: [
      {
        feature: 'sso',
        type: 'boolean',
        value: true,
        meter: null,
        reset: null,
        rollOver: null,
        overage: null,
        alertsAt: [],
      },
    ],
    faults: [],
  });
});

test('what is carried over is more than nothing, and comes from an allowance that begins anew', () => {
  expect(pathsOf({ feature: 'calls', value: '5', rollOver: '0' })).toEqual(['/entitlements/0/rollOver']);
  expect(pathsOf({ feature: 'calls', value: '5', rollOver: '1', reset: 'never' })).toEqual([
    '/entitlements/0/rollOver',
  ]);
});

test('names an alert that is there twice', () => {
  expect(pathsOf({ feature: 'calls', value: '5', alertsAt: [80, 100, 80] })).toEqual(['/entitlements/0/alertsAt/2']);
});
