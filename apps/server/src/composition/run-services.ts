import {
  buildConsumers,
  ContractClients,
  createFileTransport,
  createMissingTransport,
  createPool,
  createSmtpTransport,
  Database,
  Jobs,
  Metrics,
  OutboxRelay,
  PlatformMetrics,
  PostgresDriver,
  sweepMessaging,
  systemClock,
  type Clock,
  type Logger,
  type MailTransport,
  type ServiceDefinition,
  type ServiceInstance,
} from '@plinth/common';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { MissingServiceError } from '../server.errors.ts';
import { version } from '../version.ts';
import type { Configuration } from './configuration.ts';

/** A service in this process. */
export interface RunningService {
  readonly definition: ServiceDefinition;
  readonly instance: ServiceInstance;
  readonly database: Database;
}

/** Everything behind the HTTP side of a process. */
export interface Backend {
  readonly pool: Pool;
  readonly contracts: ContractClients;
  readonly metrics: Metrics;
  readonly services: readonly RunningService[];
  readonly relays: ReadonlyMap<string, OutboxRelay>;
  /** Starts events; jobs follow in `startJobs`, after the process is ready. */
  start(): Promise<void>;
  startJobs(): Promise<void>;
  stop(): Promise<void>;
}

export interface BackendOptions {
  readonly definitions: readonly ServiceDefinition[];
  readonly configuration: Configuration;
  readonly runtimeUrl: string;
  readonly publicUrl: string;
  readonly dataDirectory: string | undefined;
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Builds the services of a process on one pool. Nothing listens and no event flows before `start`. */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const { definitions, configuration, log } = options;
  const clock = options.clock ?? systemClock;
  const pool = createPool({
    url: options.runtimeUrl,
    max: configuration.environment.getInteger('DATABASE_POOL_MAX'),
    applicationName: `plinth ${definitions.map(({ manifest }) => manifest.name).join(' ')}`.slice(0, 60),
    log,
  });
  const metrics = new Metrics();
  const contracts = new ContractClients({
    internalSecret: configuration.internalSecret,
    urls: configuration.serviceUrls,
  });
  const platformMetrics = new PlatformMetrics(metrics, {
    pool,
    log,
    version,
    services: definitions.map(({ manifest }) => ({ name: manifest.name, ...manifest.database })),
  });
  const jobs = new Jobs({
    log,
    executeSql: (text, values) => runJobsStatement(pool, text, values),
    onRun: (job, outcome) => platformMetrics.countJob(job, outcome),
  });
  const mail = createMail(options);
  const driver = new PostgresDriver({ pool, log });
  const relays = new Map<string, OutboxRelay>();
  const services: RunningService[] = [];
  for (const definition of definitions) {
    const { manifest } = definition;
    const relay = new OutboxRelay({
      pool,
      ...manifest.database,
      driver,
      log,
      onPublished: (rows) => platformMetrics.countPublished(manifest.name, rows),
    });
    relays.set(manifest.name, relay);
    const database = new Database({
      pool,
      service: manifest.name,
      ...manifest.database,
      clock,
      onOutboxWritten: () => relay.hint(),
      onQuery: (seconds) => platformMetrics.recordQuery(manifest.name, seconds),
    });
    const instance = await definition.create({
      environment: configuration.environment,
      database,
      contracts,
      clock,
      metrics,
      jobs,
      mail,
      log: log.child({ service: manifest.name }),
      dataDirectory: options.dataDirectory,
      publicUrl: options.publicUrl,
    });
    if (instance.contract !== undefined) contracts.register(manifest.name, instance.contract);
    services.push({ definition, instance, database });
  }
  assertCallsReachable(definitions, contracts);
  const consumers = services.flatMap(({ definition, instance, database }) =>
    buildConsumers(definition.manifest, instance.useCases ?? {}, database),
  );

  return {
    pool,
    contracts,
    metrics,
    services,
    relays,
    async start() {
      for (const { instance } of services) await instance.start?.();
      if (consumers.length > 0) await driver.start(consumers);
      for (const relay of relays.values()) relay.start();
    },
    startJobs: () =>
      jobs.start([
        {
          name: 'platform.sweep',
          schedule: '17 * * * *',
          run: () =>
            sweepMessaging(
              pool,
              definitions.map(({ manifest }) => manifest.database),
            ),
        },
        ...services.flatMap(({ instance }) => instance.jobs ?? []),
      ]),
    async stop() {
      await jobs.stop();
      for (const { instance } of services) await instance.stop?.();
      await Promise.all([...relays.values()].map((relay) => relay.stop()));
      await driver.stop();
      await mail.close();
      await pool.end();
    },
  };
}

function createMail({ configuration, dataDirectory, log }: BackendOptions): MailTransport {
  const from = configuration.environment.getString('PLINTH_MAIL_FROM');
  const url = configuration.environment.findSecret('SMTP_URL');
  if (url !== undefined) return createSmtpTransport(url, from);
  return dataDirectory === undefined
    ? createMissingTransport()
    : createFileTransport(join(dataDirectory, 'mail'), from, log);
}

function assertCallsReachable(definitions: readonly ServiceDefinition[], contracts: ContractClients): void {
  for (const { manifest } of definitions) {
    for (const callee of manifest.calls) {
      if (!contracts.isReachable(callee)) throw new MissingServiceError(manifest.name, callee);
    }
  }
}

/**
 * Runs what pg-boss asks for as its role, in one transaction: behind a transaction pool a role that outlives it would
 * be the next client's. pg-boss notices that it cannot rebuild indexes in a transaction, and leaves that.
 */
async function runJobsStatement(pool: Pool, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const client = await pool.connect();
  let failure: unknown;
  try {
    const begin = 'BEGIN; SET LOCAL ROLE plinth_jobs';
    // Several statements that bring a transaction of their own get the role inside of it.
    if (/^\s*BEGIN;/.test(text)) return await client.query(text.replace('BEGIN;', `${begin};`));
    const [, result] = await Promise.all([
      client.query(begin),
      values === undefined ? client.query(text) : client.query(text, values),
    ]);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    // A connection in a transaction that failed is not given back.
    client.release(failure !== undefined);
  }
}
