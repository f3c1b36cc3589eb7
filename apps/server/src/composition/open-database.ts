import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres, type Logger } from '@plinth/common';
import type { Configuration } from './configuration.ts';

/** The database of a process: a server of ours, or one that is there already. */
export interface OpenDatabase {
  /** For migrations and maintenance. */
  readonly adminUrl: string;
  /** For the services. */
  readonly runtimeUrl: string;
  readonly embedded: EmbeddedPostgres | undefined;
}

/** Starts the embedded PostgreSQL in the data directory, unless DATABASE_URL names another one. */
export async function openDatabase(
  configuration: Configuration,
  dataDirectory: string | undefined,
  log?: Logger,
): Promise<OpenDatabase> {
  if (configuration.databaseUrl !== undefined || dataDirectory === undefined) {
    const runtimeUrl = configuration.databaseUrl?.reveal() ?? '';
    return { runtimeUrl, adminUrl: configuration.migrationUrl?.reveal() ?? runtimeUrl, embedded: undefined };
  }
  const embedded = await startEmbeddedPostgres({
    dataDirectory: join(dataDirectory, 'postgres'),
    onRestart: () => log?.error('the embedded PostgreSQL ended by itself; it is started again'),
  });
  const runtimeUrl = new URL(embedded.url);
  runtimeUrl.username = 'plinth_app';
  runtimeUrl.password = configuration.localDatabasePassword?.reveal() ?? '';
  return { adminUrl: embedded.url, runtimeUrl: runtimeUrl.href, embedded };
}
