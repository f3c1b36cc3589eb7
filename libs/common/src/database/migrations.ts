import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { MigrationChangedError, MigrationFailedError } from './database.errors.ts';
import { cheaperMessagingSql, messagingTablesSql, platformSql } from './platform-sql.ts';

/** What a service brings to the database. */
export interface MigrationSet {
  readonly service: string;
  readonly schema: string;
  readonly role: string;
  readonly extraSchemas?: readonly string[];
  readonly directory: URL;
}

export interface MigrationStatus {
  readonly service: string;
  readonly name: string;
  readonly appliedAt: Date | null;
}

interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

// Any number will do as long as every Plinth process takes the same.
const MIGRATION_LOCK = 7_046_029_254;

/** Reads a service's numbered SQL files in order; `0000` is the outbox, inbox and idempotency tables that all have. */
export async function loadMigrations(set: MigrationSet): Promise<MigrationFile[]> {
  const names = (await readdir(set.directory)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  const own = await Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(new URL(name, set.directory), 'utf8') })),
  );
  const common = [
    { name: '0000_messaging.sql', sql: messagingTablesSql(set.schema) },
    { name: '0000_messaging_cheaper.sql', sql: cheaperMessagingSql(set.schema) },
  ];
  return [...common, ...own].map((file) => ({
    ...file,
    checksum: createHash('sha256').update(file.sql).digest('hex'),
  }));
}

/**
 * Applies what is missing, each file in its own transaction, under one advisory lock, with lock and statement
 * time-outs so that a waiting migration never blocks the running platform. Returns the names applied.
 * `url` needs a role that may create schemas and roles.
 */
export async function migrate(
  url: string,
  sets: readonly MigrationSet[],
  onApplied?: (name: string) => void,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'plinth migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    await client.query(`SET lock_timeout = '5s'; SET statement_timeout = '10min'; SET client_min_messages = warning`);
    await client.query(platformSql);
    for (const set of sets) {
      await prepareSchema(client, set);
      const done = await appliedMigrations(client, set.schema);
      for (const file of await loadMigrations(set)) {
        const checksum = done.get(file.name)?.checksum;
        if (checksum === file.checksum) continue;
        if (checksum !== undefined) throw new MigrationChangedError(set.schema, file.name);
        await applyMigration(client, set, file);
        applied.push(`${set.service}/${file.name}`);
        onApplied?.(`${set.service}/${file.name}`);
      }
      await client.query(grantsSql(set));
    }
  } finally {
    await client.end();
  }
  return applied;
}

/** What is applied and what is missing, in order. */
export async function listMigrationStatus(url: string, sets: readonly MigrationSet[]): Promise<MigrationStatus[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'plinth migrate' });
  await client.connect();
  try {
    const statuses: MigrationStatus[] = [];
    for (const set of sets) {
      const exists = await client.query(`SELECT to_regclass($1) IS NOT NULL AS exists`, [
        `${set.schema}.schema_migrations`,
      ]);
      const done = exists.rows[0]?.exists
        ? await appliedMigrations(client, set.schema)
        : new Map<string, { appliedAt: Date }>();
      for (const file of await loadMigrations(set)) {
        statuses.push({ service: set.service, name: file.name, appliedAt: done.get(file.name)?.appliedAt ?? null });
      }
    }
    return statuses;
  } finally {
    await client.end();
  }
}

async function prepareSchema(client: pg.Client, set: MigrationSet): Promise<void> {
  await client.query(`
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${set.role}') THEN
        CREATE ROLE ${set.role} NOLOGIN NOBYPASSRLS;
      END IF;
    END $$;
    CREATE SCHEMA IF NOT EXISTS ${set.schema};
    ${(set.extraSchemas ?? []).map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema};`).join('\n')}
    CREATE TABLE IF NOT EXISTS ${set.schema}.schema_migrations (
      name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
    );`);
}

async function appliedMigrations(
  client: pg.Client,
  schema: string,
): Promise<Map<string, { checksum: string; appliedAt: Date }>> {
  const result = await client.query(`SELECT name, checksum, applied_at FROM ${schema}.schema_migrations`);
  return new Map(result.rows.map((row) => [row.name, { checksum: row.checksum, appliedAt: row.applied_at }]));
}

async function applyMigration(client: pg.Client, set: MigrationSet, file: MigrationFile): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(file.sql);
    await client.query(`INSERT INTO ${set.schema}.schema_migrations (name, checksum) VALUES ($1, $2)`, [
      file.name,
      file.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new MigrationFailedError(set.schema, file.name, error);
  }
}

function grantsSql(set: MigrationSet): string {
  return [set.schema, ...(set.extraSchemas ?? [])]
    .map(
      (schema) => `
      GRANT USAGE ON SCHEMA ${schema} TO ${set.role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${set.role};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${set.role};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${set.role};
      REVOKE ALL ON ${set.schema}.schema_migrations FROM ${set.role};`,
    )
    .join('\n');
}
