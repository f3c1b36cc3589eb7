import {
  createLogger,
  Secret,
  startTracing,
  type Logger,
  type LoggerOptions,
  type MigrationStatus,
} from '@plinth/common';
import { listMigrationStatus as listStatus } from '@plinth/common';
import { loadConfiguration } from './composition/configuration.ts';
import { createHttp } from './composition/create-http.ts';
import { findFreePort } from './composition/free-port.ts';
import { removeInstanceFile, writeInstanceFile } from './composition/instance-file.ts';
import { openDatabase } from './composition/open-database.ts';
import { migrationSets, prepareDatabase } from './composition/prepare-database.ts';
import { createRateCounter, openSharedStore } from './composition/open-shared-store.ts';
import { openGatewayUsage } from './composition/open-usage.ts';
import { returnMemorySoon } from './composition/return-memory.ts';
import { createBackend, type Backend } from './composition/run-services.ts';
import { loadManifests, loadServices, serviceNames } from './composition/service-registry.ts';
import { PortTakenError } from './server.errors.ts';
import { version } from './version.ts';

export interface PlatformOptions {
  /** All when absent. */
  readonly services?: readonly string[];
  /** Whether this process is the gateway; it is when all services run in it, unless said otherwise. */
  readonly gateway?: boolean;
  readonly host?: string;
  /** 0: any free one. */
  readonly port?: number;
  /** Where the embedded platform keeps its data. */
  readonly dataDirectory?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  readonly onProgress?: (step: string) => void;
}

/** A running process of the platform. */
export interface Platform {
  readonly url: string;
  readonly port: number;
  readonly services: readonly string[];
  readonly startedInMs: number;
  /** The database as a role that may do everything, for maintenance. */
  readonly databaseUrl: Secret;
  /** Resolves when the embedded database ended and could not be kept running; never without one. */
  readonly databaseLost: Promise<void>;
  /** Drains requests, events and jobs, then ends everything. May be called again. */
  stop(): Promise<void>;
}

