import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ClusterLocation } from './cluster-location.ts';
import { filesOf } from './cluster-location.ts';
import { PasswordInvalidError } from './embedded-postgres.errors.ts';
import { stopOrphans } from './orphaned-postgres.ts';
import { bootMark } from './process-identity.ts';
import { runProgram } from './run-program.ts';
import type { PostgresRuntime } from './runtime-location.ts';
import { superuser } from './server-settings.ts';

/** Makes a new cluster with its database beside its place and moves it there: a cluster in place is a complete one. */
export async function initialiseCluster(
  runtime: PostgresRuntime,
  location: ClusterLocation,
  password: string,
): Promise<void> {
  const { account, cluster } = location;
  const draft = `${cluster}.initialising`;
  const passwordFile = `${draft}.password`;
  await stopOrphans(runtime, draft);
  await rm(draft, { recursive: true, force: true, maxRetries: 10 });
  await rm(passwordFile, { force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (account) await Promise.all([draft, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    // PostgreSQL's own C.UTF-8 sorts alike everywhere; the system's locale is C, since C.UTF-8 is not on every system.
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
    const access = [`--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth-host=scram-sha-256'];
    const parameters = [...locale, ...access, '--auth-local=reject', '--no-sync', '--no-instructions', '-D', draft];
    await runProgram(runtime.program('initdb'), parameters, location);
    await runAlone(runtime, location, draft, ['-F'], `CREATE DATABASE ${superuser} STRATEGY = FILE_COPY`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(filesOf(location.dataDirectory).unsynced, bootMark());
  await rename(draft, cluster);
}

/**
 * Brings a new cluster to the disk. Syncing its thousand files can take seconds on a slow disk, so it goes on
 * while the server already works; until it is done a marker tells the next start not to trust a power cut.
 * The server itself syncs as usual, so this concerns only what initdb wrote.
 */
export async function syncCluster(runtime: PostgresRuntime, location: ClusterLocation): Promise<void> {
  const { unsynced, password } = filesOf(location.dataDirectory);
  if (!existsSync(unsynced)) return;
  await runProgram(runtime.program('initdb'), ['--sync-only', '-D', location.cluster], location);
  if (process.platform !== 'win32') {
    for (const path of [password, location.dataDirectory, dirname(location.cluster)]) {
      const handle = await open(path);
      await handle.sync().finally(() => handle.close());
    }
  }
  await rm(unsynced, { force: true });
}

/** The superuser's password: the caller's, else the stored one, else a new one; stored for the next start. */
export async function resolvePassword(
  runtime: PostgresRuntime,
  location: ClusterLocation,
  wished: string | undefined,
): Promise<string> {
  if (wished !== undefined && !/^[^\0\r\n]+$/.test(wished)) throw new PasswordInvalidError();
  const { password: file } = filesOf(location.dataDirectory);
  const stored = existsSync(file) ? await readFile(file, 'utf8') : '';
  const password = wished ?? (stored || randomBytes(24).toString('base64url'));
  if (password === stored) return password;
  if (location.exists) await changePassword(runtime, location, password);
  await writeFile(`${file}.new`, password, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return password;
}

/** Single-user mode needs no password: it also helps when the password file was lost. */
function changePassword(runtime: PostgresRuntime, location: ClusterLocation, password: string): Promise<void> {
  const literal = `'${password.replaceAll("'", "''")}'`;
  const parameters = ['-c', 'standard_conforming_strings=on'];
  return runAlone(runtime, location, location.cluster, parameters, `ALTER ROLE ${superuser} PASSWORD ${literal}`);
}

function runAlone(
  runtime: PostgresRuntime,
  location: ClusterLocation,
  directory: string,
  parameters: string[],
  statement: string,
): Promise<void> {
  const session = ['--single', '-D', directory, '-c', 'exit_on_error=on', ...parameters, 'template1'];
  return runProgram(runtime.program('postgres'), session, location, `${statement}\n`);
}
