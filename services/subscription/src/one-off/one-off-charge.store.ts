import type { Transaction } from '@plinth/common';
import type { OneOffCharge } from './one-off-charge.ts';

interface ChargeRow {
  readonly id: string;
  readonly account_id: string;
  readonly currency: string;
  readonly description: string;
  readonly quantity: string;
  readonly unit_amount: string;
  readonly amount_minor: string;
  readonly tax_category: string;
  readonly tax_inclusive: boolean;
  readonly invoice_id: string | null;
  readonly created_at: Date;
  readonly canceled_at: Date | null;
}

const columns = `id, account_id, currency, description, quantity, unit_amount, amount_minor, tax_category, tax_inclusive, invoice_id, created_at,
  canceled_at`;

export async function insertCharge(transaction: Transaction, charge: OneOffCharge): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.one_off_charges (tenant_id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      transaction.tenantId,
      charge.id,
      charge.accountId,
      charge.currency,
      charge.description,
      charge.quantity,
      charge.unitAmount,
      charge.amountMinor.toString(),
      charge.taxCategory,
      charge.taxInclusive,
      charge.invoiceId,
      charge.createdAt,
      charge.canceledAt,
    ],
  );
}

/** What waits for the next invoice of the accounts, oldest first. Locked; what somebody else is taking is left out. */
export async function takePendingCharges(
  transaction: Transaction,
  accountIds: readonly string[],
): Promise<OneOffCharge[]> {
  const rows = await transaction.rows<ChargeRow>(
    `SELECT ${columns} FROM subscription.one_off_charges
     WHERE invoice_id IS NULL AND canceled_at IS NULL AND account_id = ANY($1) ORDER BY id FOR UPDATE SKIP LOCKED`,
    [accountIds],
  );
  return rows.map(fromRow);
}

export async function assignCharges(
  transaction: Transaction,
  assigned: readonly { readonly id: string; readonly invoiceId: string }[],
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.one_off_charges charge SET invoice_id = new.invoice_id
     FROM unnest($1::uuid[], $2::uuid[]) AS new (id, invoice_id) WHERE charge.id = new.id`,
    [assigned.map(({ id }) => id), assigned.map(({ invoiceId }) => invoiceId)],
  );
}

export async function findChargeForUpdate(transaction: Transaction, id: string): Promise<OneOffCharge | undefined> {
  const row = await transaction.findRow<ChargeRow>(
    `SELECT ${columns} FROM subscription.one_off_charges WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

export async function cancelCharge(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(`UPDATE subscription.one_off_charges SET canceled_at = $2 WHERE id = $1`, [id, now]);
}

/** Takes a charge off its draft for good. */
export async function dropCharge(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.one_off_charges SET invoice_id = NULL, canceled_at = $2 WHERE id = $1`,
    [id, now],
  );
}

export interface ChargeFilter {
  readonly accountId?: string | undefined;
  readonly pending?: boolean | undefined;
}

export async function listCharges(
  transaction: Transaction,
  { accountId, pending }: ChargeFilter,
  after: string | undefined,
  limit: number,
): Promise<OneOffCharge[]> {
  const rows = await transaction.rows<ChargeRow>(
    `SELECT ${columns} FROM subscription.one_off_charges
     WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR account_id = $2)
       AND ($3::boolean IS NULL OR $3 = (invoice_id IS NULL AND canceled_at IS NULL)) ORDER BY id DESC LIMIT $4`,
    [after ?? null, accountId ?? null, pending ?? null, limit],
  );
  return rows.map(fromRow);
}

function fromRow(row: ChargeRow): OneOffCharge {
  return {
    id: row.id,
    accountId: row.account_id,
    currency: row.currency,
    description: row.description,
    quantity: row.quantity,
    unitAmount: row.unit_amount,
    amountMinor: BigInt(row.amount_minor),
    taxCategory: row.tax_category,
    taxInclusive: row.tax_inclusive,
    invoiceId: row.invoice_id,
    createdAt: row.created_at,
    canceledAt: row.canceled_at,
  };
}
