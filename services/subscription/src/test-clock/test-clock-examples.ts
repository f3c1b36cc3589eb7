import type { OperationExample } from '@plinth/common';

export const advanceTestClockExamples: Readonly<Record<string, OperationExample>> = {
  month: {
    summary: 'Let a month pass in a sandbox whose time stands at the first of March',
    body: { to: '2025-04-01T00:00:00Z' },
  },
};
