import { service, verifyAuditChains, type TenantVerification } from '@plinth/audit';
import { createPool, Database, NotFoundError, sqlStateOf } from '@plinth/common';
import type { CommandInput } from '../../cli/command.ts';
import { exitCodes } from '../../cli/exit-codes.ts';
import { NotMigratedError } from '../../instance/instance.errors.ts';
import { openDatabase } from '../../instance/open-database.ts';
import { createQuietLog } from '../../instance/platform-log.ts';

export interface VerifyAuditLogOptions {
  readonly data: string;
  readonly tenant: string | undefined;
}

const undefinedObject = new Set(['42P01', '42704', '3F000', '22023']);

/** Verifies every chain, or tells about one; resolves to 1 when one is broken. */
export async function verifyAuditLog({ options, context }: CommandInput<VerifyAuditLogOptions>): Promise<number> {
  const { progress, output, stop, environment } = context;
  progress.show('opening the database');
  const opened = await openDatabase(environment, options.data);
  try {
    const chains = await verify(opened.url.reveal(), context).catch((error: unknown) => {
      throw undefinedObject.has(sqlStateOf(error) ?? '') ? new NotMigratedError(error) : error;
    });
    stop.throwIfAborted();
    const chosen = options.tenant === undefined ? chains : chains.filter(({ tenantId }) => tenantId === options.tenant);
    if (options.tenant !== undefined && chosen.length === 0)
      throw new NotFoundError('audit chain of tenant', options.tenant);
    progress.clear();
    output.print(summarise(chosen));
    return chosen.every(({ valid }) => valid) ? 0 : exitCodes.failed;
  } finally {
    await opened.close();
  }
}

async function verify(
  url: string,
  { environment, progress, stop }: CommandInput<VerifyAuditLogOptions>['context'],
): Promise<TenantVerification[]> {
  const pool = createPool({ url, max: 2, applicationName: 'plinth audit-log', log: createQuietLog(environment) });
  const chains: TenantVerification[] = [];
  try {
    await verifyAuditChains(new Database({ pool, service: 'audit', ...service.manifest.database }), {
      onProgress: ({ tenantId, entries, total }) => {
        stop.throwIfAborted();
        progress.show(`verifying chain ${chains.length + 1} (${tenantId}): ${entries} of ${total} entries`);
      },
      onChain: (chain) => {
        stop.throwIfAborted();
        chains.push(chain);
      },
    });
    return chains;
  } finally {
    await pool.end();
  }
}

function summarise(chains: readonly TenantVerification[]) {
  const broken = chains.filter(({ valid }) => !valid);
  const entries = chains.reduce((sum, chain) => sum + chain.entries, 0);
  const total = `${entries} ${entries === 1 ? 'entry' : 'entries'} in ${chains.length} ${chains.length === 1 ? 'chain' : 'chains'}`;
  return {
    text:
      broken.length === 0
        ? `The audit trail is intact: ${total}.`
        : [
            `${broken.length} of ${chains.length} chains are broken:`,
            ...broken.map(({ tenantId, brokenAt, reason }) => `  ${tenantId} at entry ${brokenAt}: ${reason}`),
            'Keep this database as it is and compare it with a backup from before.',
          ].join('\n'),
    json: { valid: broken.length === 0, entries, chains },
  };
}
