import { defineCommand } from '../../cli/command.ts';

export const auditLogVerifyCommand = defineCommand({
  path: ['audit-log', 'verify'],
  summary: 'verify the hash chains of the audit trail',
  description: 'Each tenant has a chain. The platform may be running; entries written meanwhile are left out.',
  arguments: [],
  options: {
    data: {
      type: 'string',
      value: '<dir>',
      default: '.plinth',
      doc: 'data directory of the embedded PostgreSQL, used when DATABASE_URL is not set',
    },
    tenant: { type: 'string', value: '<id>', doc: 'report on the chain of this tenant only' },
  },
  examples: ['plinth audit-log verify', 'plinth audit-log verify --json'],
  exitCodes: { 1: 'a chain is broken' },
  load: async () => (await import('./audit-log.handler.ts')).verifyAuditLog,
});
