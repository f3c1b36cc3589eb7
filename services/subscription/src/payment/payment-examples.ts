import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const payInvoiceExamples: Examples = {
  received: {
    summary: 'Record money that came to the bank account',
    params: { invoiceId: exampleIds.invoice },
    body: { amountMinor: '5000', received: { by: 'bank_transfer', on: '2025-02-10', reference: 'INV-000001' } },
  },
};

export const createRefundExamples: Examples = {
  part: {
    summary: 'Give a part back',
    params: { paymentId: exampleIds.payment },
    body: { amountMinor: '1000', reason: 'paid too much', reference: 'transfer of 12 February' },
  },
};

export const setDunningPolicyExamples: Examples = {
  two: {
    summary: 'A reminder after a week, a pause after a month',
    params: { legalEntityId: 'default' },
    body: {
      steps: [
        { key: 'reminder', afterDays: 7, retry: true, notice: 'reminder' },
        { key: 'pause', afterDays: 30, action: 'pause_subscriptions' },
      ],
    },
  },
};

export const importBankStatementExamples: Examples = {
  csv: {
    summary: 'Transfers as CSV; this one names no invoice, so that somebody looks at it',
    body: {
      format: 'csv',
      content:
        'bankAccount,bankReference,bookedOn,currency,amount,reference,payer\nDE02120300000000202051,2025-0001,2025-02-10,EUR,12.00,thank you,Globex GmbH\n',
    },
    response: { imported: 1, matched: 0, unmatched: 1, known: 0 },
  },
};

export const listBankTransfersExamples: Examples = {
  unmatched: { summary: 'What somebody has to look at', query: { status: 'unmatched' } },
};

export const applyBankTransferExamples: Examples = {
  invoice: {
    summary: 'Say which invoice a transfer is for',
    params: { transferId: exampleIds.bankTransfer },
    body: { invoiceId: exampleIds.invoice },
  },
};

export const applyPaymentExamples: Examples = {
  part: {
    summary: 'Settle a part of an invoice with money that was left over',
    params: { paymentId: exampleIds.prepayment },
    body: { invoiceId: exampleIds.invoice, amountMinor: '300' },
  },
};
