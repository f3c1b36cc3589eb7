import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const stripe = {
  id: exampleIds.gatewayAccount,
  gateway: 'stripe',
  name: 'Stripe',
  legalEntityId: null,
  publishableKey: 'pk_test_example',
  hasWebhookSecret: true,
  enabled: true,
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createGatewayAccountExamples: Examples = {
  stripe: {
    summary: 'Connect an account at Stripe',
    body: {
      gateway: 'stripe',
      name: 'Stripe',
      publishableKey: 'pk_test_example',
      secretKey: 'sk_test_example',
      webhookSecret: 'whsec_example',
    },
    response: stripe,
  },
};

export const updateGatewayAccountExamples: Examples = {
  anotherKey: {
    summary: 'Give it another key',
    params: { gatewayAccountId: exampleIds.gatewayAccount },
    body: { secretKey: 'sk_test_another_example' },
    response: { ...stripe, version: 2 },
  },
};