/** Starts any set of services in this process, with the gateway and the embedded PostgreSQL where asked for. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const startedAt = performance.now();
  const names = options.services ?? serviceNames;
  const host = options.host ?? '127.0.0.1';
  const onProgress = options.onProgress ?? (() => {});
  const definitions = await loadServices(names);
  const configuration = await loadConfiguration(definitions, options.environment, options.dataDirectory);
  const gateway = options.gateway ?? options.services === undefined;
  const remoteManifests = gateway
    ? await loadManifests(serviceNames.filter((name) => !names.includes(name) && configuration.serviceUrls.has(name)))
    : [];
  const log =
    options.log ??
    createLogger({
      level: configuration.environment.getString('PLINTH_LOG_LEVEL') as NonNullable<LoggerOptions['level']>,
    });
  const port = options.port === 0 ? await findFreePort(host) : (options.port ?? 3000);
  const publicUrl = (configuration.environment.findString('PLINTH_PUBLIC_URL') ?? `http://localhost:${port}`).replace(
    /\/+$/,
    '',
  );

  const cleanups: (() => Promise<unknown>)[] = [];
  const undo = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    onProgress('starting the database');
    const database = await openDatabase(configuration, options.dataDirectory, log);
    cleanups.push(async () => database.embedded?.stop());
    if (database.embedded !== undefined) {
      await prepareDatabase(database.adminUrl, database.runtimeUrl, definitions, (name) =>
        onProgress(`applying ${name}`),
      );
    }
    onProgress('starting the services');
    const backend = await createBackend({
      definitions,
      configuration,
      runtimeUrl: database.runtimeUrl,
      publicUrl,
      dataDirectory: options.dataDirectory,
      log,
    });
    cleanups.push(() => backend.stop());
    const endpoint = configuration.environment.findString('OTEL_EXPORTER_OTLP_ENDPOINT');
    const samplePercent = configuration.environment.getInteger('PLINTH_TRACE_PERCENT');
    const tracing =
      endpoint === undefined
        ? undefined
        : await startTracing({ endpoint, serviceName: 'plinth', version, samplePercent });
    cleanups.push(async () => tracing?.stop());
    let draining = false;
    const store = await openSharedStore(configuration.environment, log);
    cleanups.push(async () => store?.close());
    const manifests = [...definitions.map(({ manifest }) => manifest), ...remoteManifests];
    const { dataDirectory } = options;
    const usage = gateway ? await openGatewayUsage({ manifests, backend, dataDirectory, log }) : undefined;
    cleanups.push(async () => usage?.emitter.stop());
    const app = await createHttp({
      backend,
      usage,
      limiter: createRateCounter(store, configuration.environment, log),
      sharedStore: store,
      configuration,
      gateway,
      remoteManifests,
      publicUrl,
      version,
      log,
      tracing,
      isDraining: () => draining,
    });
    cleanups.push(() => app.close());
    await backend.start();
    await listen(app, port, host);
    if (database.embedded !== undefined && options.dataDirectory !== undefined) {
      const directory = options.dataDirectory;
      await writeInstanceFile(directory, publicUrl, new Date());
      cleanups.push(() => removeInstanceFile(directory));
    }
    const jobs = configuration.environment.getBoolean('PLINTH_JOBS') ? startJobs(backend, log) : Promise.resolve();
    const memory = returnMemorySoon();
    let stopped: Promise<void> | undefined;
    return {
      url: publicUrl,
      port,
      services: names,
      startedInMs: Math.round(performance.now() - startedAt),
      databaseUrl: new Secret(database.adminUrl),
      databaseLost: database.embedded?.ended ?? new Promise(() => {}),
      stop() {
        draining = true;
        memory.cancel();
        return (stopped ??= jobs.then(undo));
      },
    };
  } catch (error) {
    await undo().catch((cleanupError: unknown) =>
      log.error({ err: cleanupError }, 'cleaning up after a failed start failed as well'),
    );
    throw error;
  }
}

export interface MigrateOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dataDirectory?: string;
  readonly onApplied?: (name: string) => void;
}

/** Applies every missing migration; starts the embedded PostgreSQL for it when there is no DATABASE_URL. */
export async function migratePlatform(options: MigrateOptions): Promise<string[]> {
  return withDatabase(options, (adminUrl, runtimeUrl, definitions) =>
    prepareDatabase(adminUrl, runtimeUrl, definitions, options.onApplied),
  );
}

/** Which migrations are applied and which are missing; `runningDatabase`: of an embedded platform that runs. */
export async function listMigrationStatus(
  options: MigrateOptions & { readonly runningDatabase?: Secret | undefined },
): Promise<MigrationStatus[]> {
  if (options.runningDatabase !== undefined)
    return listStatus(options.runningDatabase.reveal(), migrationSets(await loadServices(serviceNames)));
  return withDatabase(options, (adminUrl, _runtimeUrl, definitions) =>
    listStatus(adminUrl, migrationSets(definitions)),
  );
}

type Definitions = Awaited<ReturnType<typeof loadServices>>;

async function withDatabase<Result>(
  options: MigrateOptions,
  work: (adminUrl: string, runtimeUrl: string, definitions: Definitions) => Promise<Result>,
): Promise<Result> {
  const definitions = await loadServices(serviceNames);
  const configuration = await loadConfiguration(definitions, options.environment, options.dataDirectory);
  const database = await openDatabase(configuration, options.dataDirectory);
  try {
    return await work(database.adminUrl, database.runtimeUrl, definitions);
  } finally {
    await database.embedded?.stop();
  }
}

async function listen(app: Awaited<ReturnType<typeof createHttp>>, port: number, host: string): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw new PortTakenError(port, error);
    throw error;
  }
}

/** Jobs start after the process is ready; that they do not start is logged, and everything else works. */
function startJobs(backend: Backend, log: Logger): Promise<void> {
  return backend
    .startJobs()
    .catch((error: unknown) => log.error({ err: error }, 'scheduled jobs could not be started'));
}
