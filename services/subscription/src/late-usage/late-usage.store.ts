import type { Transaction } from '@plinth/common';

/** A day of an account and meter whose usage changed late. */
export interface LateDay {
  readonly accountId: string;
  readonly meter: string;
  readonly from: Date;
  readonly to: Date;
}

/** How far metering's list was read, and when it last was to its end; null: never. */
export interface ReadPosition {
  readonly sequence: number;
  readonly readAt: Date | null;
}

/** How far metering's list was read; nobody else reads on before the commit. */
export async function lockPosition(transaction: Transaction): Promise<number> {
  await transaction.execute(
    `INSERT INTO subscription.late_usage_positions (tenant_id, sequence) VALUES ($1, 0) ON CONFLICT DO NOTHING`,
    [transaction.tenantId],
  );
  const row = await transaction.findRow<{ sequence: string }>(
    `SELECT sequence FROM subscription.late_usage_positions FOR UPDATE`,
  );
  return Number(row!.sequence);
}

/** Lets nobody read on before the commit, and others do the same meanwhile. */
export async function sharePosition(transaction: Transaction): Promise<void> {
  await transaction.rows(`SELECT FROM subscription.late_usage_positions FOR SHARE`);
}

export async function findPosition(transaction: Transaction): Promise<ReadPosition> {
  const row = await transaction.findRow<{ sequence: string; read_at: Date | null }>(
    `SELECT sequence, read_at FROM subscription.late_usage_positions`,
  );
  return { sequence: Number(row?.sequence ?? 0), readAt: row?.read_at ?? null };
}

export async function saveReadAt(transaction: Transaction, readAt: Date): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.late_usage_positions AS p (tenant_id, sequence, read_at) VALUES ($1, 0, $2)
     ON CONFLICT (tenant_id) DO UPDATE SET read_at = greatest(p.read_at, excluded.read_at)`,
    [transaction.tenantId, readAt],
  );
}

export async function insertLateDays(transaction: Transaction, days: readonly LateDay[]): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.late_usage (tenant_id, account_id, meter, from_at, to_at)
     SELECT DISTINCT ON (2, 3, 4) $1::uuid, account_id, meter, from_at, to_at
     FROM unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS day (account_id, meter, from_at, to_at)
     ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      days.map(({ accountId }) => accountId),
      days.map(({ meter }) => meter),
      days.map(({ from }) => from.toISOString()),
      days.map(({ to }) => to.toISOString()),
    ],
  );
}

export async function savePosition(transaction: Transaction, sequence: number): Promise<void> {
  await transaction.execute(`UPDATE subscription.late_usage_positions SET sequence = $1`, [sequence]);
}

/** Days that lie too far back to be billed by any invoice that is still to come. */
export async function deleteDaysBefore(transaction: Transaction, before: Date): Promise<void> {
  await transaction.execute(`DELETE FROM subscription.late_usage WHERE to_at < $1`, [before]);
}

export async function listLateDays(transaction: Transaction, accountIds: readonly string[]): Promise<LateDay[]> {
  return transaction.rows<LateDay>(
    `SELECT account_id AS "accountId", meter, from_at AS "from", to_at AS "to" FROM subscription.late_usage WHERE account_id = ANY($1)`,
    [accountIds],
  );
}
