import type { Transaction } from '@plinth/common';
import type { PaymentMethod } from './payment-method.ts';

const columns = `id, account_id AS "accountId", gateway_account_id AS "gatewayAccountId",
  gateway_customer_id AS "gatewayCustomerId", gateway_method_id AS "gatewayMethodId", type, brand, last4,
  expiry_month AS "expiryMonth", expiry_year AS "expiryYear", is_default AS "isDefault", status, decline_code AS "declineCode",
  expiry_notice_days AS "expiryNoticeDays", version, created_at AS "createdAt", updated_at AS "updatedAt"`;
const select = `SELECT ${columns} FROM subscription.payment_methods`;

/** Writes a payment method, the first time too: a gateway's one is one row. */
export async function savePaymentMethod(transaction: Transaction, method: PaymentMethod): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.payment_methods (tenant_id, id, account_id, gateway_account_id, gateway_customer_id,
       gateway_method_id, type, brand, last4, expiry_month, expiry_year, is_default, status, decline_code, expiry_notice_days,
       version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     ON CONFLICT (id) DO UPDATE SET brand = excluded.brand, last4 = excluded.last4, expiry_month = excluded.expiry_month,
       expiry_year = excluded.expiry_year, is_default = excluded.is_default, status = excluded.status,
       decline_code = excluded.decline_code, expiry_notice_days = excluded.expiry_notice_days, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      method.id,
      method.accountId,
      method.gatewayAccountId,
      method.gatewayCustomerId,
      method.gatewayMethodId,
      method.type,
      method.brand,
      method.last4,
      method.expiryMonth,
      method.expiryYear,
      method.isDefault,
      method.status,
      method.declineCode,
      method.expiryNoticeDays,
      method.version,
      method.createdAt,
      method.updatedAt,
    ],
  );
}

export async function findPaymentMethod(transaction: Transaction, id: string): Promise<PaymentMethod | undefined> {
  return transaction.findRow(`${select} WHERE id = $1`, [id]);
}

export async function findPaymentMethodForUpdate(
  transaction: Transaction,
  id: string,
): Promise<PaymentMethod | undefined> {
  return transaction.findRow(`${select} WHERE id = $1 FOR UPDATE`, [id]);
}

export async function findGatewayMethodForUpdate(
  transaction: Transaction,
  gatewayAccountId: string,
  gatewayMethodId: string,
): Promise<PaymentMethod | undefined> {
  return transaction.findRow(`${select} WHERE gateway_account_id = $1 AND gateway_method_id = $2 FOR UPDATE`, [
    gatewayAccountId,
    gatewayMethodId,
  ]);
}

export async function findDefaultForUpdate(
  transaction: Transaction,
  accountId: string,
): Promise<PaymentMethod | undefined> {
  return transaction.findRow(`${select} WHERE account_id = $1 AND is_default FOR UPDATE`, [accountId]);
}

export async function listPaymentMethods(
  transaction: Transaction,
  accountId: string | undefined,
  limit: number,
  after: string | undefined,
): Promise<PaymentMethod[]> {
  return transaction.rows(
    `${select} WHERE status <> 'removed' AND ($1::uuid IS NULL OR account_id = $1) AND ($2::uuid IS NULL OR id > $2)
      ORDER BY id LIMIT $3`,
    [accountId ?? null, after ?? null, limit],
  );
}

/** Cards that expire in the month of one of the dates and are charged by themselves, by id. */
export async function listExpiring(
  transaction: Transaction,
  from: Date,
  to: Date,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<PaymentMethod[]> {
  const monthOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth() + 1;
  return transaction.rows(
    `${select} WHERE status = 'active' AND is_default AND expiry_year IS NOT NULL
       AND expiry_year * 12 + expiry_month BETWEEN $1 AND $2 AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4 FOR UPDATE`,
    [monthOf(from), monthOf(to), page.after ?? null, page.limit],
  );
}

export async function findCustomer(
  transaction: Transaction,
  gatewayAccountId: string,
  accountId: string,
): Promise<string | undefined> {
  const row = await transaction.findRow<{ id: string }>(
    `SELECT gateway_customer_id AS id FROM subscription.gateway_customers WHERE gateway_account_id = $1 AND account_id = $2`,
    [gatewayAccountId, accountId],
  );
  return row?.id;
}

/** Remembers what an account is called at a gateway; the first name stays. */
export async function insertCustomer(
  transaction: Transaction,
  customer: { gatewayAccountId: string; accountId: string; gatewayCustomerId: string; now: Date },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.gateway_customers (tenant_id, gateway_account_id, account_id, gateway_customer_id, created_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [transaction.tenantId, customer.gatewayAccountId, customer.accountId, customer.gatewayCustomerId, customer.now],
  );
}
