import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const receiveGatewayEventExamples: Examples = {
  renewedCard: {
    summary: 'A card was renewed, as Stripe tells it with the header Stripe-Signature',
    params: { gatewayAccountId: exampleIds.gatewayAccount },
    body: {
      id: 'evt_1',
      object: 'event',
      type: 'payment_method.automatically_updated',
      created: 1739178000,
      data: {
        object: {
          id: 'pm_card_visa',
          object: 'payment_method',
          type: 'card',
          customer: 'cus_1',
          card: { brand: 'visa', last4: '1881', exp_month: 12, exp_year: 2034 },
        },
      },
    },
    response: { received: true, duplicate: false },
  },
};
