import { defineCommand } from '../../cli/command.ts';

export const doctorCommand = defineCommand({
  path: ['doctor'],
  summary: 'check whether the platform can run here, and what to do when it cannot',
  arguments: [],
  options: {
    data: { type: 'string', value: '<dir>', default: '.plinth', doc: 'data directory to look at' },
    port: { type: 'integer', value: '<n>', default: '3000', doc: 'port that plinth up would use' },
  },
  examples: ['plinth doctor'],
  exitCodes: { 1: 'something keeps the platform from running' },
  load: async () => (await import('./doctor.handler.ts')).doctor,
});
