import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const transferOwnershipExamples: Examples = {
  agent: {
    summary: 'Make another member the owner',
    params: { organizationId: exampleIds.organization },
    body: { userId: exampleIds.agent },
  },
};
