import {
  JOBS_SCHEMA,
  jobsMigrationSql,
  messagingMigrations,
  migrate,
  type MigrationSet,
  type ServiceDefinition,
} from '@plinth/common';
import pg from 'pg';

/** Migration sets of services. */
export function migrationSets(services: readonly ServiceDefinition[]): MigrationSet[] {
  return services.map(({ manifest, migrations }) => ({
    service: manifest.name,
    ...manifest.database,
    directory: migrations,
  }));
}

/**
 * Brings a database up to date: tables of the services, of the messaging and of the jobs, and a runtime role that
 * may take the services' roles and nothing more. Returns the migrations applied.
 */
export async function prepareDatabase(
  adminUrl: string,
  runtimeUrl: string,
  services: readonly ServiceDefinition[],
  onApplied?: (name: string) => void,
): Promise<string[]> {
  const applied = await migrate(adminUrl, migrationSets(services), onApplied);
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'plinth migrate' });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('plinth.prepare'))`);
    for (const name of await applyPlatformMigrations(client)) {
      applied.push(name);
      onApplied?.(name);
    }
    const roles = [...services.map(({ manifest }) => manifest.database.role), 'plinth_messaging', 'plinth_jobs'];
    await ensureRuntimeRole(client, new URL(runtimeUrl), roles);
  } finally {
    await client.end();
  }
  return applied;
}

async function applyPlatformMigrations(client: pg.Client): Promise<string[]> {
  await client.query(`
    SET client_min_messages = warning;
    DO $$ DECLARE name text; BEGIN
      FOREACH name IN ARRAY ARRAY['plinth_messaging', 'plinth_jobs'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
          EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', name);
        END IF;
      END LOOP;
    END $$;
    CREATE SCHEMA IF NOT EXISTS messaging;
    CREATE TABLE IF NOT EXISTS plinth.schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());`);
  const done = new Set(
    (await client.query<{ name: string }>('SELECT name FROM plinth.schema_migrations')).rows.map((row) => row.name),
  );
  const grants = `
    GRANT USAGE ON SCHEMA messaging TO plinth_messaging;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA messaging TO plinth_messaging;`;
  const steps = messagingMigrations.map((step) => ({
    name: `messaging/${step.name}`,
    load: async () => step.sql + grants,
  }));
  steps.push({ name: 'jobs/0001_pg_boss.sql', load: jobsTables });
  const applied: string[] = [];
  for (const step of steps) {
    if (done.has(step.name)) continue;
    const noted = `INSERT INTO plinth.schema_migrations (name) VALUES (${client.escapeLiteral(step.name)})`;
    // One message is one transaction: a process that is killed here has done and noted the step, or neither.
    await client.query(`${await step.load()};\n${noted}`);
    applied.push(step.name);
  }
  return applied;
}

/** pg-boss owns its schema through a role of its own, because it makes partitions at run time. */
async function jobsTables(): Promise<string> {
  const plans = (await jobsMigrationSql()).replace(/CREATE SCHEMA IF NOT EXISTS [^;]+;/, '');
  return `DROP SCHEMA IF EXISTS ${JOBS_SCHEMA} CASCADE; CREATE SCHEMA ${JOBS_SCHEMA} AUTHORIZATION plinth_jobs; SET ROLE plinth_jobs; ${plans}; RESET ROLE;`;
}

async function ensureRuntimeRole(client: pg.Client, runtimeUrl: URL, roles: readonly string[]): Promise<void> {
  const name = decodeURIComponent(runtimeUrl.username);
  const current = await client.query<{ current_user: string }>('SELECT current_user');
  if (name === '' || name === current.rows[0]?.current_user) {
    for (const role of roles) await client.query(`GRANT ${role} TO CURRENT_USER`);
    return;
  }
  const identifier = client.escapeIdentifier(name);
  const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (exists.rowCount === 0) {
    const password = client.escapeLiteral(decodeURIComponent(runtimeUrl.password));
    await client.query(`CREATE ROLE ${identifier} LOGIN NOINHERIT NOBYPASSRLS PASSWORD ${password}`);
  }
  await client.query(`GRANT ${roles.join(', ')} TO ${identifier}`);
}
