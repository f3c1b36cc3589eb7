import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, startEmbeddedPostgres } from '@plinth/common';
import { findRunningInstance } from './instance-file.ts';
import { DataDirectoryMissingError } from './instance.errors.ts';

/** The database of a platform, for maintenance. */
export interface OpenDatabase {
  readonly url: Secret;
  close(): Promise<void>;
}

/** DATABASE_URL's database, that of the platform that runs on the data directory, or the stopped one's, started for it. */
export async function openDatabase(
  environment: Readonly<Record<string, string | undefined>>,
  dataDirectory: string,
): Promise<OpenDatabase> {
  const given = givenUrl(environment);
  if (given !== undefined) return { url: new Secret(given), close: async () => {} };
  const directory = join(dataDirectory, 'postgres');
  if (!existsSync(directory)) throw new DataDirectoryMissingError(dataDirectory);
  const running = await findRunningDatabase(environment, dataDirectory);
  if (running !== undefined) return { url: running, close: async () => {} };
  const embedded = await startEmbeddedPostgres({ dataDirectory: directory });
  return { url: new Secret(embedded.url), close: () => embedded.stop() };
}

/** The embedded database of the platform that runs on the data directory, unless the environment names another one. */
export async function findRunningDatabase(
  environment: Readonly<Record<string, string | undefined>>,
  dataDirectory: string,
): Promise<Secret | undefined> {
  if (givenUrl(environment) !== undefined || (await findRunningInstance(dataDirectory)) === undefined) return undefined;
  return readUrl(join(dataDirectory, 'postgres'));
}

function givenUrl(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return environment['DATABASE_MIGRATION_URL']?.trim() || environment['DATABASE_URL']?.trim() || undefined;
}

async function readUrl(directory: string): Promise<Secret> {
  const [password, port] = await Promise.all(
    ['postgres.password', 'postgres.port'].map((name) => readFile(join(directory, name), 'utf8')),
  );
  return new Secret(`postgres://plinth:${encodeURIComponent(password!.trim())}@127.0.0.1:${port!.trim()}/plinth`);
}
