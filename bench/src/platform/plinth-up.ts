import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchmarkContext } from '../benchmark.ts';
import { findFreePort } from './free-port.ts';

const patienceMs = 60_000;

/** A `plinth up` that answers 200 on /health/ready. */
export interface PlinthUp {
  readonly pid: number;
  /** From the start of the process to the first 200. */
  readonly readyAfterSeconds: number;
  stop(): Promise<void>;
}

/** Runs `plinth up` as scripts/plinth.mjs does: same Node.js, same compile cache. */
export async function startPlinthUp({ root, environment }: BenchmarkContext, dataDirectory: string): Promise<PlinthUp> {
  const command = join(root, 'apps', 'cli', 'dist', 'src', 'main.js');
  if (!existsSync(command)) throw new Error('apps/cli is not built');
  const port = await findFreePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [command, 'up', '--data', dataDirectory, '--port', String(port), '--json'], {
    env: { NODE_COMPILE_CACHE: join(root, '.cache', 'node-compile'), ...environment } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(-2000)));
  const stop = (): Promise<void> => end(child);
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`plinth up ended: ${words}`);
      if (performance.now() - startedAt > patienceMs)
        throw new Error(`plinth up was not ready after ${patienceMs / 1000} s: ${words}`);
      await sleep(5);
    }
    return { pid: child.pid ?? 0, readyAfterSeconds: (performance.now() - startedAt) / 1000, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/health/ready', agent: false, timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await gone;
  clearTimeout(timer);
}
