import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const acme = {
  id: exampleIds.organization,
  tenantId: exampleIds.tenant,
  name: 'Acme',
  version: 1,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const createOrganizationExamples: Examples = {
  acme: { summary: 'An organization with its tenant', body: { name: 'Acme' }, response: acme },
  sandbox: {
    summary: 'Another one to try things out in, which the operator makes a sandbox',
    body: { name: 'Acme sandbox' },
    response: { ...acme, id: exampleIds.sandboxOrganization, tenantId: exampleIds.sandbox, name: 'Acme sandbox' },
  },
};

export const updateOrganizationExamples: Examples = {
  rename: {
    summary: 'Rename an organization',
    params: { organizationId: exampleIds.organization },
    body: { name: 'Acme GmbH' },
    response: { ...acme, name: 'Acme GmbH', version: 2 },
  },
};
