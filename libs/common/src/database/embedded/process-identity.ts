import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { uptime } from 'node:os';

/** A running process as the system lists it. */
export interface ListedProcess {
  pid: number;
  /** Program and arguments; PostgreSQL's children show one descriptive string. */
  command: readonly string[];
}

/** Whether the process exists; one that ended but was not reaped yet does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = linuxStat(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** Identifies one boot of this machine. */
export function bootMark(): string {
  return (
    readText('/proc/sys/kernel/random/boot_id')?.trim() ?? String(Math.round((Date.now() / 1000 - uptime()) / 600))
  );
}

/** Tells a process from a later one with the same pid; undefined where the system does not say. */
export function startMark(pid: number): string | undefined {
  const ticks = linuxStat(pid)?.[19];
  if (ticks !== undefined) return `${bootMark()} ${ticks}`;
  if (process.platform !== 'darwin') return undefined;
  try {
    return ps(['-o', 'lstart=', '-p', String(pid)]).trim();
  } catch {
    return undefined;
  }
}

/** All processes with their command lines; empty on Windows. */
export function listProcesses(): ListedProcess[] {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux') {
    return ps(['-axww', '-o', 'pid=,command='])
      .split('\n')
      .flatMap((line) => {
        const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
        return pid && command ? [{ pid: Number(pid), command: command.split(' ') }] : [];
      });
  }
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.map((pid) => ({ pid, command: (readText(`/proc/${pid}/cmdline`) ?? '').split('\0') }));
}

/** Fields of /proc/<pid>/stat from the state on; the name before it may hold spaces and brackets. */
function linuxStat(pid: number): string[] | undefined {
  const text = readText(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(parameters: string[]): string {
  return execFileSync('/bin/ps', parameters, { encoding: 'utf8', env: { LC_ALL: 'C', TZ: 'UTC' } });
}
