import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const setBillingThresholdExamples: Examples = {
  fiveHundred: {
    summary: 'Bill usage whenever 500 euros of it are open',
    params: { subscriptionId: exampleIds.subscription },
    body: { amount: '500' },
    response: { subscriptionId: exampleIds.subscription, amount: '500' },
  },
};
