import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const monthly = { productId: exampleIds.product, currency: 'EUR', period: { unit: 'month', count: 1 } };
const inTeam = { productId: exampleIds.product, kind: 'add_on', currency: 'EUR', period: monthly.period };
const params = { planId: exampleIds.plan };

const fee = { key: 'fee', description: 'Monthly fee', model: { model: 'flat', amount: '49', timing: 'arrears' } };

function tokens(...tiers: readonly (readonly [upTo: string | null, unitAmount: string])[]) {
  return {
    key: 'tokens',
    description: 'Tokens',
    model: {
      model: 'graduated',
      meter: 'tokens',
      tiers: tiers.map(([upTo, unitAmount]) => ({ upTo, unitAmount })),
    },
  };
}

function withModel(key: string, name: string, model: Readonly<Record<string, unknown>>) {
  return { key, name, ...monthly, prices: [{ key, description: name, model }] };
}

const teamPrices = [fee, tokens(['1000000', '0.00002'], [null, '0.00001'])];
const newTeamPrices = [fee, tokens(['1000000', '0.00002'], ['10000000', '0.00001'], [null, '0.000005'])];

export const createPlanExamples: Examples = {
  graduated: {
    summary: 'A fee, and usage in tiers: each tier prices the part that lies in it',
    body: {
      key: 'team',
      name: 'Team',
      ...monthly,
      family: { key: 'assistants', rank: 1 },
      prices: teamPrices,
      entitlements: [
        { feature: 'sso', value: true },
        { feature: 'projects', value: '10' },
        { feature: 'tokens', value: '5000000', overage: 'allow', alertsAt: [80, 100] },
      ],
    },
    response: {
      id: exampleIds.plan,
      productId: exampleIds.product,
      key: 'team',
      name: 'Team',
      kind: 'plan',
      family: { key: 'assistants', rank: 1, changesTo: null, upgrade: 'now', downgrade: 'now' },
      archived: false,
      planVersion: 1,
      addOnTo: null,
      currency: 'EUR',
      currencies: [],
      period: { unit: 'month', count: 1 },
      phases: [{ key: 'evergreen', kind: 'evergreen', length: null }],
      prorationBasis: 'day',
      taxInclusive: false,
      minimumSpend: null,
      minimumSpends: {},
      maximumSpend: null,
      maximumSpends: {},
      prices: teamPrices.map((price, index) => ({
        id: index === 0 ? exampleIds.feePrice : exampleIds.usagePrice,
        ...price,
        taxCategory: 'standard',
        phases: null,
        models: {},
      })),
      entitlements: [
        entitlement('sso', 'boolean', true),
        entitlement('projects', 'limit', '10'),
        {
          ...entitlement('tokens', 'metered', '5000000'),
          meter: 'tokens',
          reset: 'period',
          overage: 'allow',
          alertsAt: [80, 100],
        },
      ],
      version: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
  perUnit: {
    summary: 'By seat, in advance, with a trial and a price in dollars',
    body: {
      key: 'business',
      name: 'Business',
      ...monthly,
      currencies: ['USD'],
      family: { key: 'assistants', rank: 2 },
      phases: [
        { key: 'trial', kind: 'trial', length: { unit: 'day', count: 14 } },
        { key: 'evergreen', kind: 'evergreen', length: null },
      ],
      prices: [
        {
          key: 'seats',
          description: 'Seats',
          model: { model: 'per_unit', unitAmount: '25' },
          models: { USD: { model: 'per_unit', unitAmount: '29' } },
        },
      ],
    },
  },
  volume: {
    summary: 'By volume: the tier that the total reaches prices all of it',
    body: withModel('storage', 'Storage', {
      model: 'volume',
      meter: 'tokens',
      tiers: [
        { upTo: '1000000', unitAmount: '0.00002' },
        { upTo: null, unitAmount: '0.000015' },
      ],
    }),
  },
  package: {
    summary: 'By packages of a thousand after the first five hundred',
    body: withModel('packages', 'Packages', {
      model: 'package',
      meter: 'tokens',
      packageSize: '1000',
      packageAmount: '2.5',
      freeUnits: '500',
    }),
  },
  percentage: {
    summary: 'A share of an amount, at least 5 and at most 500 euros',
    body: withModel('payments', 'Payments', {
      model: 'percentage',
      meter: 'payments',
      rate: '2.9',
      minimumAmount: '5',
      maximumAmount: '500',
    }),
  },
  graduatedPercentage: {
    summary: 'A share of an amount that falls as it rises',
    body: withModel('marketplace', 'Marketplace', {
      model: 'graduated_percentage',
      meter: 'payments',
      tiers: [
        { upTo: '10000', rate: '3' },
        { upTo: null, rate: '1.5' },
      ],
    }),
  },
  matrix: {
    summary: 'By the values of dimensions',
    body: withModel('models', 'Tokens by model', {
      model: 'matrix',
      meter: 'tokens',
      dimensions: ['model'],
      cells: [{ values: { model: 'large' }, unitAmount: '0.00003' }],
      otherUnitAmount: '0.00001',
    }),
  },
  bulkCommitment: {
    summary: 'A commitment, paid for whether used or not, and a price above it; at least 100 euros in all',
    body: {
      ...withModel('committed', 'Committed tokens', {
        model: 'bulk_commitment',
        meter: 'tokens',
        quantity: '10000000',
        amount: '80',
        overageUnitAmount: '0.000012',
      }),
      minimumSpend: '100',
    },
  },
  addOn: {
    summary: 'An add-on of the plan, with a quantity',
    body: {
      key: 'support',
      name: 'Support hours',
      ...inTeam,
      addOnTo: ['team'],
      prices: [{ key: 'hours', description: 'Support hours', model: { model: 'per_unit', unitAmount: '90' } }],
    },
  },
};

export const publishPlanVersionExamples: Examples = {
  newTier: { summary: 'Publish a version with a further tier', params, body: { prices: newTeamPrices } },
};

export const previewPlanVersionExamples: Examples = {
  newTier: { summary: 'See what a further tier would change', params, body: { prices: newTeamPrices } },
};

export const comparePlanVersionsExamples: Examples = {
  newTier: { summary: 'Compare the first two versions', params, query: { from: '1', to: '2' } },
};

export const updatePlanExamples: Examples = {
  rename: { summary: 'Rename a plan', params, body: { name: 'Team Plus' } },
};

function entitlement(feature: string, type: string, value: string | boolean) {
  return { feature, type, value, meter: null, reset: null, rollOver: null, overage: null, alertsAt: [] as number[] };
}
