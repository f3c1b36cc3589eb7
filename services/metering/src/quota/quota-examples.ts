import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const quota = {
  id: exampleIds.quota,
  accountId: exampleIds.account,
  meter: 'tokens',
  feature: null,
  limit: '2000000',
  reset: 'month',
  anchor: null,
  period: null,
  rollOver: null,
  overage: 'deny',
  alertsAt: [80, 100],
  source: 'manual',
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createQuotaExamples: Examples = {
  month: {
    summary: 'Two million tokens a month, and no more',
    body: { accountId: exampleIds.account, meter: 'tokens', limit: '2000000', reset: 'month', overage: 'deny' },
    response: quota,
  },
};

export const updateQuotaExamples: Examples = {
  raise: {
    summary: 'Raise a limit',
    params: { quotaId: exampleIds.quota },
    body: { limit: '3000000' },
    response: { ...quota, limit: '3000000', version: 2 },
  },
};

export const listQuotaStatesExamples: Examples = {
  now: { summary: 'What is left now', query: { accountId: exampleIds.account } },
};
