import type { Stats } from 'node:fs';
import { chown, lchown, lstat, readFile, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AccountMissingError } from './embedded-postgres.errors.ts';

/** An account that PostgreSQL runs as when plinth itself is root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const candidates = ['postgres', 'nobody'];

/**
 * The account for a cluster; undefined when this process is not root and PostgreSQL runs as itself.
 * An existing cluster keeps the account that owns it, so that a later start without root still works.
 */
export async function resolveAccount(existingCluster: string | undefined): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existingCluster !== undefined) {
    const { uid, gid } = await stat(existingCluster);
    if (uid !== 0) return { name: `uid ${uid}`, uid, gid };
  }
  const passwd = await readFile('/etc/passwd', 'utf8');
  const account = candidates.map((name) => findAccount(passwd, name)).find((found) => found !== undefined);
  if (!account) throw new AccountMissingError(candidates);
  return account;
}

/** The line of one account in /etc/passwd. */
export function findAccount(passwd: string, name: string): Account | undefined {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([first]) => first === name);
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  return uid > 0 && gid >= 0 ? { name, uid, gid } : undefined;
}

/** Whether the account may pass through every folder above the path and read and enter or execute the path itself. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  const target = await realpath(path);
  if (!allows(await stat(target), account, 0o5)) return false;
  return canTraverse(dirname(target), account);
}

/** Whether the account may pass through the directory and every folder above it. */
export async function canTraverse(directory: string, account: Account): Promise<boolean> {
  const path = await realpath(directory);
  if (!allows(await stat(path), account, 0o1)) return false;
  return path === dirname(path) || canTraverse(dirname(path), account);
}

/** Gives a directory and all within to the account; symbolic links are changed, not followed. */
export async function giveTo(account: Account, directory: string): Promise<void> {
  await chown(directory, account.uid, account.gid);
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if ((await lstat(path)).isDirectory()) await giveTo(account, path);
    else await lchown(path, account.uid, account.gid);
  }
}

/** Mode bits only, without further groups: a spawned child gets the account's main group and no other. */
function allows(stats: Stats, account: Account, bits: number): boolean {
  const shift = stats.uid === account.uid ? 6 : stats.gid === account.gid ? 3 : 0;
  return ((stats.mode >> shift) & bits) === bits;
}
