import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const acme = {
  key: 'acme',
  name: 'Acme GmbH',
  taxId: 'DE123456788',
  address: { line1: 'Hauptstraße 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
};

export const replaceLegalEntityExamples: Examples = {
  default: {
    summary: 'Say who sends invoices; the default one has the id of the tenant',
    params: { legalEntityId: exampleIds.tenant },
    body: acme,
    response: {
      ...acme,
      registration: null,
      email: null,
      phone: null,
      bank: null,
      footer: {},
      invoicePrefix: 'INV-',
      creditNotePrefix: 'CN-',
      taxRounding: 'line',
      taxProvider: 'rates',
      taxUnion: [],
      paymentTermDays: 14,
      reviewHours: 0,
      id: exampleIds.tenant,
      version: 1,
      createdAt: '2025-01-01T09:00:00.000Z',
      updatedAt: '2025-01-01T09:00:00.000Z',
    },
  },
};

export const createLegalEntityExamples: Examples = {
  austria: {
    summary: 'A further company with a series of numbers of its own',
    body: {
      key: 'acme-at',
      name: 'Acme Austria GmbH',
      taxId: 'ATU12345678',
      address: { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' },
      invoicePrefix: 'AT-',
    },
  },
};
