import { fileURLToPath } from 'node:url';
import { createTestDatabase, dumpSchema, listUnprotectedTables, type TestDatabase } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationSets } from './composition/prepare-database.ts';
import { loadServices, serviceNames } from './composition/service-registry.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(migrationSets(await loadServices(serviceNames)));
});
afterAll(() => database.drop());

test.each(serviceNames)('the committed schema.sql of %s is what its migrations lead to', async (name) => {
  const [service] = await loadServices([name]);
  const { schema, extraSchemas = [] } = service!.manifest.database;
  // Written anew by "npm test -- apps/server/src/schema -u".
  await expect(await dumpSchema(database.adminUrl, [schema, ...extraSchemas])).toMatchFileSnapshot(
    fileURLToPath(new URL('../schema.sql', service!.migrations)),
  );
});

test('every table with a tenant forces row-level security', async () => {
  expect(await listUnprotectedTables(database.adminUrl)).toEqual([]);
});
