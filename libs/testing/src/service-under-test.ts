import {
  permissions,
  processVariables,
  type EventData,
  type EventEnvelope,
  type EventType,
  type Principal,
} from '@plinth/contracts';
import {
  buildConsumers,
  buildEnvelope,
  ContractClients,
  createHttpApp,
  createLogger,
  createPool,
  Database,
  Jobs,
  Metrics,
  newId,
  parseEnvironment,
  Secret,
  runInContext,
  systemClock,
  type Clock,
  type Mail,
  type MailTransport,
  type ServiceDefinition,
  type ServiceInstance,
} from '@plinth/common';
import { findLeaks } from './leaks.ts';
import { recordCalls, type RecordedCall } from './recording-fake.ts';
import { createTestDatabase } from './test-database.ts';

export interface ServiceUnderTestOptions {
  /** Functions of the services that this one calls, by service name. */
  readonly contracts?: Readonly<Record<string, object>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly dataDirectory?: string;
  /** Where mail goes; kept in `mails` when absent. */
  readonly mail?: MailTransport;
  /** A PostgreSQL server to make the database on, for tiers that have none of their own. */
  readonly postgresUrl?: string;
}

export interface TestRequest {
  readonly principal?: Principal;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // Tests read what they expect; a wrong shape fails their assertion.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any;
}

/** One service on a database of its own, with its HTTP side, its contract and its consumers. */
export interface ServiceUnderTest {
  readonly instance: ServiceInstance;
  readonly database: Database;
  /** Sends a request as the given principal through routing, checks and error mapping. Paths are below /api/v1. */
  request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: TestRequest,
  ): Promise<TestResponse>;
  /** Takes the events that the service has written to its outbox since the last call, in order. */
  takeEvents(): Promise<EventEnvelope<never>[]>;
  /** Sends a request to a path outside /api/v1, such as a page; the body is sent as it is. */
  send(
    method: 'GET' | 'POST',
    url: string,
    options?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<TestResponse>;
  /** Hands an event to the service's consumers, as the broker would; returns the envelope to deliver it again. */
  deliver<Type extends EventType>(
    type: Type,
    data: EventData<Type>,
    tenantId?: string,
    again?: EventEnvelope,
  ): Promise<EventEnvelope>;
  /** Mail that the service has sent, in order. */
  readonly mails: readonly Mail[];
  /** What the service has asked other services, in order. */
  readonly calls: readonly RecordedCall[];
  /** Ends the service and removes its database. Fails when the service left connections, transactions or locks behind. */
  stop(): Promise<void>;
}

/** A principal with every permission in a new tenant; change what the test is about. */
export function buildPrincipal(changes: Partial<Principal> = {}): Principal {
  return { kind: 'user', subject: newId(), tenant: newId(), organization: newId(), roles: ['org_admin'], ...changes };
}

export async function startServiceUnderTest(
  definition: ServiceDefinition,
  options: ServiceUnderTestOptions = {},
): Promise<ServiceUnderTest> {
  const { manifest } = definition;
  const sets = [{ service: manifest.name, ...manifest.database, directory: definition.migrations }];
  const testDatabase = await createTestDatabase(sets, options.postgresUrl);
  const log = createLogger({ level: 'silent' });
  const pool = createPool({ url: testDatabase.url, applicationName: `test ${manifest.name}`, log });
  const clock = options.clock ?? systemClock;
  const database = new Database({ pool, service: manifest.name, ...manifest.database, clock });
  const contracts = new ContractClients({
    internalSecret: new Secret('test-secret-of-32-bytes-or-longer'),
    urls: new Map(),
  });
  const calls: RecordedCall[] = [];
  const mails: Mail[] = [];
  for (const [name, functions] of Object.entries(options.contracts ?? {}))
    contracts.register(name, recordCalls(name, functions, calls));
  const environment = parseEnvironment(
    [{ variables: processVariables }, { variables: manifest.variables }],
    options.environment ?? {},
  );
  const jobs = new Jobs({ log, executeSql: (text, values) => pool.query(text, values) });
  const instance = await definition.create({
    environment,
    database,
    contracts,
    clock,
    log,
    metrics: new Metrics(),
    mail: options.mail ?? { delivers: true, send: async (mail) => void mails.push(mail), close: async () => {} },
    jobs,
    dataDirectory: options.dataDirectory,
    publicUrl: 'http://localhost:3000',
  });
  if (instance.contract !== undefined) contracts.register(manifest.name, instance.contract);
  const app = await createHttpApp({
    modules: [instance.module],
    log,
    configure: async (fastify) => {
      fastify.addHook('onRequest', (request, _reply, done) => {
        const header = request.headers['x-test-principal'];
        request.principal = header === undefined ? undefined : (JSON.parse(String(header)) as Principal);
        runInContext({ requestId: request.id, principal: request.principal, ip: '127.0.0.1' }, done);
      });
      await instance.plugin?.(fastify);
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  await instance.start?.();
  const consumers = buildConsumers(manifest, instance.useCases ?? {}, database);

  return {
    instance,
    database,
    mails,
    calls,
    async request(method, path, { principal, body, headers = {} } = {}) {
      const response = await fastify.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          ...(principal === undefined ? {} : { 'x-test-principal': JSON.stringify(principal) }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = response.body;
      const isJson = /[/+]json\b/.test(String(response.headers['content-type'] ?? ''));
      return { status: response.statusCode, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    async send(method, url, { body, headers = {} } = {}) {
      const response = await fastify.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
      return { status: response.statusCode, headers: response.headers, body: response.body };
    },
    async takeEvents() {
      const result = await pool.query(
        `BEGIN; SET LOCAL ROLE ${manifest.database.role}; WITH taken AS (DELETE FROM ${manifest.database.schema}.outbox RETURNING *) SELECT envelope FROM taken ORDER BY transaction_id, sequence; COMMIT`,
      );
      const results = result as unknown as { rows: { envelope: EventEnvelope<never> }[] }[];
      return (results[2]?.rows ?? []).map((row) => row.envelope);
    },
    async deliver(type, data, tenantId, again) {
      const envelope =
        again ??
        buildEnvelope({ service: 'test', type, subject: tenantId ?? 'test', data, tenantId, now: clock.now() })
          .envelope;
      for (const consumer of consumers.filter((candidate) => candidate.type === type)) {
        await consumer.handle([{ topic: consumer.topic, key: envelope.subject, envelope }]);
      }
      return envelope;
    },
    async stop() {
      await instance.stop?.();
      await app.close();
      const leaks = await findLeaks(pool, testDatabase.adminUrl);
      await pool.end();
      await testDatabase.drop();
      if (leaks.length > 0) throw new Error(`${manifest.name} left behind:\n${leaks.join('\n')}`);
    },
  };
}

/** Every permission, for principals of kind api-key. */
export const allPermissions: readonly string[] = permissions;
