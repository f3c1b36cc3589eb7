import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { packagePath } from '@plinth/common';

const command = fileURLToPath(new URL('../cli/dist/src/main.js', packagePath(import.meta.url, './')));

/** A `plinth` process of a test. */
export interface PlatformProcess {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  readonly output: () => string;
  /** Waits until /health/ready answers 200. */
  ready(url: string): Promise<void>;
  /** Ends it as Ctrl-C does, and waits. */
  stop(): Promise<number | null>;
  /** Ends it without a chance to do anything. */
  kill(): Promise<void>;
}

/** Runs `plinth <arguments>` with an environment of its own. */
export function startPlinth(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): PlatformProcess {
  const child = spawn(process.execPath, [command, ...parameters], {
    // Without the scheduled jobs: a run on the hour must not change what a test counts.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PLINTH_JOBS: 'false', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    output: () => printed,
    async ready(url) {
      for (let round = 0; round < 600; round += 1) {
        if (child.exitCode !== null) throw new Error(`plinth ended with ${child.exitCode}:\n${printed}`);
        const isReady = await fetch(`${url}/health/ready`).then(
          (answer) => answer.ok,
          () => false,
        );
        if (isReady) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`plinth is not ready after 30 s:\n${printed}`);
    },
    async stop() {
      child.kill('SIGINT');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
