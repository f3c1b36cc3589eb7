import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'tenant',
  title: 'Tenants',
  description:
    'The isolation boundary: one tenant for each customer organization, its life cycle, limits, export and deletion.',
  port: 3000,
  rateLimit: 100,
  routes: [{ path: '/tenants' }],
  variablePrefix: 'TENANT_',
  variables: [
    {
      name: 'TENANT_DELETION_GRACE_PERIOD',
      type: 'duration',
      default: '30d',
      minimum: 0,
      doc: 'how long after the request a tenant is deleted; until then it can be taken back',
    },
    {
      name: 'TENANT_EXPORT_LIFETIME',
      type: 'duration',
      default: '7d',
      minimum: 60_000,
      doc: 'for how long an export of a tenant can be downloaded',
    },
  ],
  database: { schema: 'tenant', role: 'plinth_tenant' },
  events: {
    publishes: ['tenant.status_changed', 'tenant.limits_changed', 'tenant.export_ready', 'tenant.deleted'],
    consumes: {
      'account.events': { 'organization.created': 'EnsureTenant', 'account.tenant_linked': 'ApplyLink' },
      'subscription.events': { 'entitlements.changed': 'ApplyEntitlements' },
    },
  },
  // All that hold rows of tenants: an export reads them, a deletion deletes them.
  calls: ['iam', 'account', 'product', 'subscription', 'metering', 'audit'],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});
