import { defineCommand } from '../../cli/command.ts';

const options = {
  data: {
    type: 'string',
    value: '<dir>',
    default: '.plinth',
    doc: 'data directory of the embedded PostgreSQL, used when DATABASE_URL is not set',
  },
} as const;

export const migrateUpCommand = defineCommand({
  path: ['migrate', 'up'],
  summary: 'apply every missing migration',
  description: 'DATABASE_MIGRATION_URL, or DATABASE_URL, must name a role that may create schemas and roles.',
  arguments: [],
  options,
  examples: ['plinth migrate up', 'DATABASE_URL=postgres://… plinth migrate up --json'],
  load: async () => (await import('./migrate.handler.ts')).migrateUp,
});

export const migrateStatusCommand = defineCommand({
  path: ['migrate', 'status'],
  summary: 'show which migrations are applied; changes nothing',
  arguments: [],
  options,
  examples: ['plinth migrate status'],
  exitCodes: { 1: 'migrations are missing' },
  load: async () => (await import('./migrate.handler.ts')).migrateStatus,
});
