import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTenant, runJob, startTenants, type TenantsUnderTest } from '../../test/builders.ts';

let now = new Date('2026-03-01T00:00:00Z');
let tenants: TenantsUnderTest;

beforeAll(async () => {
  tenants = await startTenants({ now: () => now });
});
afterAll(() => tenants.stop());
beforeEach(() => {
  tenants.held.onStep = () => {};
});

/** The files of an export as tar reads them, read from the database as the download does. */
async function readArchive(tenantId: string, exportId: string): Promise<(name: string) => string> {
  const chunks = await tenants.database.transaction(tenantId, (transaction) =>
    transaction.rows<{ bytes: Buffer }>(
      `SELECT bytes FROM tenant.export_chunks WHERE export_id = $1 ORDER BY position`,
      [exportId],
    ),
  );
  const input = Buffer.concat(chunks.map(({ bytes }) => bytes));
  return (name) => execFileSync('tar', ['-xzOf', '-', name], { input, maxBuffer: 64 * 1024 * 1024 }).toString();
}

interface Manifest {
  readonly kinds: readonly {
    readonly service: string;
    readonly kind: string;
    readonly rows: number;
    readonly files: readonly { name: string; rows: number; bytes: number; sha256: string }[];
  }[];
}

test('an archive has every row once, and a manifest with counts and hashes', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  tenants.held.rows.set(tenantId, ['{"a":1}', '{"a":"zwei\\n"}']);
  const asked = await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner });
  expect(asked).toMatchObject({ status: 202, body: { status: 'waiting' } });
  const path = `/tenants/${tenantId}/exports/${asked.body.id}`;
  expect(await tenants.request('GET', `${path}/archive`, { principal: owner })).toMatchObject({
    status: 409,
    body: { code: 'tenant.export_not_ready' },
  });
  expect(await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner })).toMatchObject({
    status: 409,
    body: { code: 'tenant.export_running' },
  });
  await tenants.takeEvents();
  await runJob(tenants, 'tenant.exports');
  expect((await tenants.takeEvents()).map(({ type }) => type)).toContain('tenant.export_ready');
  const made = (await tenants.request('GET', path, { principal: owner })).body;
  expect(made).toMatchObject({ status: 'ready', rows: 4 });
  const download = await tenants.request('GET', `${path}/archive`, { principal: owner });
  expect(download.headers).toMatchObject({
    'content-type': 'application/gzip',
    'content-length': String(made.sizeBytes),
  });
  const read = await readArchive(tenantId, asked.body.id);
  expect(read('metering/metering.events.jsonl')).toBe('{"a":1}\n{"a":"zwei\\n"}\n');
  const manifest = JSON.parse(read('manifest.json')) as Manifest;
  expect(manifest.kinds.map(({ kind, rows }) => [kind, rows])).toEqual([
    ['iam.keys', 0],
    ['subscription.phases', 0],
    ['metering.events', 2],
    ['product.plans', 0],
    ['account.accounts', 0],
    ['audit.entries', 0],
    ['tenant.exports', 1],
    ['tenant.certificates', 0],
    ['tenant.deletions', 0],
    ['tenant.tenants', 1],
  ]);
  for (const { name, bytes, sha256 } of manifest.kinds.flatMap(({ files }) => files)) {
    const text = Buffer.from(read(name));
    expect([text.length, createHash('sha256').update(text).digest('hex')]).toEqual([bytes, sha256]);
  }
});

test('much data comes in several files, and a run that broke off loses and repeats nothing', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  const rows = Array.from({ length: 30 }, (_, index) => JSON.stringify({ index, text: 'x'.repeat(100_000) }));
  tenants.held.rows.set(tenantId, rows);
  const { body } = await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner });
  let steps = 0;
  tenants.held.onStep = () => {
    steps += 1;
    if (steps === 17) throw new Error('the service is away');
  };
  await runJob(tenants, 'tenant.exports');
  const path = `/tenants/${tenantId}/exports/${body.id}`;
  expect((await tenants.request('GET', path, { principal: owner })).body.status).toBe('running');
  now = new Date(now.getTime() + 61_000);
  await runJob(tenants, 'tenant.exports');
  expect((await tenants.request('GET', path, { principal: owner })).body.status).toBe('ready');
  const read = await readArchive(tenantId, body.id);
  const manifest = JSON.parse(read('manifest.json')) as Manifest;
  const { files } = manifest.kinds.find(({ kind }) => kind === 'metering.events')!;
  expect(files.map(({ name }) => name)).toEqual([
    'metering/metering.events.jsonl',
    'metering/metering.events.2.jsonl',
    'metering/metering.events.3.jsonl',
  ]);
  expect(files.map(({ name }) => read(name)).join('')).toBe(`${rows.join('\n')}\n`);
});

test('gives up after five attempts', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  const { body } = await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner });
  tenants.held.onStep = () => {
    throw new Error('the service is away');
  };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await runJob(tenants, 'tenant.exports');
    now = new Date(now.getTime() + 400_000);
  }
  const failed = await tenants.request('GET', `/tenants/${tenantId}/exports/${body.id}`, { principal: owner });
  expect(failed.body.status).toBe('failed');
  // Another one can be asked for.
  expect((await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner })).status).toBe(202);
  tenants.held.onStep = () => {};
  await runJob(tenants, 'tenant.exports');
});

test('an export is gone after seven days', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  const { body } = await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner });
  await runJob(tenants, 'tenant.exports');
  now = new Date(now.getTime() + 7 * 24 * 3600 * 1000 + 1000);
  const path = `/tenants/${tenantId}/exports/${body.id}`;
  expect((await tenants.request('GET', `${path}/archive`, { principal: owner })).status).toBe(404);
  await runJob(tenants, 'tenant.exports');
  expect((await tenants.request('GET', path, { principal: owner })).status).toBe(404);
  const left = await tenants.database.transaction(tenantId, (transaction) =>
    transaction.rows(`SELECT 1 FROM tenant.export_chunks`),
  );
  expect(left).toEqual([]);
});

test('attack: strangers, members and keys without the scope export nothing', async () => {
  const { tenantId, owner } = await createTenant(tenants);
  const { body } = await tenants.request('POST', `/tenants/${tenantId}/exports`, { principal: owner });
  await runJob(tenants, 'tenant.exports');
  const stranger = (await createTenant(tenants)).owner;
  const foreign = buildPrincipal({ kind: 'api-key', roles: [], tenant: stranger.tenant!, scopes: ['tenant:export'] });
  const cases: [Principal | undefined, number][] = [
    [stranger, 404],
    [foreign, 404],
    [{ ...owner, roles: ['org_member'] }, 403],
    [buildPrincipal({ kind: 'api-key', roles: [], tenant: tenantId, scopes: ['tenant:read'] }), 403],
    [undefined, 401],
  ];
  for (const [principal, status] of cases)
    for (const [method, path] of [
      ['POST', `/tenants/${tenantId}/exports`],
      ['GET', `/tenants/${tenantId}/exports`],
      ['GET', `/tenants/${tenantId}/exports/${body.id}`],
      ['GET', `/tenants/${tenantId}/exports/${body.id}/archive`],
    ] as const)
      expect((await tenants.request(method, path, principal === undefined ? {} : { principal })).status).toBe(status);
  // Nor under the id of a tenant of one's own.
  const path = `/tenants/${stranger.tenant}/exports/${body.id}`;
  expect((await tenants.request('GET', `${path}/archive`, { principal: stranger })).status).toBe(404);
  expect((await tenants.request('GET', `/tenants/${tenantId}/exports/${newId()}`, { principal: owner })).status).toBe(
    404,
  );
});
