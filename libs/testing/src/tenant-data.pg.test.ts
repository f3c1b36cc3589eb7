import { createLogger, createPool, createTenantData, Database, newId, type TenantTable } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const set = { service: 'sample', schema: 'sample', role: 'plinth_sample' };
const directory = new URL('./sample-migrations/', import.meta.url);
const notes: TenantTable = { name: 'sample.notes', key: { id: 'uuid' }, secrets: ['text'] };
let testDatabase: TestDatabase;
let pool: ReturnType<typeof createPool>;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase([{ ...set, directory }]);
  pool = createPool({ url: testDatabase.url, applicationName: 'test', log: createLogger({ level: 'silent' }) });
  database = new Database({ pool, ...set });
});
afterAll(async () => {
  await pool.end();
  await testDatabase.drop();
});

async function addNotes(count: number): Promise<string> {
  const tenantId = newId();
  await database.transaction(tenantId, (transaction) =>
    transaction.execute(
      `INSERT INTO sample.notes SELECT gen_random_uuid(), $1, 'note ' || n FROM generate_series(1, $2::int) n`,
      [tenantId, count],
    ),
  );
  return tenantId;
}

test('exports every row once, page by page, without its secrets', async () => {
  const { exportTenantData } = createTenantData({ database, tables: [notes] });
  const [tenantId] = [await addNotes(2500), await addNotes(3)];
  const rows: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await exportTenantData({ tenantId, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.kind).toBe('sample.notes');
    rows.push(...page.rows);
    cursor = page.nextCursor;
  }
  const parsed = rows.map((row) => JSON.parse(row) as { id: string; tenant_id: string });
  expect(new Set(parsed.map(({ id }) => id)).size).toBe(2500);
  expect(parsed.every((row) => row.tenant_id === tenantId && !('text' in row))).toBe(true);
  await expect(exportTenantData({ tenantId, cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({
    code: 'request.invalid',
  });
});

test('counts a large table in several calls', async () => {
  const { countTenantData } = createTenantData({ database, tables: [notes] });
  const tenantId = await addNotes(200_001);
  const first = await countTenantData({ tenantId });
  expect(first).toMatchObject({ remaining: { 'sample.notes': 200_000 }, nextCursor: expect.any(String) });
  const second = await countTenantData({ tenantId, cursor: first.nextCursor! });
  expect(second.remaining['sample.notes']).toBe(1);
  expect(second.nextCursor).toBeUndefined();
});

test('deletes in batches what is not kept, with stored answers and waiting events, and nothing of others', async () => {
  const keeps = { condition: `text = 'note 7'`, reason: 'lucky' };
  const data = createTenantData({ database, tables: [{ ...notes, keeps }] });
  const [tenantId, other] = [await addNotes(6000), await addNotes(2)];
  await database.transaction(tenantId, async (transaction) => {
    transaction.publish('tenant.status_changed', tenantId, { tenantId, status: 'closing' });
    await transaction.execute(`SELECT set_config('plinth.idempotency_scope', $1, true)`, [`${tenantId}:user:a`]);
    await transaction.execute(
      `INSERT INTO sample.idempotency_keys (scope, key, operation, request_hash, status) VALUES ($1, 'k', 'o', 'h', 200)`,
      [`${tenantId}:user:a`],
    );
  });
  const batches: Record<string, number>[] = [];
  for (let done = false; !done;) {
    const batch = await data.deleteTenantData({ tenantId });
    batches.push(batch.deleted);
    done = batch.done;
  }
  expect(batches).toEqual([
    { 'sample.notes': 5000 },
    { 'sample.notes': 999 },
    { 'sample.idempotency_keys': 1, 'sample.outbox': 1 },
  ]);
  expect(await data.countTenantData({ tenantId })).toEqual({
    remaining: { 'sample.notes': 0, 'sample.idempotency_keys': 0, 'sample.outbox': 0 },
    kept: [{ table: 'sample.notes', rows: 1, reason: 'lucky' }],
  });
  expect((await data.countTenantData({ tenantId: other })).remaining['sample.notes']).toBe(2);
});
