import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeletionCertificate } from '@plinth/contracts';
import { createLogger } from '@plinth/common';
import { eventually, runMainJob, type MainJobResult } from '@plinth/testing';
import { compactVerify, createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';

const password = 'correct horse battery staple';
const transient = ['outbox', 'inbox', 'idempotency_keys', 'schema_migrations'];

let directory: string;
let platform: Platform;
let database: pg.Client;
let operator: ApiCaller;
let target: MainJobResult<ApiCaller>;
let bystander: MainJobResult<ApiCaller>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      PLINTH_RATE_LIMIT_FACTOR: '1000',
      IAM_INITIAL_ADMIN_EMAIL: 'operator@example.com',
      IAM_INITIAL_ADMIN_PASSWORD: password,
      IAM_EMAIL_VERIFICATION: 'optional',
      TENANT_DELETION_GRACE_PERIOD: '5s',
    },
    log: createLogger({ level: 'silent' }),
  });
  database = new pg.Client({ connectionString: platform.databaseUrl.reveal() });
  await database.connect();
  const signedIn = await new ApiCaller(platform.url).send('POST', '/auth/sign-in/email', {
    email: 'operator@example.com',
    password,
  });
  operator = new ApiCaller(platform.url, { cookie: signedIn.headers.getSetCookie()[0]!.split(';')[0]! });
  target = await runMainJob(await ApiCaller.signUp(platform.url, 'target@example.com', password));
  bystander = await runMainJob(await ApiCaller.signUp(platform.url, 'bystander@example.com', password));
}, 120_000);

