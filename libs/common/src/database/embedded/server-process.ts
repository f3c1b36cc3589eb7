import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterLocation } from './cluster-location.ts';
import { PostgresStartError } from './embedded-postgres.errors.ts';
import type { PostgresRuntime } from './runtime-location.ts';
import type { ServerLog } from './server-log.ts';
import { childOptions } from './server-settings.ts';

/** A server that accepts connections. */
export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Long, since after a crash PostgreSQL replays up to a gigabyte of its journal first. */
const startPatience = 300_000;

/** Starts the server and waits until it accepts connections. */
export async function spawnServer(
  runtime: PostgresRuntime,
  location: ClusterLocation,
  parameters: string[],
  log: ServerLog,
): Promise<ServerProcess> {
  const program = runtime.program('postgres');
  const child = spawn(program, parameters, {
    ...childOptions(location),
    // A session of its own: Ctrl-C reaches plinth alone, which first finishes what it is doing.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let outcome: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      outcome = `ended with ${signal ?? `exit code ${code}`}`;
      resolve();
    });
    child.once('error', (error) => {
      outcome ??= `could not be run (${error.message})`;
      resolve();
    });
  });
  const deadline = Date.now() + startPatience;
  while (!(await isReady(location.cluster, child.pid))) {
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      await ended;
      outcome = `was not ready after ${startPatience / 1000} s`;
    }
    if (outcome !== undefined) throw new PostgresStartError(program, outcome, await log.readTail());
    await Promise.race([ended, sleep(10)]);
  }
  const guard = spawnGuard(child.pid!, location);
  void ended.then(() => guard?.kill('SIGKILL'));
  return { pid: child.pid!, ended, stop: () => stopServer(runtime, location.cluster, child, ended) };
}

/** Line 8 of postmaster.pid is the server's own word on its state; line 1 tells it from a predecessor's file. */
async function isReady(cluster: string, pid: number | undefined): Promise<boolean> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/** A shell that waits for plinth's end of a pipe to close, then stops the server: no orphan after a kill -9. */
function spawnGuard(pid: number, location: ClusterLocation): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'plinth-postgres-guard', String(pid)], {
    ...childOptions(location),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell the next start finds and stops the orphan.
  guard.once('error', () => undefined);
  guard.unref();
  (guard.stdin as NodeJS.WritableStream & { unref?(): void }).unref?.();
  return guard;
}

async function stopServer(
  runtime: PostgresRuntime,
  cluster: string,
  child: ChildProcess,
  ended: Promise<void>,
): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ];
  for (const [signal, patience] of steps) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (process.platform === 'win32' && signal === 'SIGINT') {
      // Node can only terminate on Windows; pg_ctl asks.
      const stopping = execFile(runtime.program('pg_ctl'), ['stop', '-D', cluster, '-m', 'fast', '-t', '10']);
      await once(stopping, 'exit').catch(() => undefined);
    } else child.kill(signal);
    const timer = new AbortController();
    await Promise.race([ended, sleep(patience, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }
  await ended;
}
