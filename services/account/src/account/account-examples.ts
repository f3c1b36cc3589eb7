import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const billing = {
  email: 'invoices@globex.example',
  address: { line1: 'Marktplatz 2', city: 'Hamburg', postalCode: '20095', country: 'DE' },
};

const account = {
  id: exampleIds.account,
  key: 'globex',
  name: 'Globex GmbH',
  email: null,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  metadata: {},
  parentId: null,
  customerTenantId: null,
  billing,
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createAccountExamples: Examples = {
  company: {
    summary: 'A customer with the address that stands on its invoices',
    body: { key: 'globex', name: 'Globex GmbH', currency: 'EUR', timeZone: 'Europe/Berlin', billing },
    response: account,
  },
};

export const createAccountsExamples: Examples = {
  import: {
    summary: 'Many at once, such as from another system; those that there are stay as they are',
    body: {
      accounts: [
        { key: 'globex', name: 'Globex GmbH', currency: 'EUR' },
        { key: 'initech', name: 'Initech', currency: 'EUR', timeZone: 'Europe/Berlin' },
      ],
    },
    response: {
      data: [
        { key: 'globex', id: exampleIds.account, created: false },
        { key: 'initech', id: exampleIds.secondAccount, created: true },
      ],
    },
  },
};

export const updateAccountExamples: Examples = {
  german: {
    summary: 'Have invoices in German',
    params: { accountId: exampleIds.account },
    body: { billing: { language: 'de' } },
    response: { ...account, billing: { ...billing, language: 'de' }, version: 2 },
  },
};

export const listAccountsExamples: Examples = {
  key: { summary: 'The account that your own system calls globex', query: { key: 'globex' } },
};
