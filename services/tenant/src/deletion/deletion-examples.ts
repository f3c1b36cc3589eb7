import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

export const closeTenantExamples: Examples = {
  sandbox: {
    summary: 'Have a sandbox deleted',
    params: { tenantId: exampleIds.sandbox },
    body: { name: 'Acme sandbox' },
  },
};
