import type { Transaction } from '@plinth/common';
import type { Chargeback } from './chargeback.ts';

interface ChargebackRow extends Omit<Chargeback, 'amountMinor'> {
  readonly amountMinor: string;
}

const select = `SELECT id, payment_id AS "paymentId", gateway_account_id AS "gatewayAccountId",
  gateway_dispute_id AS "gatewayDisputeId", amount_minor AS "amountMinor", reason, status, withdrawn, taken,
  evidence_due_by AS "evidenceDueBy", told_at AS "toldAt", version, created_at AS "createdAt", updated_at AS "updatedAt",
  closed_at AS "closedAt" FROM subscription.chargebacks`;

/** Writes a chargeback, the first time too. */
export async function saveChargeback(transaction: Transaction, chargeback: Chargeback): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.chargebacks (tenant_id, id, payment_id, gateway_account_id, gateway_dispute_id, amount_minor, reason,
       status, withdrawn, taken, evidence_due_by, told_at, version, created_at, updated_at, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, withdrawn = excluded.withdrawn, taken = excluded.taken,
       evidence_due_by = excluded.evidence_due_by, told_at = excluded.told_at, version = excluded.version,
       updated_at = excluded.updated_at, closed_at = excluded.closed_at`,
    [
      transaction.tenantId,
      chargeback.id,
      chargeback.paymentId,
      chargeback.gatewayAccountId,
      chargeback.gatewayDisputeId,
      chargeback.amountMinor.toString(),
      chargeback.reason,
      chargeback.status,
      chargeback.withdrawn,
      JSON.stringify(chargeback.taken),
      chargeback.evidenceDueBy,
      chargeback.toldAt,
      chargeback.version,
      chargeback.createdAt,
      chargeback.updatedAt,
      chargeback.closedAt,
    ],
  );
}

export async function findChargeback(transaction: Transaction, id: string): Promise<Chargeback | undefined> {
  return first(transaction, `${select} WHERE id = $1`, [id]);
}

export async function findDispute(
  transaction: Transaction,
  gatewayAccountId: string,
  gatewayDisputeId: string,
): Promise<Chargeback | undefined> {
  return first(transaction, `${select} WHERE gateway_account_id = $1 AND gateway_dispute_id = $2`, [
    gatewayAccountId,
    gatewayDisputeId,
  ]);
}

export async function listChargebacks(
  transaction: Transaction,
  filter: { readonly paymentId?: string | undefined; readonly status?: Chargeback['status'] | undefined },
  limit: number,
  before: string | undefined,
): Promise<Chargeback[]> {
  const rows = await transaction.rows<ChargebackRow>(
    `${select} WHERE ($1::uuid IS NULL OR payment_id = $1) AND ($2::text IS NULL OR status = $2)
       AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
    [filter.paymentId ?? null, filter.status ?? null, before ?? null, limit],
  );
  return rows.map(fromRow);
}

async function first(transaction: Transaction, sql: string, parameters: unknown[]): Promise<Chargeback | undefined> {
  const row = await transaction.findRow<ChargebackRow>(sql, parameters);
  return row === undefined ? undefined : fromRow(row);
}

function fromRow(row: ChargebackRow): Chargeback {
  return { ...row, amountMinor: BigInt(row.amountMinor) };
}
