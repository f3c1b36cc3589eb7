import { defineCommand } from '../../cli/command.ts';

export const diffCommand = defineCommand({
  path: ['diff'],
  summary: 'show in what two environments of a platform differ',
  arguments: [{ name: 'environment', doc: 'two of them: staging production', many: true, required: true }],
  options: {
    file: { type: 'string', value: '<file>', doc: 'the description; platform.ts or platform/platform.ts when absent' },
  },
  examples: ['plinth diff staging production'],
  load: async () => (await import('./diff.handler.ts')).diff,
});
