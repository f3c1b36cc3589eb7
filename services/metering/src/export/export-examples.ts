import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const exportUsageExamples: Examples = {
  days: {
    summary: 'What each day used of a meter, as CSV',
    query: {
      from: '2025-01-01T00:00:00Z',
      to: '2025-02-01T00:00:00Z',
      accountId: exampleIds.account,
      meter: 'tokens',
      windowSize: 'day',
      format: 'csv',
    },
  },
};
