import { defineCommand } from '../../cli/command.ts';

export const importAccessLogCommand = defineCommand({
  path: ['import', 'access-log'],
  summary: 'turn a web access log into usage and invoices of a demo tenant',
  description: [
    'Every request becomes an api_call event and its bytes an egress_bytes event of the client address it came from;',
    'each address is an account, subscribed to the plan "Web traffic" and invoiced for the months that the log covers.',
    'A tenant that has not said who sends its invoices gets a seller with 19 % tax; busy accounts get a coupon, all a quota.',
    'Uses the platform that runs on the data directory, else starts one for the time of the import.',
    'May be interrupted and repeated: every request counts once, every month is invoiced once.',
  ].join('\n'),
  arguments: [{ name: 'file', doc: 'log in the combined format, plain or gzip', required: true }],
  options: {
    data: { type: 'string', value: '<dir>', default: '.plinth', doc: 'data directory of the platform' },
    url: { type: 'string', value: '<url>', doc: 'use the platform at this URL; needs --api-key-file' },
    'api-key-file': { type: 'string', value: '<file>', doc: 'file with an API key of the tenant to import into' },
    period: { type: 'string', value: '<month>', doc: 'import the requests of this month only, for example 2015-05' },
  },
  examples: [
    'plinth import access-log access.log.gz',
    'plinth import access-log access.log --url https://plinth.example.com --api-key-file key.txt --json',
  ],
  load: async () => (await import('./import-access-log.handler.ts')).importAccessLog,
});
