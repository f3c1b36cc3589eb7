import { defineService, standardHealth } from '@plinth/contracts';

export const manifest = defineService({
  name: 'audit',
  title: 'Audit trail',
  description:
    'Who did what to which object: append-only, hash-chained for each tenant, searched, exported and verified.',
  port: 3000,
  rateLimit: 100,
  routes: [{ path: '/audit' }, { path: '/logs' }],
  variablePrefix: 'AUDIT_',
  variables: [],
  database: { schema: 'audit', role: 'plinth_audit' },
  events: {
    publishes: [],
    consumes: { 'audit.events': { 'audit.recorded': 'AppendAuditRecords' } },
  },
  calls: [],
  health: standardHealth,
  resources: { cpu: '100m', memory: '128Mi' },
});
