import type { Transaction } from '@plinth/common';
import type { ChainHead } from './entry.ts';

export interface ChainState {
  /** Undefined: the chain has no head. */
  readonly head: ChainHead | undefined;
  /** Sequence of the last entry; `0` when there is none. */
  readonly lastSequence: string;
}

/** Head and last entry of a chain as of one moment, whatever is appended meanwhile. */
export async function getChainState(transaction: Transaction, tenantId: string): Promise<ChainState> {
  const row = await transaction.findRow<{ sequence: string | null; hash: string | null; last: string }>(
    `SELECT chains.sequence::text, encode(chains.hash, 'hex') AS hash, coalesce(tail.last, 0)::text AS last
     FROM (SELECT max(sequence) AS last FROM audit.entries WHERE tenant_id = $1) AS tail
     LEFT JOIN audit.chains ON chains.tenant_id = $1`,
    [tenantId],
  );
  const head =
    row === undefined || row.sequence === null || row.hash === null
      ? undefined
      : { sequence: row.sequence, hash: row.hash };
  return { head, lastSequence: row?.last ?? '0' };
}

/**
 * Closes the trail of a tenant that is deleted: from here on its entries may be removed, nothing is appended any more,
 * and the head stays for good. A tenant without a trail gets an empty one, so that nothing can begin it later.
 */
export async function closeChain(transaction: Transaction, tenantId: string, now: Date): Promise<void> {
  await transaction.execute(
    `INSERT INTO audit.chains (tenant_id, sequence, hash, closed_at) VALUES ($1, 0, decode(repeat('00', 32), 'hex'), $2)
     ON CONFLICT (tenant_id) DO UPDATE SET closed_at = excluded.closed_at WHERE chains.closed_at IS NULL`,
    [tenantId, now],
  );
}

/** The head of a chain that was closed; undefined when it is open or was never begun. */
export async function findClosedHead(transaction: Transaction, tenantId: string): Promise<ChainHead | undefined> {
  return transaction.findRow<ChainHead>(
    `SELECT sequence::text, encode(hash, 'hex') AS hash FROM audit.chains WHERE tenant_id = $1 AND closed_at IS NOT NULL`,
    [tenantId],
  );
}

/** Ids of chains above `after`, also of those that have entries and no head or a head and no entries. Closed ones are left out. */
export async function listChainIds(
  transaction: Transaction,
  limit: number,
  after: string | undefined,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `WITH RECURSIVE trails AS (
       (SELECT tenant_id FROM audit.entries WHERE $2::uuid IS NULL OR tenant_id > $2 ORDER BY tenant_id LIMIT 1)
       UNION ALL
       SELECT next.tenant_id FROM trails CROSS JOIN LATERAL
         (SELECT tenant_id FROM audit.entries WHERE entries.tenant_id > trails.tenant_id ORDER BY tenant_id LIMIT 1) AS next
     )
     SELECT id FROM (
       (SELECT tenant_id AS id FROM audit.chains WHERE closed_at IS NULL AND ($2::uuid IS NULL OR tenant_id > $2) ORDER BY tenant_id LIMIT $1)
       UNION (SELECT tenant_id FROM trails WHERE NOT EXISTS (SELECT FROM audit.chains AS closed WHERE closed.tenant_id = trails.tenant_id AND closed.closed_at IS NOT NULL) LIMIT $1)
     ) AS found ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
  return rows.map((row) => row.id);
}
