import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const owner = { accountId: exampleIds.account, gatewayAccountId: exampleIds.gatewayAccount };

export const startPaymentMethodSetupExamples: Examples = {
  stripe: { summary: 'Begin to collect a card with Stripe.js', body: owner },
};

export const attachPaymentMethodExamples: Examples = {
  card: {
    summary: 'Keep the card that the browser was given a name for',
    body: { ...owner, token: 'pm_card_visa' },
    response: {
      id: exampleIds.paymentMethod,
      ...owner,
      gatewayMethodId: 'pm_card_visa',
      type: 'card',
      brand: 'visa',
      last4: '4242',
      expiryMonth: 12,
      expiryYear: 2030,
      isDefault: true,
      status: 'active',
      declineCode: null,
      version: 1,
      createdAt: '2025-02-01T09:00:00.000Z',
      updatedAt: '2025-02-01T09:00:00.000Z',
    },
  },
};
