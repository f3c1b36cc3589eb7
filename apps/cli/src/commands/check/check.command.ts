import { defineCommand } from '../../cli/command.ts';

export const checkCommand = defineCommand({
  path: ['check'],
  summary: 'check a platform description, or rendered files against it',
  description:
    'Reports everything that is wrong with the description at once: place, path to the value, and the fix. With --rendered it also finds files that were edited by hand, are stale, missing or left over.',
  arguments: [{ name: 'file', doc: 'the description; platform.ts or platform/platform.ts when absent' }],
  options: {
    rendered: { type: 'string', value: '<dir>', doc: 'compare this folder of rendered files with the description' },
  },
  examples: ['plinth check', 'plinth check examples/home-lab/platform.ts --json', 'plinth check --rendered deploy'],
  exitCodes: { 1: 'something is wrong' },
  load: async () => (await import('./check.handler.ts')).check,
});
