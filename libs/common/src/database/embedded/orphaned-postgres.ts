import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { OrphanNotStoppedError } from './embedded-postgres.errors.ts';
import { isAlive, listProcesses } from './process-identity.ts';
import type { PostgresRuntime } from './runtime-location.ts';
import { clusterName } from './server-settings.ts';

/**
 * Stops what an earlier, dead owner left running on a cluster: a server, single backends, or initdb.
 * Only processes whose command line or title names this very cluster are touched; a recycled pid is not.
 */
export async function stopOrphans(runtime: PostgresRuntime, cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(cluster)) return;
  if (process.platform === 'win32') {
    // pg_ctl signals through a pipe that only a PostgreSQL process has. It fails when there is none, which is fine.
    const parameters = ['stop', '-D', cluster, '-m', 'fast', '-t', '10'];
    if (existsSync(pidFile)) await promisify(execFile)(runtime.program('pg_ctl'), parameters).catch(() => undefined);
    return;
  }
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 8_000],
  ];
  for (const [signal, patience] of steps) {
    const { servers, others } = processesOf(cluster);
    servers.forEach((pid) => send(pid, signal));
    // Children follow their server's orders; without one they are told to go at once.
    if (servers.length === 0) others.forEach((pid) => send(pid, 'SIGQUIT'));
    if (await haveEnded([...servers, ...others], patience)) break;
  }
  const { servers, others } = processesOf(cluster);
  if (servers.length + others.length > 0) throw new OrphanNotStoppedError(cluster, [...servers, ...others]);
  // PostgreSQL would take any living process with the recorded pid for its predecessor and refuse to start.
  await rm(pidFile, { force: true });
}

function processesOf(cluster: string): { servers: number[]; others: number[] } {
  const title = `postgres: ${clusterName(cluster)}: `;
  const servers: number[] = [];
  const others: number[] = [];
  for (const { pid, command } of listProcesses()) {
    if (command.join(' ').startsWith(title)) others.push(pid);
    else if (hasDataDirectory(command, cluster)) servers.push(pid);
  }
  return { servers: servers.filter(isAlive), others: others.filter(isAlive) };
}

function hasDataDirectory(command: readonly string[], cluster: string): boolean {
  if (!['postgres', 'initdb'].includes(basename(command[0] ?? ''))) return false;
  return `${command.join(' ')} `.includes(` -D ${cluster} `);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

async function haveEnded(pids: readonly number[], patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
