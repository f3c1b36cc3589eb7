import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const createFeatureExamples: Examples = {
  boolean: {
    summary: 'What a plan has or has not',
    body: { key: 'sso', name: 'Single sign-on', productId: exampleIds.product, type: 'boolean' },
    response: {
      id: exampleIds.feature,
      productId: exampleIds.product,
      key: 'sso',
      name: 'Single sign-on',
      type: 'boolean',
      meter: null,
      version: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
  limit: {
    summary: 'What a plan has a number of',
    body: { key: 'projects', name: 'Projects', productId: exampleIds.product, type: 'limit' },
  },
  metered: {
    summary: 'An allowance of what a meter counts',
    body: {
      key: 'tokens',
      name: 'Tokens',
      productId: exampleIds.product,
      type: 'metered',
      meter: 'tokens',
    },
  },
};

export const updateFeatureExamples: Examples = {
  rename: {
    summary: 'Rename a feature',
    params: { featureId: exampleIds.feature },
    body: { name: 'SSO' },
  },
};
