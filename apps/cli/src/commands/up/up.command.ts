import { defineCommand } from '../../cli/command.ts';

export const upCommand = defineCommand({
  path: ['up'],
  summary: 'start the whole platform on this machine',
  description:
    'Starts every service, the gateway and, without DATABASE_URL, a PostgreSQL of its own. Ctrl-C ends everything in order.',
  arguments: [],
  options: {
    data: { type: 'string', value: '<dir>', default: '.plinth', doc: 'where the data is kept' },
    port: { type: 'integer', value: '<n>', default: '3000', doc: 'port to listen on; 0: any free one' },
    host: { type: 'string', value: '<address>', default: '127.0.0.1', doc: 'address to listen on; 0.0.0.0: all' },
    demo: { type: 'boolean', doc: 'also make a demo user, organization and API key, and print the sign-in' },
  },
  examples: ['plinth up', 'plinth up --demo --port 4000'],
  load: async () => (await import('./up.handler.ts')).up,
});
