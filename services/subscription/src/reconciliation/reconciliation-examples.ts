import type { OperationExample } from '@plinth/common';

export const reconcilePaymentsExamples: Readonly<Record<string, OperationExample>> = {
  february: { summary: 'Of a month', query: { from: '2025-02-01', to: '2025-02-28' } },
};
