import type { PriceModel } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { evergreen, fee, trial } from '../../test/life-cycle.builders.ts';
import { buildPrice } from '../../test/subscription.builders.ts';
import { expressPlan, type SoldPlan } from './kill-bill-plan.ts';
import { renderCatalogue } from './render-catalogue.ts';

const meter = 'api_call';

function buildSold(models: Readonly<Record<string, PriceModel>>, changes: Partial<SoldPlan> = {}): SoldPlan {
  return {
    planId: '01900000-0000-7000-8000-0123456789ab',
    planKey: 'pro',
    planName: 'Pro',
    version: 3,
    kind: 'plan',
    family: null,
    addOnTo: null,
    currency: 'EUR',
    period: { unit: 'month', count: 1 },
    phases: [evergreen],
    prorationBasis: 'day',
    taxInclusive: false,
    minimumSpend: null,
    maximumSpend: null,
    entitlements: [],
    prices: Object.entries(models).map(([key, model]) => buildPrice(key, model)),
    ...changes,
  };
}

test('renders a plan with a trial, a fee and tiers', () => {
  const tiers = [
    { upTo: '100', unitAmount: '0.5' },
    { upTo: '250', unitAmount: '0.25' },
    { upTo: null, unitAmount: '0.1' },
  ];
  const sold = buildSold({ base: fee('30'), calls: { model: 'volume', meter, tiers } }, { phases: [trial, evergreen] });
  const { plan } = expressPlan(sold);
  expect(plan?.phases[1]?.usages[0]?.tiers).toEqual([
    { size: '1', amount: '0.5', max: '100' },
    { size: '1', amount: '0.25', max: '150' },
    { size: '1', amount: '0.1', max: '-1' },
  ]);
  const xml = renderCatalogue([plan!], new Date('2000-01-01T00:00:00Z'));
  expect(xml).toContain('<plan name="pro-0123456789ab-v3-eur">\n<product>pro</product>');
  expect(xml).toContain(
    '<phase type="TRIAL">\n<duration>\n<unit>DAYS</unit>\n<number>14</number>\n</duration>\n<fixed>',
  );
  expect(xml).toContain(
    '<recurring>\n<billingPeriod>MONTHLY</billingPeriod>\n<recurringPrice>\n<price>\n<currency>EUR</currency>\n<value>30</value>',
  );
  expect(xml.match(/tierBlockPolicy="TOP_TIER"/g)).toHaveLength(2);
  expect(xml).toBe(renderCatalogue([plan!], new Date('2000-01-01T00:00:00Z')));
});

test('free units before packages are a first tier that costs nothing', () => {
  const model = { model: 'package', meter, packageSize: '50', packageAmount: '3', freeUnits: '10' } as const;
  expect(expressPlan(buildSold({ calls: model })).plan?.phases[0]?.usages[0]).toMatchObject({
    policy: 'ALL_TIERS',
    tiers: [
      { size: '1', amount: '0', max: '10' },
      { size: '50', amount: '3', max: '-1' },
    ],
  });
});

const tier = { upTo: null, unitAmount: '1' };
test.each<[string, Readonly<Record<string, PriceModel>>, Partial<SoldPlan>, string]>([
  ['seats', { seats: { model: 'per_unit', unitAmount: '5' } }, {}, 'price seats: it counts seats'],
  ['a percentage', { fee: { model: 'percentage', meter, rate: '2' } }, {}, 'no price model like percentage'],
  [
    'flat amounts of tiers',
    { calls: { model: 'graduated', meter, tiers: [{ ...tier, flatAmount: '1' }] } },
    {},
    'flat amounts',
  ],
  [
    'parts of units in tiers',
    { calls: { model: 'graduated', meter, tiers: [{ ...tier, upTo: '0.5' }, tier] } },
    {},
    'up to 0.5',
  ],
  [
    'packages rounded down',
    { calls: { model: 'package', meter, packageSize: '5', packageAmount: '1', rounding: 'down' } },
    {},
    'only whole packages',
  ],
  ['two fees of a phase', { one: fee('1'), two: fee('2') }, {}, '2 recurring prices (one, two)'],
  [
    'fees in advance and in arrears',
    { one: fee('1'), two: { model: 'flat', amount: '1', timing: 'arrears' } },
    {},
    'all in advance or all in arrears',
  ],
  ['seconds', { one: fee('1') }, { prorationBasis: 'second' }, 'never by seconds'],
  ['a minimum spend', { one: fee('1') }, { minimumSpend: '10' }, 'no minimum spend'],
  ['five months', { one: fee('1') }, { period: { unit: 'month', count: 5 } }, 'no billing period of 5 months'],
  [
    'a trial before quarters',
    { one: fee('1') },
    { period: { unit: 'month', count: 3 }, phases: [trial, evergreen] },
    'keeps the anchor',
  ],
])('cannot express %s, and says why', (_title, models, changes, reason) => {
  const { plan, reasons } = expressPlan(buildSold(models, changes));
  expect(plan).toBeUndefined();
  expect(reasons.join('\n')).toContain(reason);
});
