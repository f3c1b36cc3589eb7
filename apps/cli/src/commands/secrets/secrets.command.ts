import { defineCommand } from '../../cli/command.ts';

export const secretsCommand = defineCommand({
  path: ['secrets'],
  summary: 'make the secret files of an environment',
  description:
    'Writes one file for each secret that the platform needs and does not have yet: random ones, and addresses that are put together from them. What is there stays. Values are never printed. A description that plinth check refuses gets none.',
  arguments: [],
  options: {
    env: { type: 'string', value: '<name>', default: 'production', doc: 'the environment' },
    out: { type: 'string', value: '<dir>', doc: 'folder of the files; deploy/compose/<env>/secrets when absent' },
    file: { type: 'string', value: '<file>', doc: 'the description; platform.ts or platform/platform.ts when absent' },
  },
  examples: ['plinth secrets --env production', 'plinth secrets --env staging --out /srv/platform/secrets'],
  exitCodes: { 1: 'some secrets must be written by somebody' },
  load: async () => (await import('./secrets.handler.ts')).secrets,
});
