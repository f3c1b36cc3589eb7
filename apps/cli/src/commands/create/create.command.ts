import { defineCommand } from '../../cli/command.ts';

const dryRun = { type: 'boolean', doc: 'say what would be written, and write nothing' } as const;

export const createServiceCommand = defineCommand({
  path: ['create', 'service'],
  summary: 'make a service with a first feature, its tables, events, permissions and tests',
  description:
    'The service is entered where the platform names its services, so that it runs with the next "plinth up" and is part of everything that is rendered.',
  arguments: [{ name: 'name', doc: 'kebab-case; also the schema of its tables', required: true }],
  options: {
    feature: { type: 'string', value: '<noun>', doc: 'one of what the first table holds; the name of the service' },
    port: { type: 'integer', value: '<port>', doc: 'port of its container; 3000' },
    'dry-run': dryRun,
  },
  examples: ['plinth create service loyalty', 'plinth create service loyalty --feature point-card --dry-run'],
  load: async () => (await import('./create-service.handler.ts')).createService,
});

export const createAppCommand = defineCommand({
  path: ['create', 'app'],
  summary: 'make an application and enter it in the description of the platform',
  arguments: [
    { name: 'type', doc: 'nest, svelte-kit, next, astro, vite or expo', required: true },
    { name: 'name', doc: 'kebab-case; also its host name', required: true },
  ],
  options: {
    port: { type: 'integer', value: '<port>', doc: 'port of its container; that of the type' },
    'dry-run': dryRun,
  },
  examples: ['plinth create app svelte-kit shop', 'plinth create app nest orders-api --port 3100'],
  load: async () => (await import('./create-app.handler.ts')).createApp,
});
