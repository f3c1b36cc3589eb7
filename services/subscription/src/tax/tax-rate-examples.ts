import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const german = { category: 'standard', country: 'DE', percent: '19', label: 'VAT' };
const rate = {
  ...german,
  region: null,
  validFrom: '1970-01-01',
  validTo: null,
  id: exampleIds.taxRate,
  legalEntityId: exampleIds.tenant,
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createTaxRateExamples: Examples = {
  germany: { summary: 'German value-added tax', body: german, response: rate },
};

export const replaceTaxRateExamples: Examples = {
  german: {
    summary: 'Print another label',
    params: { taxRateId: exampleIds.taxRate },
    body: { ...german, label: 'MwSt.' },
    response: { ...rate, label: 'MwSt.', version: 2 },
  },
};
