import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const listNoticesExamples: Examples = {
  invoice: { summary: 'Who was mailed what about an invoice', query: { invoiceId: exampleIds.invoice } },
};

export const setNoticeSettingsExamples: Examples = {
  receipts: {
    summary: 'Receipts for payments too',
    params: { legalEntityId: 'default' },
    body: { kinds: ['invoice_issued', 'payment_succeeded', 'payment_failed', 'dunning', 'card_expiring'] },
  },
};