afterAll(async () => {
  await database?.end();
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

interface TenantTableRow {
  readonly name: string;
  readonly column: string;
}

/** Every table with rows of tenants, as the catalogue knows them: whatever a migration adds is among them. */
async function listTenantTables(): Promise<TenantTableRow[]> {
  const { rows } = await database.query<TenantTableRow>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, coalesce(max(a.attname) FILTER (WHERE a.attname = 'tenant_id'), 'id') AS column
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND NOT c.relname = ANY ($1)
        AND (EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id')
             OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_isolation'))
      GROUP BY n.nspname, c.relname ORDER BY 1`,
    [transient],
  );
  return rows;
}

async function countRows({ name, column }: TenantTableRow, tenantId: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${name} WHERE ${column} = $1`,
    [tenantId],
  );
  return rows[0]!.count;
}

async function countAll(tenantId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await listTenantTables()) counts[table.name] = await countRows(table, tenantId);
  return counts;
}

test('a suspension reaches session, access token and API key within a second, and ends as fast', async () => {
  const { owner, tenantId } = bystander;
  const { token } = await owner.expect('GET', '/auth/token');
  const { key } = await owner.expect('POST', '/api-keys', { name: 'suspended', scopes: ['account:read'] });
  const bare = owner.with({ cookie: '' });
  const callers = {
    session: owner,
    token: bare.with({ authorization: `Bearer ${token}` }),
    key: bare.with({ 'x-api-key': key }),
  };
  const answers = async () =>
    Promise.all(Object.values(callers).map(async (caller) => (await caller.send('GET', '/accounts')).status));
  expect(await answers()).toEqual([200, 200, 200]);
  await operator.expect('POST', `/tenants/${tenantId}/suspend`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await answers()).toEqual([403, 403, 403]);
  const refused = await callers.key.send('GET', '/accounts');
  expect(refused.body).toMatchObject({ code: 'tenant.suspended' });
  await operator.expect('POST', `/tenants/${tenantId}/activate`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await answers()).toEqual([200, 200, 200]);
}, 30_000);

test('an export names every table with rows of tenants, with all of its rows and no secret', async () => {
  const { owner, tenantId } = target;
  const { key } = await owner.expect('POST', '/api-keys', { name: 'exported', scopes: ['account:read'] });
  await owner.expect('POST', '/invitations', { email: 'invited@example.com', roles: ['org_member'] });
  const { id } = await owner.expect('POST', `/tenants/${tenantId}/exports`);
  const path = `/tenants/${tenantId}/exports/${id}`;
  await eventually(async () => ((await owner.expect('GET', path)).status === 'ready' ? true : undefined), 90_000);
  const response = await fetch(`${platform.url}/api/v1${path}/archive`, { headers: owner.headers });
  const archive = Buffer.from(await response.arrayBuffer());
  const read = (name: string) =>
    execFileSync('tar', ['-xzOf', '-', name], { input: archive, maxBuffer: 256 * 1024 * 1024 });
  const manifest = JSON.parse(read('manifest.json').toString()) as {
    kinds: { kind: string; rows: number; files: { name: string; rows: number; sha256: string }[] }[];
  };
  const exported = new Map(manifest.kinds.map(({ kind, rows }) => [kind, rows]));
  // Said of each in the list of tables of its service.
  const notExported = [
    'account.tenant_payers',
    'metering.awaited_quotas',
    'metering.event_keys',
    'metering.quota_touches',
    'metering.usage_changes',
    'subscription.kept_tenants',
    'tenant.export_chunks',
  ];
  const tables = await listTenantTables();
  expect(tables.map(({ name }) => name).filter((name) => !exported.has(name))).toEqual(notExported);
  expect(exported.get('iam.members')).toBe(1);
  expect(exported.get('iam.invitations')).toBe(1);
  // The trail grows by the export itself.
  for (const table of tables.filter(({ name }) => exported.has(name) && !name.startsWith('audit.')))
    expect([table.name, exported.get(table.name)]).toEqual([table.name, await countRows(table, tenantId)]);
  for (const { name, rows, sha256 } of manifest.kinds.flatMap(({ files }) => files)) {
    const bytes = read(name);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    const lines = bytes.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(rows);
    for (const line of lines) JSON.parse(line);
    const text = bytes.toString();
    expect(text).not.toContain(key);
    expect(text).not.toContain(createHash('sha256').update(key).digest('hex'));
    // The trail's hashes are there to be checked; those of credentials are not.
    if (name.startsWith('audit/')) continue;
    expect(text).not.toMatch(/":"\\\\x[0-9a-f]/);
    expect(text).not.toContain(bystander.tenantId);
  }
}, 120_000);

test('a deletion leaves in no table what its certificate does not name, nothing of anybody else, and the people', async () => {
  const { owner, tenantId } = target;
  const before = await countAll(tenantId);
  const othersBefore = await countAll(bystander.tenantId);
  expect(Object.values(before).filter((rows) => rows > 0).length).toBeGreaterThan(15);
  const { name } = await owner.expect('GET', `/tenants/${tenantId}`);
  await owner.expect('POST', `/tenants/${tenantId}/close`, { name, password });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await owner.send('GET', '/accounts')).body).toMatchObject({ code: 'tenant.suspended' });
  expect((await owner.send('GET', `/tenants/${tenantId}`)).status).toBe(200);
  const issued = await eventually(async () => {
    const answer = await operator.send('GET', `/tenants/${tenantId}/certificate`);
    const failed = await database.query(`SELECT last_error FROM tenant.deletions WHERE last_error IS NOT NULL`);
    if (failed.rows.length > 0) throw new Error(failed.rows[0].last_error);
    return answer.status === 200 ? (answer.body as { jws: string }) : undefined;
  }, 150_000);
  const header = JSON.parse(Buffer.from(issued.jws.split('.')[0]!, 'base64url').toString()) as {
    kid: string;
    jwk: JWK;
  };
  const { payload } = await compactVerify(issued.jws, await importJWK(header.jwk, 'RS256'));
  const certificate = JSON.parse(Buffer.from(payload).toString()) as DeletionCertificate;
  // The key in the header is the platform's own.
  const published = (await (await fetch(`${platform.url}/api/v1/auth/jwks`)).json()) as JSONWebKeySet;
  await compactVerify(issued.jws, createLocalJWKSet(published));
  const after = await countAll(tenantId);
  const kept = Object.fromEntries(
    certificate.services.flatMap((service) => service.kept.map(({ table, rows }) => [table, rows])),
  );
  expect(Object.fromEntries(Object.entries(after).filter(([, rows]) => rows > 0))).toEqual({
    ...kept,
    'tenant.certificates': 1,
  });
  const deleted = Object.assign({}, ...certificate.services.map((service) => service.deleted)) as Record<
    string,
    number
  >;
  for (const table of Object.keys(before)) expect([table, table in deleted]).toEqual([table, true]);
  expect(deleted['metering.events']).toBe(before['metering.events']);
  const audit = certificate.services.find(({ service }) => service === 'audit')!;
  const chain = await database.query(`SELECT encode(hash, 'hex') AS hash FROM audit.chains WHERE tenant_id = $1`, [
    tenantId,
  ]);
  expect(audit.facts['lastHash']).toBe(chain.rows[0].hash);
  expect(Number(audit.facts['lastSequence'])).toBeGreaterThan(0);
  for (const service of certificate.services)
    expect(Object.values(service.remaining).every((rows) => rows === 0)).toBe(true);
  for (const schema of ['iam', 'account', 'product', 'subscription', 'metering', 'audit', 'tenant']) {
    const keys = await database.query(`SELECT 1 FROM ${schema}.idempotency_keys WHERE starts_with(scope, $1)`, [
      tenantId,
    ]);
    expect([schema, keys.rowCount]).toEqual([schema, 0]);
  }
  const messages = await database.query(`SELECT type FROM messaging.log WHERE envelope->>'tenant' = $1`, [tenantId]);
  expect(messages.rows).toEqual([]);
  const jobs = await database.query(`SELECT 1 FROM jobs.job WHERE data::text LIKE '%' || $1 || '%'`, [tenantId]);
  expect(jobs.rowCount).toBe(0);
  const others = await countAll(bystander.tenantId);
  for (const [table, rows] of Object.entries(othersBefore))
    expect([table, others[table]! >= rows]).toEqual([table, true]);
  // The person is still there, and belongs to nothing.
  const me = await owner.expect('GET', '/users/me');
  expect(me).toMatchObject({ email: 'target@example.com' });
  expect((await owner.expect('GET', '/organizations')).data).toEqual([]);
}, 240_000);
