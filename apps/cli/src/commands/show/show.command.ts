import { defineCommand } from '../../cli/command.ts';

export const showCommand = defineCommand({
  path: ['show'],
  summary: 'show a platform as a tree, or as a diagram',
  arguments: [{ name: 'file', doc: 'the description; platform.ts or platform/platform.ts when absent' }],
  options: {
    env: { type: 'string', value: '<name>', doc: 'the environment; the last one when absent' },
    svg: { type: 'string', value: '<file>', doc: 'write a diagram to this file' },
  },
  examples: ['plinth show', 'plinth show --env staging --svg platform.svg'],
  load: async () => (await import('./show.handler.ts')).show,
});
