import { listMigrationStatus, migratePlatform } from '@plinth/server';
import type { CommandInput } from '../../cli/command.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import { renderTable } from '../../cli/table.ts';
import { findRunningDatabase } from '../../instance/open-database.ts';

export interface MigrateOptions {
  readonly data: string;
}

export async function migrateUp({ options, context }: CommandInput<MigrateOptions>): Promise<void> {
  context.progress.show('applying migrations');
  const applied = await migratePlatform({
    environment: context.environment,
    dataDirectory: options.data,
    onApplied: (name) => context.progress.show(`applied ${name}`),
  });
  context.progress.clear();
  const count = `${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied`;
  const text = applied.length === 0 ? 'The database is up to date.' : `${applied.join('\n')}\n${count}.`;
  context.output.print({ text, json: { applied } });
}

/** Resolves to 1 when something is missing, so that a deployment can ask before it goes on. */
export async function migrateStatus({ options, context }: CommandInput<MigrateOptions>): Promise<number> {
  context.progress.show('reading the migrations');
  const statuses = await listMigrationStatus({
    environment: context.environment,
    dataDirectory: options.data,
    runningDatabase: await findRunningDatabase(context.environment, options.data),
  });
  context.progress.clear();
  const missing = statuses.filter(({ appliedAt }) => appliedAt === null).length;
  const rows = statuses.map(({ service, name, appliedAt }) => [service, name, appliedAt?.toISOString() ?? 'missing']);
  const conclusion = missing === 0 ? 'Nothing is missing.' : `${missing} missing. Apply with: plinth migrate up`;
  context.output.print({
    text: `${renderTable(['service', 'migration', 'applied'], rows)}\n\n${conclusion}`,
    json: { missing, migrations: statuses },
  });
  return missing === 0 ? 0 : exitCodes.failed;
}
