import type { Transaction } from '@plinth/common';
import { maximumLevels, type PayerStep } from './payer.ts';

/** One change of who pays for whom at a time, until the transaction ends: two that are fine alone can break a rule together. */
export async function lockPayers(transaction: Transaction): Promise<void> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('account.payers ' || plinth.current_tenant(), 0))`,
  );
}

/** The given accounts that exist, and all that pay for each. */
export async function listPayers(transaction: Transaction, ids: readonly string[]): Promise<PayerStep[]> {
  return transaction.rows<PayerStep>(
    `WITH RECURSIVE line AS (
       SELECT id AS account_id, id, parent_id, currency, 1 AS level FROM account.accounts WHERE id = ANY($1::uuid[])
       UNION ALL
       SELECT line.account_id, above.id, above.parent_id, above.currency, line.level + 1
         FROM line JOIN account.accounts above ON above.id = line.parent_id WHERE line.level <= $2
     ) SELECT account_id AS "accountId", id AS "payerId", currency, level FROM line`,
    [ids, maximumLevels],
  );
}

/** How many levels an account and those below it have; 1 when it pays for nobody. */
export async function countLevels(transaction: Transaction, id: string): Promise<number> {
  const row = await transaction.findRow<{ levels: number }>(
    `WITH RECURSIVE below AS (
       SELECT $1::uuid AS id, 1 AS level
       UNION ALL
       SELECT child.id, below.level + 1 FROM below JOIN account.accounts child ON child.parent_id = below.id
        WHERE below.level <= $2
     ) SELECT max(level)::int AS levels FROM below`,
    [id, maximumLevels],
  );
  return row?.levels ?? 1;
}

/** Ids of accounts that the account pays for directly, at most `limit`. */
export async function listChildIds(transaction: Transaction, id: string, limit: number): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT id FROM account.accounts WHERE parent_id = $1 ORDER BY id LIMIT $2`,
    [id, limit],
  );
  return rows.map((row) => row.id);
}
