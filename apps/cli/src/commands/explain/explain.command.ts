import { defineCommand } from '../../cli/command.ts';

export const explainCommand = defineCommand({
  path: ['explain'],
  summary: 'explain why somebody may or may not do something',
  description: [
    'Shows every role of a user, service account or API key and what it does for the permission, what else access depends',
    'on, and what would have to be granted. The tenant is the one of the API key, which needs policy:read.',
  ].join('\n'),
  arguments: [
    { name: 'who', doc: 'id or email address of a user, service-account:<id> or api-key:<id>', required: true },
    { name: 'permission', doc: 'resource:action, for example division:write', required: true },
  ],
  options: {
    on: { type: 'string', value: '<place>', doc: 'division:<id> or organization:<id>; the whole tenant when absent' },
    'api-key-file': { type: 'string', value: '<file>', doc: 'file with an API key of the tenant' },
    url: { type: 'string', value: '<url>', doc: 'URL of the platform; the one that runs on --data when absent' },
    data: { type: 'string', value: '<dir>', default: '.plinth', doc: 'data directory of the platform' },
  },
  examples: [
    'plinth explain ada@example.com invoice:write --api-key-file key.txt',
    'plinth explain ada@example.com division:write --on division:01a1ff98-1d4d-7786-9bcb-9054fa60bdc8 --api-key-file key.txt --json',
  ],
  exitCodes: { 1: 'it is not allowed' },
  load: async () => (await import('./explain.handler.ts')).explain,
});
