import type { Transaction } from '@plinth/common';
import type { CreditGrant, CreditKind, CreditSource } from './credit.ts';

interface GrantRow {
  readonly id: string;
  readonly wallet_id: string;
  readonly account_id: string;
  readonly currency: string;
  readonly legal_entity_id: string;
  readonly kind: CreditKind;
  readonly amount_minor: string;
  readonly remaining_minor: string;
  readonly priority: number;
  readonly expires_at: Date | null;
  readonly reason: string;
  readonly source_type: CreditSource['type'];
  readonly source_id: string;
  readonly voided_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface GrantFilter {
  readonly accountId?: string | undefined;
  readonly currency?: string | undefined;
  readonly kind?: CreditKind | undefined;
  /** Those of which something remains, or all others. */
  readonly remaining?: boolean | undefined;
}

const select = `SELECT g.id, g.wallet_id, w.account_id, w.currency, g.legal_entity_id, g.kind, g.amount_minor, g.remaining_minor, g.priority,
  g.expires_at, g.reason, g.source_type, g.source_id, g.voided_at, g.created_at, g.updated_at
  FROM subscription.credit_grants g JOIN subscription.credit_wallets w ON w.id = g.wallet_id`;

/** Writes a grant of which nothing remains yet: its first entry adds it. */
export async function insertGrant(transaction: Transaction, grant: CreditGrant): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.credit_grants (id, tenant_id, wallet_id, legal_entity_id, kind, amount_minor, remaining_minor, priority,
       expires_at, reason, source_type, source_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $12)`,
    [
      grant.id,
      transaction.tenantId,
      grant.walletId,
      grant.legalEntityId,
      grant.kind,
      grant.amountMinor.toString(),
      grant.priority,
      grant.expiresAt,
      grant.reason,
      grant.source.type,
      grant.source.id,
      grant.createdAt,
    ],
  );
}

/** Adds to what remains of grants; the database refuses less than nothing and more than was granted. */
export async function addToGrants(
  transaction: Transaction,
  changes: ReadonlyMap<string, bigint>,
  now: Date,
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.credit_grants g SET remaining_minor = g.remaining_minor + c.amount, updated_at = $3
     FROM unnest($1::uuid[], $2::numeric[]) AS c (id, amount) WHERE g.id = c.id`,
    [[...changes.keys()], [...changes.values()].map(String), now],
  );
}

export async function markVoided(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(`UPDATE subscription.credit_grants SET voided_at = $2, updated_at = $2 WHERE id = $1`, [
    id,
    now,
  ]);
}

export async function findGrant(transaction: Transaction, id: string): Promise<CreditGrant | undefined> {
  const row = await transaction.findRow<GrantRow>(`${select} WHERE g.id = $1`, [id]);
  return row && fromRow(row);
}

/** The grants of wallets of which something remains. Lock the wallets before, where they are about to be used. */
export async function listRemaining(transaction: Transaction, walletIds: readonly string[]): Promise<CreditGrant[]> {
  const rows = await transaction.rows<GrantRow>(
    `${select} WHERE g.wallet_id = ANY ($1::uuid[]) AND g.remaining_minor > 0 ORDER BY g.id`,
    [walletIds],
  );
  return rows.map(fromRow);
}

export async function listGrantsById(transaction: Transaction, ids: readonly string[]): Promise<CreditGrant[]> {
  const rows = await transaction.rows<GrantRow>(`${select} WHERE g.id = ANY ($1::uuid[]) ORDER BY g.id`, [ids]);
  return rows.map(fromRow);
}

/** The grants that a payment or a credit note was turned into, the newest first. */
export async function listGrantsOfSource(transaction: Transaction, sourceId: string): Promise<CreditGrant[]> {
  const rows = await transaction.rows<GrantRow>(`${select} WHERE g.source_id = $1 ORDER BY g.id DESC`, [sourceId]);
  return rows.map(fromRow);
}

export async function listGrants(
  transaction: Transaction,
  filter: GrantFilter,
  before: string | undefined,
  limit: number,
): Promise<CreditGrant[]> {
  const rows = await transaction.rows<GrantRow>(
    `${select} WHERE ($1::uuid IS NULL OR g.id < $1) AND ($2::uuid IS NULL OR w.account_id = $2) AND ($3::text IS NULL OR w.currency = $3)
       AND ($4::text IS NULL OR g.kind = $4) AND ($5::boolean IS NULL OR $5 = (g.remaining_minor > 0))
     ORDER BY g.id DESC LIMIT $6`,
    [
      before ?? null,
      filter.accountId ?? null,
      filter.currency ?? null,
      filter.kind ?? null,
      filter.remaining ?? null,
      limit,
    ],
  );
  return rows.map(fromRow);
}

/** Grants of which something remains although their time is over, the longest first. */
export async function listExpired(transaction: Transaction, now: Date, limit: number): Promise<CreditGrant[]> {
  const rows = await transaction.rows<GrantRow>(
    `${select} WHERE g.remaining_minor > 0 AND g.expires_at <= $1 ORDER BY g.expires_at, g.id LIMIT $2`,
    [now, limit],
  );
  return rows.map(fromRow);
}

/** When the next grant of which something remains expires after an instant; null when none is known to. */
export async function findNextExpiry(transaction: Transaction, after: Date): Promise<Date | null> {
  const row = await transaction.findRow<{ next: Date | null }>(
    `SELECT min(expires_at) AS next FROM subscription.credit_grants WHERE remaining_minor > 0 AND expires_at > $1`,
    [after],
  );
  return row?.next ?? null;
}

function fromRow(row: GrantRow): CreditGrant {
  return {
    id: row.id,
    walletId: row.wallet_id,
    accountId: row.account_id,
    currency: row.currency,
    legalEntityId: row.legal_entity_id,
    kind: row.kind,
    amountMinor: BigInt(row.amount_minor),
    remainingMinor: BigInt(row.remaining_minor),
    priority: row.priority,
    expiresAt: row.expires_at,
    reason: row.reason,
    source: { type: row.source_type, id: row.source_id },
    voidedAt: row.voided_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
