import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { sum } from '../statistics.ts';

const run = promisify(execFile);

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** User and system time, in ticks of a hundredth of a second. */
  readonly ticks: number;
  /** The same of children that have ended. */
  readonly endedTicks: number;
}

/** The processes below one, from /proc. */
export async function listDescendants(pid: number): Promise<ProcessStat[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(names.map((name) => readStat(Number(name))))).filter((stat) => stat !== undefined);
  const below = (parent: number): ProcessStat[] =>
    all.filter((stat) => stat.parent === parent).flatMap((stat) => [stat, ...below(stat.pid)]);
  return below(pid);
}

/** CPU seconds that a process has used; NaN where the system does not tell. */
export async function cpuSeconds(pid: number): Promise<number> {
  return ((await readStat(pid))?.ticks ?? NaN) / 100;
}

/** CPU seconds that the processes below one have used, the ended ones too; NaN where the system does not tell. */
export async function cpuSecondsBelow(pid: number): Promise<number> {
  const stats = await listDescendants(pid).catch(() => undefined);
  return stats === undefined ? NaN : sum(stats.map(({ ticks, endedTicks }) => ticks + endedTicks)) / 100;
}

/** The same of a process with all below it. */
export async function cpuSecondsOfTree(pid: number): Promise<number> {
  const stat = await readStat(pid);
  return stat === undefined ? NaN : (stat.ticks + stat.endedTicks) / 100 + (await cpuSecondsBelow(pid));
}

/** Waits until a process and all below it have hardly anything to do, for a minute at most. */
export async function waitUntilIdle(pid: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  let quiet = 0;
  while (quiet < 2 && performance.now() < deadline) {
    const before = await cpuSecondsOfTree(pid);
    await sleep(500);
    // Where the system does not tell, once around is all that can be done.
    quiet = (await cpuSecondsOfTree(pid)) - before > 0.04 ? 0 : quiet + 1;
  }
}

/** Memory of processes in MB (10⁶ bytes): resident, and proportional, where shared pages count once. */
export async function measureMemory(pids: readonly number[]): Promise<{ resident: number; proportional: number }> {
  let [resident, proportional] = [0, 0];
  for (const pid of pids) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    const field = (name: string): number =>
      (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]) * 1024) / 1e6;
    resident += field('Rss');
    proportional += field('Pss');
  }
  return { resident, proportional };
}

/** Binds processes and all their threads to one core; false where `taskset` is missing. */
export async function pin(pids: readonly number[], core: number): Promise<boolean> {
  try {
    for (const pid of pids) await run('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
    return true;
  } catch {
    return false;
  }
}

async function readStat(pid: number): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The command stands in parentheses and may hold anything.
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  return {
    pid,
    command: text.slice(text.indexOf('(') + 1, end),
    parent: Number(fields[1]),
    ticks: Number(fields[11]) + Number(fields[12]),
    endedTicks: Number(fields[13]) + Number(fields[14]),
  };
}
