import type { Transaction } from '@plinth/common';
import { formatNumber } from '../invoice/invoice.ts';
import type { BankTransfer, Candidate } from './bank-transfer.ts';

interface TransferRow extends Omit<BankTransfer, 'amountMinor'> {
  readonly amountMinor: string;
}

const select = `SELECT id, bank_account AS "bankAccount", bank_reference AS "bankReference", booked_on::text AS "bookedOn",
  currency, amount_minor::text AS "amountMinor", payer, reference, status, mismatch, payment_id AS "paymentId", version,
  created_at AS "createdAt", updated_at AS "updatedAt" FROM subscription.bank_transfers`;

/** Writes a transfer; false when the same line of the account is known. */
export async function insertTransfer(transaction: Transaction, transfer: BankTransfer): Promise<boolean> {
  const rows = await transaction.execute(
    `INSERT INTO subscription.bank_transfers (tenant_id, id, bank_account, bank_reference, booked_on, currency, amount_minor, payer,
       reference, status, mismatch, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      transfer.id,
      transfer.bankAccount,
      transfer.bankReference,
      transfer.bookedOn,
      transfer.currency,
      transfer.amountMinor.toString(),
      transfer.payer,
      transfer.reference,
      transfer.status,
      transfer.mismatch,
      transfer.version,
      transfer.createdAt,
    ],
  );
  return rows === 1;
}

export async function updateTransfer(transaction: Transaction, transfer: BankTransfer): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.bank_transfers SET status = $2, mismatch = $3, payment_id = $4, version = $5, updated_at = $6 WHERE id = $1`,
    [transfer.id, transfer.status, transfer.mismatch, transfer.paymentId, transfer.version, transfer.updatedAt],
  );
}

export async function findTransferForUpdate(transaction: Transaction, id: string): Promise<BankTransfer | undefined> {
  const row = await transaction.findRow<TransferRow>(`${select} WHERE id = $1 FOR UPDATE`, [id]);
  return row === undefined ? undefined : fromRow(row);
}

export async function listTransfers(
  transaction: Transaction,
  status: BankTransfer['status'] | undefined,
  limit: number,
  before: string | undefined,
): Promise<BankTransfer[]> {
  const rows = await transaction.rows<TransferRow>(
    `${select} WHERE ($1::text IS NULL OR status = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [status ?? null, before ?? null, limit],
  );
  return rows.map(fromRow);
}

/** The final invoices with one of these numbers, of every legal entity. */
export async function listCandidates(transaction: Transaction, numbers: readonly string[]): Promise<Candidate[]> {
  if (numbers.length === 0) return [];
  const rows = await transaction.rows<{
    invoiceId: string;
    number: string;
    prefix: string;
    currency: string;
    dueMinor: string;
    isOpen: boolean;
  }>(
    `SELECT id AS "invoiceId", number::text, number_prefix AS prefix, currency, due_minor::text AS "dueMinor",
       status IN ('finalized', 'past_due') AND due_minor > 0 AS "isOpen"
     FROM subscription.invoices WHERE number = ANY ($1::bigint[]) ORDER BY id`,
    [[...numbers]],
  );
  return rows.map(({ number, prefix, dueMinor, ...row }) => ({
    ...row,
    printedNumber: formatNumber(number, prefix),
    dueMinor: BigInt(dueMinor),
  }));
}

function fromRow(row: TransferRow): BankTransfer {
  return { ...row, amountMinor: BigInt(row.amountMinor) };
}
