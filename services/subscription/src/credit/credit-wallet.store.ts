import { newId, type Transaction } from '@plinth/common';
import type { CreditWallet } from './credit.ts';

interface WalletRow {
  readonly id: string;
  readonly account_id: string;
  readonly currency: string;
  readonly balance_minor: string;
  readonly low_balance_minor: string | null;
  readonly top_up_threshold_minor: string | null;
  readonly top_up_amount_minor: string | null;
  readonly top_up_expiry_days: number | null;
  readonly top_up_not_before: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = `id, account_id, currency, balance_minor, low_balance_minor, top_up_threshold_minor, top_up_amount_minor, top_up_expiry_days,
  top_up_not_before, version, created_at, updated_at`;
const select = `SELECT ${columns} FROM subscription.credit_wallets`;

/** The wallet of an account and currency, which is made where there is none; its row is locked until the commit. */
export async function lockWallet(
  transaction: Transaction,
  accountId: string,
  currency: string,
  now: Date,
): Promise<CreditWallet> {
  await transaction.execute(
    `INSERT INTO subscription.credit_wallets (id, tenant_id, account_id, currency, balance_minor, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, 0, 1, $5, $5) ON CONFLICT (tenant_id, account_id, currency) DO NOTHING`,
    [newId(), transaction.tenantId, accountId, currency, now],
  );
  const row = await transaction.findRow<WalletRow>(`${select} WHERE account_id = $1 AND currency = $2 FOR UPDATE`, [
    accountId,
    currency,
  ]);
  return fromRow(row!);
}

/** Locks the wallets of accounts that have a balance, whatever their currency, in one order. */
export async function lockFilledWallets(
  transaction: Transaction,
  accountIds: readonly string[],
): Promise<CreditWallet[]> {
  const rows = await transaction.rows<WalletRow>(
    `${select} WHERE balance_minor > 0 AND account_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
    [accountIds],
  );
  return rows.map(fromRow);
}

/** Locks wallets in one order, so that two writers wait for each other instead of deadlocking. */
export async function lockWalletsById(transaction: Transaction, ids: readonly string[]): Promise<CreditWallet[]> {
  const rows = await transaction.rows<WalletRow>(`${select} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`, [ids]);
  return rows.map(fromRow);
}

/** An account's wallets, by currency. */
export async function listWallets(transaction: Transaction, accountId: string): Promise<CreditWallet[]> {
  const rows = await transaction.rows<WalletRow>(`${select} WHERE account_id = $1 ORDER BY currency`, [accountId]);
  return rows.map(fromRow);
}

/** Adds to balances and gives what came of them; the database refuses one below zero. Lock the wallets before. */
export async function addToBalances(
  transaction: Transaction,
  changes: ReadonlyMap<string, bigint>,
  now: Date,
): Promise<CreditWallet[]> {
  const rows = await transaction.rows<WalletRow>(
    `UPDATE subscription.credit_wallets SET balance_minor = balance_minor + change.amount, updated_at = $3
     FROM unnest($1::uuid[], $2::numeric[]) AS change (wallet_id, amount) WHERE id = change.wallet_id RETURNING ${columns}`,
    [[...changes.keys()], [...changes.values()].map(String), now],
  );
  return rows.map(fromRow);
}

/** Writes what is asked for of a wallet: its alert and its top-up. */
export async function updateSettings(transaction: Transaction, wallet: CreditWallet): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.credit_wallets SET low_balance_minor = $2, top_up_threshold_minor = $3, top_up_amount_minor = $4,
       top_up_expiry_days = $5, top_up_not_before = $6, version = $7, updated_at = $8 WHERE id = $1`,
    [
      wallet.id,
      wallet.lowBalanceMinor?.toString() ?? null,
      wallet.topUp?.thresholdMinor.toString() ?? null,
      wallet.topUp?.amountMinor.toString() ?? null,
      wallet.topUp?.expiryDays ?? null,
      wallet.topUpNotBefore,
      wallet.version,
      wallet.updatedAt,
    ],
  );
}

/**
 * Wallets below their top-up threshold, behind an id: without those that wait after a failure and those for which a
 * payment is not over.
 */
export async function listForTopUp(
  transaction: Transaction,
  now: Date,
  after: string,
  limit: number,
): Promise<CreditWallet[]> {
  const rows = await transaction.rows<WalletRow>(
    `${select} WHERE top_up_threshold_minor IS NOT NULL AND balance_minor < top_up_threshold_minor AND id > $2
       AND (top_up_not_before IS NULL OR top_up_not_before <= $1)
       AND NOT EXISTS (
         SELECT FROM subscription.credit_purchases c JOIN subscription.payments p ON p.id = c.payment_id
         WHERE c.wallet_id = credit_wallets.id AND p.status IN ('pending', 'requires_action', 'unknown'))
     ORDER BY id LIMIT $3`,
    [now, after, limit],
  );
  return rows.map(fromRow);
}

function fromRow(row: WalletRow): CreditWallet {
  const { top_up_threshold_minor: threshold, top_up_amount_minor: amount } = row;
  return {
    id: row.id,
    accountId: row.account_id,
    currency: row.currency,
    balanceMinor: BigInt(row.balance_minor),
    lowBalanceMinor: row.low_balance_minor === null ? null : BigInt(row.low_balance_minor),
    topUp:
      threshold === null || amount === null
        ? null
        : { thresholdMinor: BigInt(threshold), amountMinor: BigInt(amount), expiryDays: row.top_up_expiry_days },
    topUpNotBefore: row.top_up_not_before,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
