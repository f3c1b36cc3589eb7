import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const params = { invoiceId: exampleIds.invoice };
const draftParams = { invoiceId: exampleIds.draft };

export const runInvoicesExamples: Examples = {
  january: {
    summary: 'Bill what fell due with the end of January',
    body: { until: '2025-01-31T23:00:00.000Z' },
    response: {
      subscriptions: 1,
      invoices: 1,
      skipped: 0,
      failed: 0,
      amounts: [{ currency: 'EUR', totalMinor: '7658' }],
      durationMs: 42,
    },
  },
  drafts: {
    summary: 'Bill February, as drafts',
    body: { until: '2025-02-28T23:00:00.000Z', finalize: false },
  },
};

export const listInvoicesExamples: Examples = {
  unpaid: {
    summary: 'What an account has to pay',
    query: { accountId: exampleIds.account, due: 'true' },
  },
  drafts: { summary: 'What waits for somebody to look at it', query: { status: 'draft', limit: '1' } },
};

export const getInvoiceExamples: Examples = { january: { summary: 'An invoice with its lines', params } };

export const addDraftLineExamples: Examples = {
  setUp: { summary: 'Add a line', params: draftParams, body: { description: 'Set-up', unitAmount: '250' } },
};

export const changeDraftLineExamples: Examples = {
  amount: {
    summary: 'Ask less for a line',
    params: { ...draftParams, position: '1' },
    body: { amount: '40', reason: 'agreed by telephone' },
  },
};

export const voidInvoiceExamples: Examples = {
  draft: { summary: 'Void a draft', params: draftParams, body: { reason: 'made by mistake' } },
};

export const getInvoicePdfExamples: Examples = { pdf: { summary: 'As a PDF', params } };

export const getInvoiceUblExamples: Examples = {
  en16931: { summary: 'As an e-invoice', params, query: { profile: 'en16931' } },
};

export const createChargeExamples: Examples = {
  training: {
    summary: 'A day of training on the next invoice',
    body: { accountId: exampleIds.account, currency: 'EUR', description: 'Training', unitAmount: '1200' },
    response: {
      id: exampleIds.charge,
      accountId: exampleIds.account,
      currency: 'EUR',
      description: 'Training',
      quantity: '1',
      unitAmount: '1200',
      amountMinor: '120000',
      taxCategory: 'standard',
      taxInclusive: false,
      invoiceId: null,
      createdAt: '2025-01-01T09:00:00.000Z',
      canceledAt: null,
    },
  },
};

export const issueCreditNoteExamples: Examples = {
  line: {
    summary: 'Take back a part of a line, with its tax',
    params,
    body: { reason: 'the service was down', lines: [{ position: 2, netMinor: '500' }] },
    response: {
      id: exampleIds.creditNote,
      number: 'CN-000001',
      legalEntityId: exampleIds.tenant,
      legalEntityVersion: 1,
      invoiceId: exampleIds.invoice,
      accountId: exampleIds.account,
      currency: 'EUR',
      reason: 'the service was down',
      netMinor: '500',
      taxMinor: '95',
      totalMinor: '595',
      settledMinor: '595',
      refundedMinor: '0',
      refundableMinor: '0',
      issuedAt: '2025-02-01T09:00:00.000Z',
      lines: [
        {
          position: 2,
          description: 'Tokens',
          taxCategory: 'standard',
          taxPercent: '19',
          netMinor: '500',
          taxMinor: '95',
        },
      ],
    },
  },
};

export const writeOffInvoiceExamples: Examples = {
  rest: { summary: 'Give up what is open', params, body: { reason: 'not worth a reminder' } },
};

export const removeDraftLineExamples: Examples = {
  setUp: {
    summary: 'Take a line away that somebody added',
    params: { ...draftParams, position: '2' },
    query: { reason: 'was agreed to be free' },
  },
};
