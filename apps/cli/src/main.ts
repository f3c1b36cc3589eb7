#!/usr/bin/env node
import { run } from './cli/run.ts';

const { argv, env, stdout, stderr } = process;

// A reader that went away (`plinth … | head`) is no failure of ours.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run({ argv: argv.slice(2), environment: env, stdout, stderr });
// An idle connection that a library keeps must not hold the shell.
setTimeout(() => process.exit(), 1000).unref();
