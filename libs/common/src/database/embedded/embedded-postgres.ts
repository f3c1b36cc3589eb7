import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ClusterLocation } from './cluster-location.ts';
import { assertUsable, filesOf, locateCluster, prepareDataDirectory } from './cluster-location.ts';
import { PostgresStartError } from './embedded-postgres.errors.ts';
import { initialiseCluster, resolvePassword, syncCluster } from './initialise-cluster.ts';
import { isPortFree, resolvePort } from './loopback-port.ts';
import { stopOrphans } from './orphaned-postgres.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import type { PostgresRuntime } from './runtime-location.ts';
import { locateRuntime } from './runtime-location.ts';
import type { ServerLog } from './server-log.ts';
import { openServerLog } from './server-log.ts';
import type { ServerProcess } from './server-process.ts';
import { spawnServer } from './server-process.ts';
import { serverParameters, superuser } from './server-settings.ts';
import { superviseServer, type SupervisedServer } from './supervised-server.ts';

/** How to run the built-in PostgreSQL. */
export interface EmbeddedPostgresOptions {
  /** Directory of its own; holds the cluster, its log, its password and its lock. Created when missing. */
  dataDirectory: string;
  /** A taken port is an error then. Without it: the port of the last start, or any free one. */
  port?: number | undefined;
  /** Password of the superuser; changed when it differs from the stored one. Generated and stored without it. */
  password?: string | { reveal(): string } | undefined;
  /** Called after the server ended by itself and before it is started again. */
  onRestart?: (() => void) | undefined;
  /** Gets each line that the server writes to its log. */
  onLog?: ((line: string) => void) | undefined;
  /** PostgreSQL settings that differ from plinth's. */
  settings?: Record<string, string> | undefined;
  /** Where clusters and a copy of PostgreSQL go when plinth is root and they lie out of PostgreSQL's reach. */
  sharedDirectory?: string | undefined;
}

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  /** Address of the database `plinth`, as its superuser. Holds the password. */
  readonly url: string;
  readonly port: number;
  /** Of the server that runs at the moment: one that ends by itself is started again, at the same address. */
  readonly pid: number;
  /** Whether this start made the cluster. */
  readonly freshlyCreated: boolean;
  /** Resolves when the server has ended for good: after `stop`, or when it could not be kept running, which is a failure. */
  readonly ended: Promise<void>;
  /** Ends connections, writes everything to disk and gives the directory free. May be called again. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL on a data directory, making the cluster first when there is none, and waits until it is ready. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = await prepareDataDirectory(resolve(options.dataDirectory));
  const lock = await acquireOwnerLock(dataDirectory);
  try {
    const shared = options.sharedDirectory ?? '/var/lib/plinth';
    const location = await locateCluster(dataDirectory, shared);
    const runtime = await locateRuntime(location.account, shared);
    const password = await prepareCluster(runtime, location, options);
    const log = await openServerLog(filesOf(dataDirectory).log, options.onLog);
    try {
      const { server, port } = await serve(runtime, location, options, log);
      const supervised = superviseServer(server, async () => {
        options.onRestart?.();
        await stopOrphans(runtime, location.cluster);
        return spawnServer(runtime, location, serverParameters(location.cluster, port, options.settings ?? {}), log);
      });
      const release = () => close(log, lock.release);
      return handOver({ runtime, location, server: supervised, port, password, release });
    } catch (error) {
      await log.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function prepareCluster(
  runtime: PostgresRuntime,
  location: ClusterLocation,
  { password }: EmbeddedPostgresOptions,
): Promise<string> {
  if (location.exists) {
    await assertUsable(location, runtime.major);
    await stopOrphans(runtime, location.cluster);
  }
  const resolved = await resolvePassword(
    runtime,
    location,
    typeof password === 'object' ? password.reveal() : password,
  );
  if (!location.exists) await initialiseCluster(runtime, location, resolved);
  return resolved;
}

/** A port can be taken between the look and the start; unless the caller demanded it, another one is tried once. */
async function serve(
  runtime: PostgresRuntime,
  location: ClusterLocation,
  { port: demanded, settings = {} }: EmbeddedPostgresOptions,
  log: ServerLog,
): Promise<{ server: ServerProcess; port: number }> {
  const record = filesOf(location.dataDirectory).port;
  const start = async (port: number) => {
    const server = await spawnServer(runtime, location, serverParameters(location.cluster, port, settings), log);
    await writeFile(record, String(port), { mode: 0o600 });
    return { server, port };
  };
  const port = await resolvePort(demanded, record);
  try {
    return await start(port);
  } catch (error) {
    if (!(error instanceof PostgresStartError) || (await isPortFree(port))) throw error;
    return start(await resolvePort(demanded, record));
  }
}

interface Started {
  runtime: PostgresRuntime;
  location: ClusterLocation;
  server: SupervisedServer;
  port: number;
  password: string;
  release(): Promise<void>;
}

function handOver(started: Started): EmbeddedPostgres {
  const { runtime, location, server, port, password } = started;
  const address = `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  // A failure keeps the marker, so the next start syncs again.
  const synced = syncCluster(runtime, location).catch(() => undefined);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await Promise.all([server.stop(), synced]);
    await started.release();
  };
  return {
    url: `${address}/${superuser}`,
    port,
    get pid() {
      return server.pid;
    },
    freshlyCreated: !location.exists,
    ended: server.ended,
    stop: () => (stopped ??= stop()),
  };
}

async function close(log: ServerLog, release: () => Promise<void>): Promise<void> {
  await log.close();
  await release();
}
