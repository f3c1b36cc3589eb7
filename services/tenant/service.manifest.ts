import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'tenant',
  title: 'Tenants',
  description: 'The isolation boundary: one tenant for each customer organization, its life cycle and suspension.',
  port: 3000,
  rateLimit: 100,
  routes: [{ path: '/tenants' }],
  variablePrefix: 'TENANT_',
  variables: [],
  database: { schema: 'tenant', role: 'plinth_tenant' },
  events: {
    publishes: ['tenant.status_changed'],
    consumes: { 'account.events': { 'organization.created': 'EnsureTenant' } },
  },
  calls: [],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});
