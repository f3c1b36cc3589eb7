import { createLogger, createPool, createTenantData, Database, newId } from '@plinth/common';
import type { EventEnvelope, AuditRecord } from '@plinth/contracts';
import { createTestDatabase, type TestDatabase } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';
import { verifyAuditChains, type TenantVerification } from './chain.service.ts';
import { closeChain } from './chain.store.ts';
import { EntryService } from './entry.service.ts';
import { platformChainId } from './entry.ts';
import { tenantTables } from '../tenant-tables.ts';

const { manifest, migrations } = service;
const log = createLogger({ level: 'silent' });
let testDatabase: TestDatabase;
let pool: ReturnType<typeof createPool>;
let admin: ReturnType<typeof createPool>;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase([{ service: manifest.name, ...manifest.database, directory: migrations }]);
  pool = createPool({ url: testDatabase.url, applicationName: 'test audit', log });
  admin = createPool({ url: testDatabase.adminUrl, applicationName: 'test audit admin', log, max: 1 });
  database = new Database({ pool, service: manifest.name, ...manifest.database });
});
afterAll(async () => {
  await pool.end();
  await admin.end();
  await testDatabase.drop();
});

async function createChain(length: number, tenant = newId()): Promise<string> {
  const events = Array.from({ length }, (_, index): EventEnvelope<AuditRecord> => ({
    specversion: '1.0',
    id: newId(),
    source: '/services/product',
    type: 'audit.recorded',
    subject: tenant,
    tenant,
    time: '2026-03-01T10:00:00.123Z',
    datacontenttype: 'application/json',
    data: {
      action: 'plan.updated',
      resourceType: 'plan',
      resourceId: 'p1',
      service: 'product',
      occurredAt: '2026-03-01T10:00:00.123Z',
      actor: { kind: 'user', id: 'u1' },
      before: { step: index, price: 0.1 },
      after: { step: index + 1, price: 0.1 },
    },
  }));
  await database.transaction(tenant, (transaction) => new EntryService(database).appendIn(transaction, events));
  return tenant;
}

/** Changes rows as somebody who owns the database can. */
async function tamper(...statements: string[]): Promise<void> {
  await admin.query(
    `BEGIN; ALTER TABLE audit.entries DISABLE TRIGGER ALL; ALTER TABLE audit.chains DISABLE TRIGGER ALL`,
  );
  for (const statement of statements) await admin.query(statement);
  await admin.query(
    `ALTER TABLE audit.entries ENABLE TRIGGER ALL; ALTER TABLE audit.chains ENABLE TRIGGER ALL; COMMIT`,
  );
}

async function verifyOne(tenantId: string): Promise<TenantVerification | undefined> {
  const results: TenantVerification[] = [];
  await verifyAuditChains(database, { onChain: (result) => results.push(result) });
  return results.find((result) => result.tenantId === tenantId);
}

test('the service cannot change or remove what is written', async () => {
  const tenant = await createChain(2);
  const statements = [
    `UPDATE audit.entries SET action = 'x'`,
    `DELETE FROM audit.entries`,
    `DELETE FROM audit.entries WHERE false`,
    `DELETE FROM audit.chains`,
    `UPDATE audit.chains SET sequence = 1`,
    `UPDATE audit.chains SET hash = decode(repeat('00', 32), 'hex')`,
  ];
  for (const statement of statements) {
    await expect(
      database.transaction(tenant, (transaction) => transaction.execute(statement)),
      statement,
    ).rejects.toMatchObject({ code: '42501' });
  }
  await expect(admin.query(`TRUNCATE audit.entries`)).rejects.toMatchObject({ code: '42501' });
  await expect(admin.query(`DELETE FROM audit.entries`)).rejects.toMatchObject({ code: '42501' });
  expect(await verifyOne(tenant)).toMatchObject({ valid: true, entries: 2 });
});

test('the trail of a deleted tenant is closed: its entries go, its head stays, and nothing is appended to it', async () => {
  const [tenant, other] = [await createChain(3), await createChain(2)];
  const head = () =>
    admin.query(`SELECT sequence::text, encode(hash, 'hex') AS hash FROM audit.chains WHERE tenant_id = $1`, [tenant]);
  const before = (await head()).rows[0];
  const data = createTenantData({
    database,
    tables: tenantTables,
    prepareDeletion: (transaction, tenantId) => closeChain(transaction, tenantId, new Date()),
  });
  for (let done = false; !done;) ({ done } = await data.deleteTenantData({ tenantId: tenant }));
  expect((await head()).rows).toEqual([before]);
  expect(await data.countTenantData({ tenantId: tenant })).toMatchObject({
    remaining: { 'audit.entries': 0 },
    kept: [{ table: 'audit.chains', rows: 1 }],
  });
  expect(await verifyOne(other)).toMatchObject({ valid: true, entries: 2 });
  // A closed trail is not a broken one, and it cannot be opened again or moved.
  expect(await verifyOne(tenant)).toBeUndefined();
  for (const change of ['closed_at = NULL', 'sequence = 9', "hash = decode(repeat('00', 32), 'hex')"])
    await expect(
      database.transaction(tenant, (transaction) => transaction.execute(`UPDATE audit.chains SET ${change}`)),
      change,
    ).rejects.toMatchObject({ code: '42501' });
  const platformEntries = () =>
    admin.query(`SELECT count(*)::int AS count FROM audit.entries WHERE tenant_id = $1`, [platformChainId]);
  const count = (await platformEntries()).rows[0].count as number;
  const late = (await createChain(1, tenant), await platformEntries()).rows[0].count;
  expect(late).toBe(count + 1);
  expect((await data.countTenantData({ tenantId: tenant })).remaining['audit.entries']).toBe(0);
});

