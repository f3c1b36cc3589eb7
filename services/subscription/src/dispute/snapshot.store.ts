import type { Transaction } from '@plinth/common';

/** A page of what was known when a dispute was opened. */
export interface SnapshotPage {
  readonly part: string;
  readonly page: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** Why something after it is missing; null: nothing is. */
  readonly missing: string | null;
  readonly takenAt: Date;
}

export async function insertSnapshot(
  transaction: Transaction,
  disputeId: string,
  pages: readonly SnapshotPage[],
): Promise<void> {
  for (const { part, page, items, missing, takenAt } of pages)
    await transaction.execute(
      `INSERT INTO subscription.dispute_evidence (tenant_id, dispute_id, part, page, items, missing, taken_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [transaction.tenantId, disputeId, part, page, JSON.stringify(items), missing, takenAt],
    );
}

/** Two pages of a part at most: the asked one, and whether there is another. */
export async function listSnapshotPages(
  transaction: Transaction,
  disputeId: string,
  part: string,
  fromPage: number,
): Promise<SnapshotPage[]> {
  return transaction.rows<SnapshotPage>(
    `SELECT part, page, items, missing, taken_at AS "takenAt" FROM subscription.dispute_evidence
     WHERE dispute_id = $1 AND part = $2 AND page >= $3 ORDER BY page LIMIT 2`,
    [disputeId, part, fromPage],
  );
}
