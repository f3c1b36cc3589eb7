import { createHash } from 'node:crypto';
import {
  JOBS_SCHEMA,
  jobsMigrationSql,
  loadMigrations,
  messagingMigrations,
  migrate,
  newId,
  type MigrationSet,
} from '@plinth/common';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** URL for a role that may do everything. */
  readonly adminUrl: string;
  /** URL for the role as which the platform runs. */
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database with the given services' tables, cloned from a template that is migrated once for each state of the
 * migrations. `server`: where the tier has none of its own.
 */
export async function createTestDatabase(
  sets: readonly MigrationSet[],
  server: string = inject('postgresUrl'),
): Promise<TestDatabase> {
  const template = await ensureTemplate(server, sets);
  const name = `test_${newId().replaceAll('-', '')}`;
  await runOn(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const adminUrl = withDatabase(server, name);
  const url = new URL(adminUrl);
  url.username = 'plinth_app';
  url.password = 'test';
  return {
    adminUrl,
    url: url.href,
    drop: () => runOn(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)).then(() => {}),
  };
}

async function ensureTemplate(server: string, sets: readonly MigrationSet[]): Promise<string> {
  const hash = createHash('sha256');
  for (const set of sets)
    for (const file of await loadMigrations(set)) hash.update(`${set.schema}/${file.name}/${file.checksum}\n`);
  const template = `template_${hash.digest('hex').slice(0, 24)}`;
  await runOn(server, async (client) => {
    // Test files run in parallel processes; one of them makes the template.
    await client.query(`SELECT pg_advisory_lock(4711)`);
    const existing = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [template]);
    if (existing.rowCount !== 0) return;
    const draft = `${template}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft}`);
    await client.query(`CREATE DATABASE ${draft}`);
    await migrate(withDatabase(server, draft), sets);
    await preparePlatform(withDatabase(server, draft), sets);
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  });
  return template;
}

async function preparePlatform(url: string, sets: readonly MigrationSet[]): Promise<void> {
  await runOn(url, async (client) => {
    await client.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plinth_app') THEN
          CREATE ROLE plinth_app LOGIN PASSWORD 'test' NOINHERIT NOBYPASSRLS;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plinth_messaging') THEN
          CREATE ROLE plinth_messaging NOLOGIN NOBYPASSRLS;
        END IF;
      END $$;
      CREATE SCHEMA messaging; GRANT USAGE ON SCHEMA messaging TO plinth_messaging; GRANT plinth_messaging TO plinth_app;`);
    for (const migration of messagingMigrations) await client.query(migration.sql);
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA messaging TO plinth_messaging`);
    await client.query(await jobsMigrationSql());
    await client.query(`GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO plinth_app`);
    for (const set of sets) await client.query(`GRANT ${set.role} TO plinth_app`);
  });
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function runOn<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
