import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const query = { invoiceId: exampleIds.invoice };

export const getEvidenceExamples: Examples = {
  invoice: { summary: 'What belongs to an invoice', query },
  month: {
    summary: 'What an account did in a month',
    query: { accountId: exampleIds.account, from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' },
  },
};

export const getEvidencePartExamples: Examples = {
  usage: { summary: 'The usage behind an invoice', params: { part: 'usageEvents' }, query: { ...query, limit: '100' } },
};
