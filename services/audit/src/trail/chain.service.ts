import type { Principal } from '@plinth/contracts';
import type { Database, Transaction } from '@plinth/common';
import { listChain } from './entry.store.ts';
import type { Entry } from './entry.ts';
import { getChainId, type ChainName } from './entry.service.ts';
import { verifyChain, type ChainVerification } from '../verify-chain.ts';
import * as store from './chain.store.ts';

const PAGE = 1000;

type Read = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

export interface TenantVerification extends ChainVerification {
  /** The nil UUID for the chain of the platform. */
  readonly tenantId: string;
}

export interface AuditVerification {
  readonly valid: boolean;
  readonly chains: number;
  readonly entries: number;
  readonly broken: readonly TenantVerification[];
}

export interface VerifyAuditChainsOptions {
  /** Called about every thousand entries of a chain. */
  readonly onProgress?: (progress: {
    readonly tenantId: string;
    readonly entries: number;
    readonly total: number;
  }) => void;
  /** Called when a chain is done. */
  readonly onChain?: (result: TenantVerification) => void;
}

/** Verifies the chains that a caller may read. */
export class ChainService {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  async verify(caller: Principal, chain: ChainName): Promise<ChainVerification> {
    const tenantId = getChainId(caller, chain);
    return verifyStoredChain((work) => this.#database.transaction(tenantId, work), tenantId);
  }
}

/**
 * Verifies every chain of a database, one after the other, while the platform may go on writing. The database must be
 * made with the service's own schema and role: `new Database({ pool, service: 'audit', ...service.manifest.database })`.
 */
export async function verifyAuditChains(
  database: Database,
  options: VerifyAuditChainsOptions = {},
): Promise<AuditVerification> {
  const read: Read = (work) => database.platformTransaction(work);
  const broken: TenantVerification[] = [];
  let [chains, entries] = [0, 0];
  for (let after: string | undefined; ;) {
    const ids = await read((transaction) => store.listChainIds(transaction, PAGE, after));
    for (const tenantId of ids) {
      const onProgress = (done: number, total: number) => options.onProgress?.({ tenantId, entries: done, total });
      const result: TenantVerification = { tenantId, ...(await verifyStoredChain(read, tenantId, onProgress)) };
      options.onChain?.(result);
      chains += 1;
      entries += result.entries;
      if (!result.valid) broken.push(result);
    }
    if (ids.length < PAGE) return { valid: broken.length === 0, chains, entries, broken };
    after = ids.at(-1);
  }
}

/** Verifies up to the last entry of the moment at which it starts. */
async function verifyStoredChain(
  read: Read,
  tenantId: string,
  onProgress?: (done: number, total: number) => void,
): Promise<ChainVerification> {
  const { head, lastSequence } = await read((transaction) => store.getChainState(transaction, tenantId));
  return verifyChain(streamEntries(read, tenantId, lastSequence, onProgress), { head: head ?? 'missing' });
}

async function* streamEntries(
  read: Read,
  tenantId: string,
  lastSequence: string,
  onProgress?: (done: number, total: number) => void,
): AsyncGenerator<Entry> {
  let after = '0';
  let done = 0;
  while (BigInt(after) < BigInt(lastSequence)) {
    const page = await read((transaction) => listChain(transaction, tenantId, PAGE, after));
    const known = page.filter((entry) => BigInt(entry.sequence) <= BigInt(lastSequence));
    yield* known;
    done += known.length;
    onProgress?.(done, Number(lastSequence));
    if (known.length < PAGE) return;
    after = known.at(-1)!.sequence;
  }
}
