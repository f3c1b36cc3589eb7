import { exampleIds, type OperationExample } from '@plinth/common';

type Examples = Readonly<Record<string, OperationExample>>;

const params = { tenantId: exampleIds.tenant };

const acme = {
  id: exampleIds.tenant,
  organizationId: exampleIds.organization,
  name: 'Acme production',
  region: 'default',
  status: 'active',
  limits: {},
  planLimits: {},
  sandbox: false,
  testClock: null,
  deletesAt: null,
  version: 2,
  createdAt: '2025-01-01T09:00:00.000Z',
  updatedAt: '2025-01-01T09:00:00.000Z',
};

export const updateTenantExamples: Examples = {
  rename: { summary: 'Rename a tenant', params, body: { name: 'Acme production' }, response: acme },
};

export const changeTenantLimitsExamples: Examples = {
  members: {
    summary: 'At most 50 members and 20 API keys',
    params,
    body: { members: 50, apiKeys: 20 },
    response: { ...acme, limits: { members: 50, apiKeys: 20 }, version: 3 },
  },
};

export const changeSandboxExamples: Examples = {
  on: {
    summary: 'Make a tenant a sandbox',
    params: { tenantId: exampleIds.sandbox },
    body: { sandbox: true },
    response: {
      ...acme,
      id: exampleIds.sandbox,
      organizationId: exampleIds.sandboxOrganization,
      name: 'Acme sandbox',
      sandbox: true,
    },
  },
};
