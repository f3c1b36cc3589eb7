import { join } from 'node:path';
import { accountContract, meteringContract, type ServiceManifest } from '@plinth/contracts';
import { Database, UsageEmitter, type Logger } from '@plinth/common';
import { UsageQuotas } from '../gateway/usage-quotas.ts';
import { MissingServiceError } from '../server.errors.ts';
import type { Backend } from './run-services.ts';
import { loadManifests } from './service-registry.ts';

/** What a gateway needs for routes that are sold. */
export interface GatewayUsage {
  readonly quotas: UsageQuotas;
  readonly emitter: UsageEmitter;
}

export interface GatewayUsageOptions {
  /** Of the services behind the gateway. */
  readonly manifests: readonly ServiceManifest[];
  readonly backend: Backend;
  readonly dataDirectory: string | undefined;
  readonly log: Logger;
}

/** Longer than a service waits, where usage has no files to go to while the database does not answer. */
const PATIENCE_WITHOUT_FILES_MS = 5000;

/** Puts together quotas and emission of usage; undefined where no route is sold. */
export async function openGatewayUsage(options: GatewayUsageOptions): Promise<GatewayUsage | undefined> {
  const { manifests, backend, dataDirectory, log } = options;
  if (!manifests.some(({ routes }) => routes.some(({ usage }) => usage !== undefined))) return undefined;
  for (const callee of ['account', 'metering'])
    if (!backend.contracts.isReachable(callee)) throw new MissingServiceError('gateway', callee);
  const [metering] = await loadManifests(['metering']);
  const { pool, contracts } = backend;
  // Usage waits in the outbox of the service that counts it: the gateway has no schema of its own. The relay is not told
  // of each request, so that what half a second brings is ingested at once.
  const database = new Database({ pool, service: 'gateway', ...metering!.database });
  const files =
    dataDirectory === undefined
      ? { patienceMs: PATIENCE_WITHOUT_FILES_MS }
      : { directory: join(dataDirectory, 'usage') };
  const emitter = new UsageEmitter({ database, service: 'gateway', log, ...files });
  await emitter.start();
  const quotas = new UsageQuotas({
    accounts: contracts.client(accountContract),
    metering: contracts.client(meteringContract),
    log,
    now: Date.now,
  });
  return { quotas, emitter };
}
