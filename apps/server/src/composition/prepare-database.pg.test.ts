import { newId } from '@plinth/common';
import { createTestDatabase, type TestDatabase } from '@plinth/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareDatabase } from './prepare-database.ts';

const name = `prepare_${newId().replaceAll('-', '')}`;
let neighbour: TestDatabase;
let url: URL;
let server: pg.Client;
let database: pg.Client;

beforeAll(async () => {
  neighbour = await createTestDatabase([]);
  url = new URL(neighbour.adminUrl);
  server = new pg.Client({ connectionString: url.href });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  database = new pg.Client({ connectionString: url.href });
  await database.connect();
});

afterAll(async () => {
  await database?.end();
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
  await neighbour.drop();
});

const listTables = async (): Promise<number> =>
  (await database.query(`SELECT FROM pg_tables WHERE schemaname IN ('messaging', 'jobs')`)).rowCount!;

test('a process that ends between a step and the note of it leaves neither, and the next start does both', async () => {
  await database.query(`CREATE SCHEMA plinth;
    CREATE TABLE plinth.schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
    CREATE FUNCTION plinth.end_process() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
    CREATE TRIGGER end_process BEFORE INSERT ON plinth.schema_migrations
      FOR EACH ROW WHEN (NEW.name LIKE 'messaging/%') EXECUTE FUNCTION plinth.end_process()`);
  const prepare = () => prepareDatabase(url.href, url.href, []);
  await expect(prepare()).rejects.toThrow();
  expect(await listTables()).toBe(0);
  await database.query('DROP FUNCTION plinth.end_process() CASCADE');
  const applied = await prepare();
  expect(applied).toContain('jobs/0001_pg_boss.sql');
  expect(await listTables()).toBeGreaterThan(5);
  expect(await prepare()).toEqual([]);
});
