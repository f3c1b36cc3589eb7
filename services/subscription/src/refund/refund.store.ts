import type { Transaction } from '@plinth/common';
import type { Refund } from './refund.ts';

interface RefundRow extends Omit<Refund, 'amountMinor'> {
  readonly amountMinor: string;
}

const select = `SELECT id, payment_id AS "paymentId", amount_minor AS "amountMinor", status, reason, note, reference,
  request_key AS "requestKey", gateway_account_id AS "gatewayAccountId", gateway_refund_id AS "gatewayRefundId",
  failure_code AS "failureCode", taken, check_at AS "checkAt", version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM subscription.refunds`;

export async function insertRefund(transaction: Transaction, refund: Refund): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.refunds (tenant_id, id, payment_id, amount_minor, status, reason, note, reference, request_key,
       gateway_account_id, gateway_refund_id, check_at, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)`,
    [
      transaction.tenantId,
      refund.id,
      refund.paymentId,
      refund.amountMinor.toString(),
      refund.status,
      refund.reason,
      refund.note,
      refund.reference,
      refund.requestKey,
      refund.gatewayAccountId,
      refund.gatewayRefundId,
      refund.checkAt,
      refund.version,
      refund.createdAt,
    ],
  );
}

export async function updateRefund(transaction: Transaction, refund: Refund): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.refunds SET status = $2, gateway_refund_id = $3, failure_code = $4, taken = $5, check_at = $6,
       version = $7, updated_at = $8 WHERE id = $1`,
    [
      refund.id,
      refund.status,
      refund.gatewayRefundId,
      refund.failureCode,
      JSON.stringify(refund.taken),
      refund.checkAt,
      refund.version,
      refund.updatedAt,
    ],
  );
}

export async function findRefund(transaction: Transaction, id: string): Promise<Refund | undefined> {
  return first(transaction, `${select} WHERE id = $1`, [id]);
}

export async function findRefundForUpdate(transaction: Transaction, id: string): Promise<Refund | undefined> {
  return first(transaction, `${select} WHERE id = $1 FOR UPDATE`, [id]);
}

export async function findRefundByRequestKey(transaction: Transaction, key: string): Promise<Refund | undefined> {
  return first(transaction, `${select} WHERE request_key = $1`, [key]);
}

/** The refund that a gateway speaks of: by our name in it, or by the gateway's. */
export async function findRefundOfGateway(
  transaction: Transaction,
  gatewayAccountId: string,
  names: { readonly refundId: string | null; readonly gatewayRefundId: string },
): Promise<Refund | undefined> {
  return first(
    transaction,
    `${select} WHERE gateway_account_id = $1 AND (id = $2 OR gateway_refund_id = $3) ORDER BY id LIMIT 1`,
    [gatewayAccountId, names.refundId, names.gatewayRefundId],
  );
}

/** What of a payment is asked back and not gone yet. */
export async function sumRunning(transaction: Transaction, paymentId: string): Promise<bigint> {
  const row = await transaction.findRow<{ sum: string }>(
    `SELECT coalesce(sum(amount_minor), 0)::text AS sum FROM subscription.refunds
      WHERE payment_id = $1 AND status IN ('pending', 'unknown')`,
    [paymentId],
  );
  return BigInt(row!.sum);
}

export async function listRefunds(
  transaction: Transaction,
  paymentId: string | undefined,
  limit: number,
  before: string | undefined,
): Promise<Refund[]> {
  const rows = await transaction.rows<RefundRow>(
    `${select} WHERE ($1::uuid IS NULL OR payment_id = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [paymentId ?? null, before ?? null, limit],
  );
  return rows.map(fromRow);
}

export async function listUnresolvedRefunds(transaction: Transaction, now: Date, limit: number): Promise<Refund[]> {
  const rows = await transaction.rows<RefundRow>(`${select} WHERE check_at <= $1 ORDER BY check_at, id LIMIT $2`, [
    now,
    limit,
  ]);
  return rows.map(fromRow);
}

async function first(transaction: Transaction, sql: string, parameters: unknown[]): Promise<Refund | undefined> {
  const row = await transaction.findRow<RefundRow>(sql, parameters);
  return row === undefined ? undefined : fromRow(row);
}

function fromRow(row: RefundRow): Refund {
  return { ...row, amountMinor: BigInt(row.amountMinor) };
}
