import type { Transaction } from '@plinth/common';
import type { Payment, PaymentStatus } from './payment.ts';

interface PaymentRow extends Omit<
  Payment,
  'amountMinor' | 'appliedMinor' | 'refundedMinor' | 'chargedBackMinor' | 'grantedMinor'
> {
  readonly amountMinor: string;
  readonly appliedMinor: string;
  readonly refundedMinor: string;
  readonly chargedBackMinor: string;
  readonly grantedMinor: string;
}

export interface PaymentFilter {
  readonly accountId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly status?: PaymentStatus | undefined;
}

/** What of a payment settles one invoice. */
export interface Allocation {
  readonly invoiceId: string;
  readonly amountMinor: bigint;
}

const columns = `id, legal_entity_id AS "legalEntityId", account_id AS "accountId", invoice_id AS "invoiceId", gateway,
  gateway_account_id AS "gatewayAccountId", payment_method_id AS "paymentMethodId", currency, amount_minor AS "amountMinor",
  applied_minor AS "appliedMinor", refunded_minor AS "refundedMinor", charged_back_minor AS "chargedBackMinor", granted_minor AS "grantedMinor", status, cause,
  request_key AS "requestKey", gateway_payment_id AS "gatewayPaymentId", failure, failure_code AS "failureCode",
  failure_message AS "failureMessage", next_action AS "nextAction", reference, note, received_on::text AS "receivedOn",
  check_at AS "checkAt", version, created_at AS "createdAt", updated_at AS "updatedAt", succeeded_at AS "succeededAt"`;

const select = `SELECT ${columns} FROM subscription.payments`;

export async function insertPayment(transaction: Transaction, payment: Payment): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.payments (tenant_id, id, legal_entity_id, account_id, invoice_id, gateway, gateway_account_id,
       payment_method_id, currency, amount_minor, status, cause, request_key, reference, note, received_on, check_at, version,
       created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)`,
    [
      transaction.tenantId,
      payment.id,
      payment.legalEntityId,
      payment.accountId,
      payment.invoiceId,
      payment.gateway,
      payment.gatewayAccountId,
      payment.paymentMethodId,
      payment.currency,
      payment.amountMinor.toString(),
      payment.status,
      payment.cause,
      payment.requestKey,
      payment.reference,
      payment.note,
      payment.receivedOn,
      payment.checkAt,
      payment.version,
      payment.createdAt,
    ],
  );
}

/** Writes what may change of a payment. */
export async function updatePayment(transaction: Transaction, payment: Payment): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.payments SET applied_minor = $2, refunded_minor = $3, charged_back_minor = $4, status = $5,
       gateway_payment_id = $6, failure = $7, failure_code = $8, failure_message = $9, next_action = $10, check_at = $11,
       version = $12, updated_at = $13, succeeded_at = $14, granted_minor = $15 WHERE id = $1`,
    [
      payment.id,
      payment.appliedMinor.toString(),
      payment.refundedMinor.toString(),
      payment.chargedBackMinor.toString(),
      payment.status,
      payment.gatewayPaymentId,
      payment.failure,
      payment.failureCode,
      payment.failureMessage,
      payment.nextAction === null ? null : JSON.stringify(payment.nextAction),
      payment.checkAt,
      payment.version,
      payment.updatedAt,
      payment.succeededAt,
      payment.grantedMinor.toString(),
    ],
  );
}

export async function findPayment(transaction: Transaction, id: string): Promise<Payment | undefined> {
  return first(transaction, `${select} WHERE id = $1`, [id]);
}

export async function findPaymentForUpdate(transaction: Transaction, id: string): Promise<Payment | undefined> {
  return first(transaction, `${select} WHERE id = $1 FOR UPDATE`, [id]);
}

export async function findPaymentByRequestKey(transaction: Transaction, key: string): Promise<Payment | undefined> {
  return first(transaction, `${select} WHERE request_key = $1`, [key]);
}

/** The payment that a gateway speaks of: by our name in it, or by the gateway's. */
export async function findPaymentOfGateway(
  transaction: Transaction,
  gatewayAccountId: string,
  names: { readonly paymentId: string | null; readonly gatewayPaymentId: string | null },
): Promise<Payment | undefined> {
  return first(
    transaction,
    `${select} WHERE gateway_account_id = $1 AND (id = $2 OR gateway_payment_id = $3) ORDER BY id LIMIT 1`,
    [gatewayAccountId, names.paymentId, names.gatewayPaymentId],
  );
}

export async function findRunningPayment(transaction: Transaction, invoiceId: string): Promise<Payment | undefined> {
  return first(transaction, `${select} WHERE invoice_id = $1 AND status IN ('pending', 'requires_action', 'unknown')`, [
    invoiceId,
  ]);
}

export async function listPayments(
  transaction: Transaction,
  filter: PaymentFilter,
  limit: number,
  before: string | undefined,
): Promise<Payment[]> {
  const rows = await transaction.rows<PaymentRow>(
    `${select} WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR account_id = $2)
       AND ($3::uuid IS NULL OR invoice_id = $3) AND ($4::text IS NULL OR status = $4) ORDER BY id DESC LIMIT $5`,
    [before ?? null, filter.accountId ?? null, filter.invoiceId ?? null, filter.status ?? null, limit],
  );
  return rows.map(fromRow);
}

/** Attempts whose gateway is to be asked by now, the longest waiting first. */
export async function listUnresolvedPayments(transaction: Transaction, now: Date, limit: number): Promise<Payment[]> {
  const rows = await transaction.rows<PaymentRow>(`${select} WHERE check_at <= $1 ORDER BY check_at, id LIMIT $2`, [
    now,
    limit,
  ]);
  return rows.map(fromRow);
}

/** Every invoice that the payment settles or once settled. */
export async function listAllocations(transaction: Transaction, paymentId: string): Promise<Allocation[]> {
  const rows = await transaction.rows<{ invoiceId: string; amountMinor: string }>(
    `SELECT invoice_id AS "invoiceId", amount_minor AS "amountMinor" FROM subscription.payment_allocations
      WHERE payment_id = $1 ORDER BY invoice_id`,
    [paymentId],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }));
}

/** Adds to what of a payment settles an invoice; less where the amount is negative. */
export async function addAllocation(
  transaction: Transaction,
  paymentId: string,
  { invoiceId, amountMinor }: Allocation,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.payment_allocations AS a (payment_id, invoice_id, tenant_id, amount_minor) VALUES ($1, $2, $3, 0)
     ON CONFLICT (payment_id, invoice_id) DO NOTHING`,
    [paymentId, invoiceId, transaction.tenantId],
  );
  await transaction.execute(
    `UPDATE subscription.payment_allocations SET amount_minor = amount_minor + $3 WHERE payment_id = $1 AND invoice_id = $2`,
    [paymentId, invoiceId, amountMinor.toString()],
  );
}

async function first(transaction: Transaction, sql: string, parameters: unknown[]): Promise<Payment | undefined> {
  const row = await transaction.findRow<PaymentRow>(sql, parameters);
  return row === undefined ? undefined : fromRow(row);
}

function fromRow(row: PaymentRow): Payment {
  return {
    ...row,
    amountMinor: BigInt(row.amountMinor),
    appliedMinor: BigInt(row.appliedMinor),
    refundedMinor: BigInt(row.refundedMinor),
    chargedBackMinor: BigInt(row.chargedBackMinor),
    grantedMinor: BigInt(row.grantedMinor),
  };
}
