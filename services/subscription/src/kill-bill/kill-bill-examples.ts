import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const connectKillBillExamples: Examples = {
  tenant: {
    summary: 'Connect the tenant to one of Kill Bill',
    body: {
      baseUrl: 'https://killbill.example.com',
      user: 'admin',
      password: 'correct horse battery staple',
      apiKey: 'acme',
      apiSecret: 'staple battery horse correct',
    },
    response: {
      baseUrl: 'https://killbill.example.com',
      user: 'admin',
      apiKey: 'acme',
      enabled: true,
      catalogueUploads: 0,
      mirroredAt: null,
      lastError: null,
      version: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
};

export const listKillBillSubscriptionsExamples: Examples = {
  problems: { summary: 'What is not mirrored, and why', query: { problemsOnly: 'true' } },
};

export const compareWithKillBillExamples: Examples = {
  globex: { summary: 'The invoices of an account', query: { accountId: exampleIds.account } },
};
