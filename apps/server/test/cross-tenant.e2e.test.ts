import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import type { ApiCaller, ApiAnswer } from './api-caller.ts';
import { runMainJob, type MainJobResult } from './main-job.ts';
import { sampleValue, type JsonSchema } from './sample-value.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly body: JsonSchema | undefined;
}

let directory: string;
let platform: Platform;
let victim: MainJobResult;
let attacker: MainJobResult;
let operations: Operation[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: { PLINTH_RATE_LIMIT_FACTOR: '1000' },
    log: createLogger({ level: 'silent' }),
  });
  victim = await runMainJob(platform.url, 'victim@example.com');
  attacker = await runMainJob(platform.url, 'attacker@example.com');
  operations = await loadOperations(platform.url);
}, 60_000);

afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

async function loadOperations(url: string): Promise<Operation[]> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const content = (operation['requestBody'] as { content: Record<string, { schema: JsonSchema }> } | undefined)
        ?.content;
      return {
        method: method.toUpperCase(),
        path: path.replace('/api/v1', ''),
        operationId: operation['operationId'] as string,
        parameters: (operation['parameters'] ?? []) as Operation['parameters'],
        body: Object.values(content ?? {})[0]?.schema,
      };
    }),
  );
}

/** Everything that a tenant can read of itself, by list. */
async function readAll(caller: ApiCaller): Promise<Map<string, unknown>> {
  const lists = operations.filter(
    (operation) =>
      operation.method === 'GET' &&
      !operation.path.includes('{') &&
      operation.parameters.every((parameter) => !parameter.required),
  );
  const answers = await Promise.all(
    lists.map(async (operation) => [operation.operationId, (await caller.send('GET', operation.path)).body] as const),
  );
  // The trail grows with what the tenant does itself; sessions and users say when they were last seen.
  return new Map(answers.filter(([id]) => !/audit|session|verif/i.test(id)));
}

function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value))
    found.add(value);
  else if (Array.isArray(value)) for (const item of value) idsIn(item, found);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) idsIn(item, found);
  return found;
}

function attack(operation: Operation, caller: ApiCaller, id: string): Promise<ApiAnswer> {
  const path = operation.path.replaceAll(/\{[^}]+\}/g, id);
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && (parameter.required || parameter.schema.format === 'uuid'))
    .map((parameter) => `${parameter.name}=${encodeURIComponent(String(sampleValue(parameter.schema, () => id)))}`);
  const body = operation.body === undefined ? undefined : sampleValue(operation.body, () => id);
  return caller.send(operation.method, `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`, body);
}

test("no operation tells another tenant's ids from ids that do not exist, shows their data or changes it", async () => {
  const before = await readAll(victim.owner);
  const own = idsIn([...(await readAll(attacker.owner)).values()]);
  const foreign = [...idsIn([...before.values(), victim.invoice])].filter((id) => !own.has(id));
  expect(foreign.length).toBeGreaterThan(5);
  const leaks: string[] = [];
  for (const operation of operations) {
    const takesId =
      operation.path.includes('{') ||
      operation.parameters.some((parameter) => parameter.schema.format === 'uuid') ||
      JSON.stringify(operation.body ?? '').includes('"uuid"');
    if (!takesId) continue;
    for (const id of foreign) {
      const unknown = newId();
      const [real, made] = [
        await attack(operation, attacker.owner, id),
        await attack(operation, attacker.owner, unknown),
      ];
      const blank = (answer: ApiAnswer, used: string): string =>
        `${answer.status} ${JSON.stringify(answer.body)
          .replaceAll(used, 'ID')
          .replaceAll(/"requestId":"[^"]+"|"[0-9a-f-]{36}"|"\d{4}-\d\d-\d\dT[^"]+"/g, '')}`;
      if (blank(real, id) !== blank(made, unknown))
        leaks.push(`${operation.operationId} with ${id}: ${blank(real, id)} but ${blank(made, unknown)}`);
      if (operation.path.includes('{') && real.status < 300)
        leaks.push(`${operation.operationId} with ${id} answered ${real.status}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(await readAll(victim.owner)).toEqual(before);
}, 120_000);

test("a caller cannot name another tenant in X-Tenant-ID, and another tenant's key reaches its own tenant only", async () => {
  const asked = await attacker.owner.send('GET', '/accounts', undefined, { 'x-tenant-id': victim.tenantId });
  expect(asked.status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify(asked.body)).not.toContain(victim.accountId);
  const key = await attacker.owner.expect('POST', '/api-keys', {
    name: 'attack',
    scopes: ['account:read', 'invoice:read'],
  });
  const byKey = attacker.owner.with({ cookie: '', 'x-api-key': key.key, 'x-tenant-id': victim.tenantId });
  const answer = await byKey.send('GET', `/accounts/${victim.accountId}`);
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test('every operation refuses a request without a caller, with a forged token and with an unknown key', async () => {
  const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: 'x', tenant_id: victim.tenantId, roles: ['org_admin'] })).toString('base64url')}.`;
  const open: string[] = [];
  for (const operation of operations) {
    const callers: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${forged}` },
      { authorization: 'Bearer nonsense' },
      { 'x-api-key': 'plk_unknown_key' },
    ];
    for (const headers of callers) {
      const anonymous = attacker.owner.with({ cookie: '', ...headers });
      const answer = await attack(operation, anonymous, victim.accountId);
      if (answer.status !== 401 || answer.headers.get('content-type')?.startsWith('application/problem+json') !== true)
        open.push(`${operation.operationId} ${JSON.stringify(headers).slice(0, 40)}: ${answer.status}`);
    }
  }
  expect(open).toEqual([]);
}, 120_000);

test('no operation answers a text that cannot be stored with an error of ours', async () => {
  const failed: string[] = [];
  for (const operation of operations.filter((candidate) => candidate.body !== undefined)) {
    const path = operation.path.replaceAll(/\{[^}]+\}/g, newId());
    const body = JSON.stringify(sampleValue(operation.body!, () => newId()));
    for (const text of ['sam\\u0000ple', 'sam\\ud800ple']) {
      const answer = await attacker.owner.send(operation.method, path, body.replaceAll('sample', text));
      if (answer.status >= 500) failed.push(`${operation.operationId} ${text}: ${answer.status}`);
    }
  }
  expect(failed).toEqual([]);
}, 120_000);

test('every operation with a body refuses unknown fields, wrong types and what is too large', async () => {
  const accepted: string[] = [];
  for (const operation of operations.filter((candidate) => candidate.body !== undefined)) {
    const path = operation.path.replaceAll(/\{[^}]+\}/g, newId());
    for (const body of [{ surprise: true }, 'text', 42, '{"broken":', `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`]) {
      const payload = typeof body === 'string' && body.startsWith('{') ? body : JSON.stringify(body);
      const answer = await attacker.owner.send(operation.method, path, payload);
      if (answer.status < 400 || answer.status >= 500)
        accepted.push(`${operation.operationId} ${payload.slice(0, 20)}: ${answer.status}`);
    }
  }
  expect(accepted).toEqual([]);
}, 120_000);
