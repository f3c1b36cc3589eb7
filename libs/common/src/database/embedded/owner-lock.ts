import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirectoryInUseError } from './embedded-postgres.errors.ts';
import { isAlive, startMark } from './process-identity.ts';

/** Held by the one Node process that runs PostgreSQL on a data directory. */
export interface OwnerLock {
  release(): Promise<void>;
}

interface Owner {
  pid: number;
  startMark?: string | undefined;
  token: string;
}

/** Takes the lock, also from an owner that died; throws `DataDirectoryInUseError` while the owner lives. */
export async function acquireOwnerLock(dataDirectory: string): Promise<OwnerLock> {
  const lock = join(dataDirectory, 'owner.lock');
  const owner: Owner = { pid: process.pid, startMark: startMark(process.pid), token: randomUUID() };
  const candidate = `${lock}.${owner.token}`;
  await writeFile(candidate, JSON.stringify(owner), { mode: 0o600 });
  try {
    // A hard link appears whole or not at all, so no reader sees a half-written lock.
    while (!(await tryLink(candidate, lock))) {
      const held = await readText(lock);
      if (held === undefined) continue;
      const holder = parseOwner(held);
      if (holder && isSameProcess(holder)) throw new DataDirectoryInUseError(dataDirectory, holder.pid);
      await removeStale(lock, held, `${candidate}.stale`);
    }
  } finally {
    await rm(candidate, { force: true });
  }
  return {
    async release() {
      const held = await readText(lock);
      if (held !== undefined && parseOwner(held)?.token === owner.token) await rm(lock, { force: true });
    },
  };
}

/** Moves the dead owner's lock away; puts it back when a faster starter had replaced it in between. */
async function removeStale(lock: string, expected: string, aside: string): Promise<void> {
  try {
    await rename(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readText(aside)) !== expected) await tryLink(aside, lock);
  await rm(aside, { force: true });
}

function isSameProcess(owner: Owner): boolean {
  if (!isAlive(owner.pid)) return false;
  const mark = startMark(owner.pid);
  // Where the system tells no start time, a living pid is taken for the owner: refusing is the safe mistake.
  return mark === undefined || owner.startMark === undefined || mark === owner.startMark;
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner: unknown = JSON.parse(text);
    return typeof (owner as Owner | null)?.pid === 'number' ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