test('a transaction of a closed tenant removes no entry of another one', async () => {
  const [tenant, other] = [await createChain(1), await createChain(2)];
  await database.transaction(tenant, (transaction) => closeChain(transaction, tenant, new Date()));
  await expect(
    database.platformTransaction(async (transaction) => {
      await transaction.enterTenant(tenant);
      await transaction.execute(`DELETE FROM audit.entries WHERE tenant_id = $1`, [other]);
    }),
  ).rejects.toMatchObject({ code: '42501' });
  expect(await verifyOne(other)).toMatchObject({ valid: true, entries: 2 });
});

test('tells which chains are right and how far it is', async () => {
  const [first, second] = [await createChain(3), await createChain(2500)];
  const totals = new Map<string, number[]>();
  const result = await verifyAuditChains(database, {
    onProgress: ({ tenantId, entries }) => totals.set(tenantId, [...(totals.get(tenantId) ?? []), entries]),
  });
  expect(result).toMatchObject({ valid: true, broken: [] });
  expect(result.entries).toBeGreaterThanOrEqual(2503);
  expect(totals.get(first)).toEqual([3]);
  expect(totals.get(second)).toEqual([1000, 2000, 2500]);
});

const cases: [title: string, statement: (tenant: string) => string, expected: object][] = [
  [
    'one byte of a value',
    (t) =>
      `UPDATE audit.entries SET after = jsonb_set(after, '{price}', '0.2') WHERE tenant_id = '${t}' AND sequence = 3`,
    { brokenAt: '3', reason: 'entry_changed' },
  ],
  [
    'a digit that no float shows',
    (t) =>
      `UPDATE audit.entries SET after = jsonb_set(after, '{price}', '0.10000000000000000001') WHERE tenant_id = '${t}' AND sequence = 3`,
    { brokenAt: '3', reason: 'entry_changed' },
  ],
  [
    'a microsecond',
    (t) =>
      `UPDATE audit.entries SET occurred_at = occurred_at + '1 microsecond' WHERE tenant_id = '${t}' AND sequence = 2`,
    { brokenAt: '2', reason: 'entry_changed' },
  ],
  [
    'one byte of a hash',
    (t) =>
      `UPDATE audit.entries SET hash = set_byte(hash, 31, get_byte(hash, 31) # 1) WHERE tenant_id = '${t}' AND sequence = 5`,
    { brokenAt: '5', reason: 'entry_changed' },
  ],
  [
    'one byte of the hash before',
    (t) =>
      `UPDATE audit.entries SET previous_hash = set_byte(previous_hash, 0, get_byte(previous_hash, 0) # 1) WHERE tenant_id = '${t}' AND sequence = 4`,
    { brokenAt: '4', reason: 'entry_changed' },
  ],
  [
    'a removed entry',
    (t) => `DELETE FROM audit.entries WHERE tenant_id = '${t}' AND sequence = 2`,
    { brokenAt: '2', reason: 'entry_missing' },
  ],
  [
    'a removed tail',
    (t) => `DELETE FROM audit.entries WHERE tenant_id = '${t}' AND sequence > 3`,
    { brokenAt: '4', reason: 'tail_missing' },
  ],
  [
    'a removed trail',
    (t) => `DELETE FROM audit.entries WHERE tenant_id = '${t}'`,
    { brokenAt: '1', reason: 'tail_missing' },
  ],
  [
    'two entries in each other’s place',
    (t) => `WITH pair AS (SELECT * FROM audit.entries WHERE tenant_id = '${t}' AND sequence IN (2, 3))
     UPDATE audit.entries SET action = entries.action, after = pair.after, before = pair.before FROM pair WHERE entries.tenant_id = '${t}' AND entries.sequence IN (2, 3) AND pair.sequence <> entries.sequence`,
    { brokenAt: '2', reason: 'entry_changed' },
  ],
  [
    'a forged head',
    (t) => `UPDATE audit.chains SET hash = decode(repeat('ab', 32), 'hex') WHERE tenant_id = '${t}'`,
    { brokenAt: '5', reason: 'head_wrong' },
  ],
  [
    'a head that was moved back',
    (t) =>
      `UPDATE audit.chains SET sequence = 4, hash = (SELECT hash FROM audit.entries WHERE tenant_id = '${t}' AND sequence = 4) WHERE tenant_id = '${t}'`,
    { brokenAt: '4', reason: 'head_wrong' },
  ],
  [
    'a head that was removed',
    (t) => `DELETE FROM audit.chains WHERE tenant_id = '${t}'`,
    { brokenAt: '1', reason: 'head_missing' },
  ],
];

test.each(cases)('finds %s', async (_title, statement, expected) => {
  const [tenant, other] = [await createChain(5), await createChain(1)];
  expect(await verifyOne(tenant)).toMatchObject({ valid: true, entries: 5 });
  await tamper(statement(tenant));
  expect(await verifyOne(tenant)).toMatchObject({ valid: false, ...expected });
  expect(await verifyOne(other)).toMatchObject({ valid: true });
});
