import { defineCommand } from '../../cli/command.ts';

export const serveCommand = defineCommand({
  path: ['serve'],
  summary: 'run some of the services in this process',
  description:
    'What container images run. Stores come from the environment (DATABASE_URL …); apply migrations first with plinth migrate up. Services that run elsewhere are named by PLINTH_SERVICE_URLS.',
  arguments: [{ name: 'service', doc: 'names of services, gateway, or all', many: true, required: true }],
  options: {
    data: {
      type: 'string',
      value: '<dir>',
      doc: 'use the embedded PostgreSQL in this directory when DATABASE_URL is not set',
    },
    port: { type: 'integer', value: '<n>', default: '3000', doc: 'port to listen on; 0: any free one' },
    host: { type: 'string', value: '<address>', default: '0.0.0.0', doc: 'address to listen on' },
  },
  examples: ['plinth serve all', 'plinth serve metering subscription --port 3001', 'plinth serve gateway'],
  load: async () => (await import('./serve.handler.ts')).serve,
});
