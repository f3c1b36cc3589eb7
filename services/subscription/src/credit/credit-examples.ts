import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const query = { accountId: exampleIds.account };

const grant = {
  walletId: exampleIds.wallet,
  accountId: exampleIds.account,
  currency: 'EUR',
  legalEntityId: exampleIds.tenant,
  priority: 100,
  expiresAt: null,
  voidedAt: null,
  createdAt: '2025-02-10T09:00:00.000Z',
  updatedAt: '2025-02-10T09:00:00.000Z',
};

export const grantCreditExamples: Examples = {
  received: {
    summary: 'Credit that was paid for by a transfer',
    body: {
      accountId: exampleIds.account,
      source: { type: 'received', by: 'bank_transfer', on: '2025-02-10', reference: 'TRN-4711', amountMinor: '10000' },
      reason: 'credit pack of 100 euros',
    },
  },
  promotion: {
    summary: 'A present',
    body: {
      accountId: exampleIds.account,
      source: { type: 'promotion', amountMinor: '2000' },
      reason: 'welcome',
    },
    response: {
      grant: {
        ...grant,
        id: exampleIds.promotion,
        kind: 'promotional',
        amountMinor: '2000',
        remainingMinor: '2000',
        reason: 'welcome',
        source: { type: 'promotion', id: exampleIds.promotion },
      },
      payment: null,
      returnedMinor: '0',
    },
  },
};

export const getCreditsExamples: Examples = { globex: { summary: 'What an account has', query } };

export const getCreditBalanceExamples: Examples = {
  globex: { summary: 'What is left after the usage so far', query },
};

export const listCreditEntriesExamples: Examples = {
  used: { summary: 'Which invoices took it', query: { ...query, kind: 'use' } },
};

export const configureCreditWalletExamples: Examples = {
  topUp: {
    summary: 'An alert below 50 euros, and a top-up of 100 below 25',
    params: { accountId: exampleIds.account, currency: 'EUR' },
    body: { lowBalanceMinor: '5000', topUp: { thresholdMinor: '2500', amountMinor: '10000', expiryDays: 365 } },
  },
};

export const applyCreditExamples: Examples = {
  part: {
    summary: 'Pay a part of an invoice that was there before the credit',
    body: { invoiceId: exampleIds.invoice, amountMinor: '500' },
  },
};

export const voidCreditGrantExamples: Examples = {
  ended: {
    summary: 'Take back what remains: paid credit is money of its payment again',
    params: { grantId: exampleIds.creditGrant },
    body: { reason: 'the contract ended' },
    response: {
      ...grant,
      id: exampleIds.creditGrant,
      kind: 'paid',
      amountMinor: '10000',
      remainingMinor: '0',
      reason: 'credit pack of 100 euros',
      source: { type: 'payment', id: exampleIds.prepayment },
      voidedAt: '2025-02-12T09:00:00.000Z',
    },
  },
};
