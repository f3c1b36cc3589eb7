import type { AccountSummary } from '@plinth/contracts';
import { refuseDuplicate, type Database, type Transaction } from '@plinth/common';
import type { Account, MetadataValue } from './account.ts';

interface AccountRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly currency: string;
  readonly time_zone: string;
  readonly metadata: Record<string, MetadataValue>;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = 'id, key, name, email, currency, time_zone, metadata, version, created_at, updated_at';

/** Inserts the accounts whose key is free and tells their ids. Keys must be in one order everywhere: a waiting insert holds the ones before. */
export async function insertAccounts(transaction: Transaction, accounts: readonly Account[]): Promise<Set<string>> {
  const rows = await transaction.rows<{ id: string }>(
    `INSERT INTO account.accounts (tenant_id, ${columns})
     SELECT plinth.current_tenant(), input.*, 1, $8::timestamptz, $8::timestamptz
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) AS input
     ON CONFLICT (tenant_id, key) DO NOTHING RETURNING id`,
    [
      accounts.map((account) => account.id),
      accounts.map((account) => account.key),
      accounts.map((account) => account.name),
      accounts.map((account) => account.email),
      accounts.map((account) => account.currency),
      accounts.map((account) => account.timeZone),
      accounts.map((account) => JSON.stringify(account.metadata)),
      accounts[0]?.createdAt,
    ],
  );
  return new Set(rows.map((row) => row.id));
}

/** Ids by key. */
export async function listIdsByKey(transaction: Transaction, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await transaction.rows<{ id: string; key: string }>(
    `SELECT id, key FROM account.accounts WHERE key = ANY($1)`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** Locks the account's row until the transaction ends. */
export async function findAccountForUpdate(transaction: Transaction, id: string): Promise<Account | undefined> {
  const row = await transaction.findRow<AccountRow>(
    `SELECT ${columns} FROM account.accounts WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

export async function updateAccount(transaction: Transaction, account: Account): Promise<void> {
  const { id, key, name, email, currency, timeZone, metadata, version, updatedAt } = account;
  await refuseDuplicate(
    transaction.execute(
      `UPDATE account.accounts SET key = $2, name = $3, email = $4, currency = $5, time_zone = $6, metadata = $7, version = $8, updated_at = $9
        WHERE id = $1`,
      [id, key, name, email, currency, timeZone, JSON.stringify(metadata), version, updatedAt],
    ),
    'account',
    key,
  );
}

export async function findAccount(database: Database, tenantId: string, id: string): Promise<Account | undefined> {
  const [row] = await database.read<AccountRow>(
    tenantId,
    'account.find_account',
    `SELECT ${columns} FROM account.accounts WHERE id = $1`,
    [id],
  );
  return row && fromRow(row);
}

/** How many accounts the tenant has. Whoever counts at the same time waits, and then sees these too. */
export async function countAccounts(transaction: Transaction): Promise<number> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('account.accounts ' || plinth.current_tenant(), 0))`,
  );
  const row = await transaction.findRow<{ count: number }>(`SELECT count(*)::int AS count FROM account.accounts`);
  return row?.count ?? 0;
}

export interface AccountFilter {
  readonly key: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

export async function listAccounts(transaction: Transaction, filter: AccountFilter): Promise<Account[]> {
  const rows = await transaction.rows<AccountRow>(
    `SELECT ${columns} FROM account.accounts WHERE ($1::text IS NULL OR key = $1) AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [filter.key ?? null, filter.after ?? null, filter.limit],
  );
  return rows.map(fromRow);
}

export async function listSummaries(
  database: Database,
  tenantId: string,
  ids: readonly string[],
): Promise<AccountSummary[]> {
  return database.read<AccountSummary>(
    tenantId,
    'account.list_summaries',
    `SELECT id, key, name, currency, time_zone AS "timeZone" FROM account.accounts WHERE id = ANY($1::uuid[]) ORDER BY id`,
    [ids],
  );
}

/** Keys and ids of the accounts whose key is among `keys` or whose id is among `ids`. */
export async function listReferences(
  database: Database,
  tenantId: string,
  keys: readonly string[],
  ids: readonly string[],
): Promise<{ id: string; key: string }[]> {
  return database.read(
    tenantId,
    'account.list_references',
    `SELECT id, key FROM account.accounts WHERE key = ANY($1::text[])
     UNION SELECT id, key FROM account.accounts WHERE id = ANY($2::uuid[])`,
    [keys, ids],
  );
}

function fromRow(row: AccountRow): Account {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    email: row.email,
    currency: row.currency,
    timeZone: row.time_zone,
    metadata: row.metadata,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
