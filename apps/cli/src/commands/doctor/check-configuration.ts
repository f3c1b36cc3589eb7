import { processVariables } from '@plinth/contracts';
import { ConfigurationError, createPool, parseEnvironment } from '@plinth/common';
import { loadManifests, serviceNames } from '@plinth/server';
import { createQuietLog } from '../../instance/platform-log.ts';
import type { Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Every fault of the environment at once, against the variable tables of all services. */
export async function checkConfiguration(environment: Environment): Promise<Finding> {
  const check = 'Configuration';
  const manifests = await loadManifests(serviceNames);
  const tables = [
    { prefix: 'PLINTH_', variables: processVariables },
    ...manifests.map(({ variablePrefix: prefix, variables }) => ({ prefix, variables })),
  ];
  const name = environment['PLINTH_ENVIRONMENT']?.trim() || 'development';
  try {
    parseEnvironment(tables, environment, name);
    return { check, status: 'ok', detail: `no faults (environment ${name})` };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const advice = error.suggestion;
    return { check, status: 'failed', detail: error.message, ...(advice === undefined ? {} : { advice }) };
  }
}

/** Whether the database of DATABASE_URL answers and is new enough. */
export async function checkDatabase(environment: Environment): Promise<Finding[]> {
  const url = environment['DATABASE_URL']?.trim();
  if (url === undefined || url === '' || !URL.canParse(url)) return [];
  const check = 'Database';
  const log = createQuietLog({ PLINTH_LOG_LEVEL: 'silent' });
  const pool = createPool({ url, max: 1, applicationName: 'plinth doctor', log, statementTimeoutMs: 5000 });
  try {
    const { rows } = await pool.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`);
    const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
    if (major >= 15) return [{ check, status: 'ok', detail: `PostgreSQL ${major} answers at DATABASE_URL` }];
    const advice = 'Use PostgreSQL 15 or later.';
    return [{ check, status: 'failed', detail: `PostgreSQL ${major} is too old`, advice }];
  } catch (error) {
    const reason = (error as { code?: string }).code ?? (error instanceof Error ? error.message : String(error));
    const advice = 'Check host, port, user and password in DATABASE_URL, and that the server runs.';
    return [{ check, status: 'failed', detail: `DATABASE_URL cannot be reached (${reason})`, advice }];
  } finally {
    await pool.end().catch(() => undefined);
  }
}
