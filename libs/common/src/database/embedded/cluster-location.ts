import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readlink, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  ClusterMissingError,
  ClusterNotDurableError,
  DataUnreachableError,
  DataVersionError,
  ForeignDataDirectoryError,
} from './embedded-postgres.errors.ts';
import { bootMark } from './process-identity.ts';
import type { Account } from './unprivileged-account.ts';
import { canReach, canTraverse, giveTo, resolveAccount } from './unprivileged-account.ts';

/** Where everything of one embedded server lies. */
export interface ClusterLocation {
  dataDirectory: string;
  /** PostgreSQL's own data directory; outside `dataDirectory` when the account cannot reach that. */
  cluster: string;
  /** Whether the cluster is there; otherwise it must be initialised. */
  exists: boolean;
  /** Set when plinth is root. */
  account: Account | undefined;
}

/** Files that plinth keeps beside the cluster, out of reach of the account that runs PostgreSQL. */
export function filesOf(dataDirectory: string): Record<'log' | 'password' | 'port' | 'unsynced' | 'link', string> {
  return {
    log: join(dataDirectory, 'postgres.log'),
    password: join(dataDirectory, 'postgres.password'),
    port: join(dataDirectory, 'postgres.port'),
    unsynced: join(dataDirectory, 'cluster.unsynced'),
    link: join(dataDirectory, 'cluster'),
  };
}

/** Creates the data directory and refuses one that belongs to another PostgreSQL. Returns its real path. */
export async function prepareDataDirectory(path: string): Promise<string> {
  // As root, PostgreSQL's account has to pass through to the cluster; it can list nothing.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  if (await mkdir(path, { recursive: true, mode })) await chmod(path, mode);
  if (existsSync(join(path, 'PG_VERSION'))) throw new ForeignDataDirectoryError(path);
  return realpath(path);
}

/** Finds the cluster of a data directory, or decides where a new one goes. */
export async function locateCluster(dataDirectory: string, sharedDirectory: string): Promise<ClusterLocation> {
  const { link, port } = filesOf(dataDirectory);
  if (existsSync(link)) {
    const cluster = await realpath(link);
    const account = await resolveAccount(cluster);
    if (account && (await stat(cluster)).uid === 0) {
      // Copied or restored by root: plain copies lose the mode that PostgreSQL insists on, too.
      await giveTo(account, cluster);
      await chmod(cluster, 0o700);
    }
    if (account && !(await canReach(cluster, account))) throw new DataUnreachableError(cluster, account.name);
    return { dataDirectory, cluster, exists: true, account };
  }
  if (existsSync(port)) throw new ClusterMissingError(dataDirectory, await readlink(link).catch(() => link));
  const account = await resolveAccount(undefined);
  if (!account || (await canTraverse(dataDirectory, account))) {
    return { dataDirectory, cluster: link, exists: false, account };
  }
  const cluster = await relocate(dataDirectory, sharedDirectory);
  return { dataDirectory, cluster, exists: false, account };
}

/** Refuses a cluster of another major version, and one that a power cut may have left incomplete. */
export async function assertUsable(location: ClusterLocation, major: string): Promise<void> {
  const version = (await readFile(join(location.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version !== major) throw new DataVersionError(location.cluster, version, major);
  const { unsynced } = filesOf(location.dataDirectory);
  if (existsSync(unsynced) && (await readFile(unsynced, 'utf8')) !== bootMark()) {
    throw new ClusterNotDurableError(location.dataDirectory, unsynced);
  }
}

/** Chooses a place below the shared directory and leaves a link to it. */
async function relocate(dataDirectory: string, sharedDirectory: string): Promise<string> {
  const { link } = filesOf(dataDirectory);
  const hash = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12);
  await mkdir(sharedDirectory, { recursive: true, mode: 0o755 });
  const home = join(await realpath(sharedDirectory), `${basename(dataDirectory)}-${hash}`);
  const cluster = join(home, 'cluster');
  // The link is gone but its cluster is not: somebody deleted the data directory. Start afresh, destroy nothing.
  const isDangling = await rm(link).then(
    () => true,
    () => false,
  );
  if (!isDangling && existsSync(cluster)) await rename(home, `${home}.replaced-${Date.now()}`);
  await mkdir(home, { recursive: true });
  await chmod(dirname(home), 0o755);
  await chmod(home, 0o711);
  // For whoever finds this folder after the data directory is gone.
  await writeFile(join(home, 'origin'), `${dataDirectory}\n`);
  await symlink(cluster, link);
  return cluster;
}
