import type { Entitlement } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { mergeEntitlements } from './entitlement.ts';

function build(feature: string, changes: Partial<Entitlement> = {}): Entitlement {
  return {
    feature,
    type: 'limit',
    value: '10',
    meter: null,
    reset: null,
    rollOver: null,
    overage: null,
    alertsAt: [],
    ...changes,
  };
}

const valuesOf = (entitlements: readonly Entitlement[]) =>
  Object.fromEntries(entitlements.map(({ feature, value }) => [feature, value]));

test('limits add up, and an add-on grants its values once for each unit', () => {
  const merged = mergeEntitlements([
    { entitlements: [build('projects', { value: '10' }), build('members', { value: '3' })], units: 1 },
    { entitlements: [build('projects', { value: '2.5', rollOver: '1' })], units: 3 },
  ]);
  expect(valuesOf(merged)).toEqual({ members: '3', projects: '17.5' });
  expect(merged.find(({ feature }) => feature === 'projects')?.rollOver).toBe('3');
});

test('a boolean feature is there if one of the plans grants it', () => {
  const flag = (value: boolean) => build('sso', { type: 'boolean', value });
  expect(valuesOf(mergeEntitlements([{ entitlements: [flag(false)], units: 1 }]))).toEqual({ sso: false });
  const both = [
    { entitlements: [flag(false)], units: 1 },
    { entitlements: [flag(true)], units: 4 },
  ];
  expect(valuesOf(mergeEntitlements(both))).toEqual({ sso: true });
});

test('more than a quota may be used if one plan allows it; alerts are raised where any plan asks for them', () => {
  const quota = (changes: Partial<Entitlement>) =>
    build('calls', { type: 'metered', meter: 'api_call', reset: 'period', overage: 'deny', ...changes });
  const [merged] = mergeEntitlements([
    { entitlements: [quota({ value: '1000', alertsAt: [100, 80] })], units: 1 },
    { entitlements: [quota({ value: '500', overage: 'allow', alertsAt: [80, 50], reset: 'day' })], units: 1 },
  ]);
  expect(merged).toMatchObject({ value: '1500', overage: 'allow', alertsAt: [50, 80, 100], reset: 'period' });
});

test('nothing is granted without a subscription', () => {
  expect(mergeEntitlements([])).toEqual([]);
});
