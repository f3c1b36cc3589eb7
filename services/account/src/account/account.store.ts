import type { AccountSummary, BillingProfile } from '@plinth/contracts';
import { violatedConstraint, type Database, type Transaction } from '@plinth/common';
import { TenantTakenError } from './account.errors.ts';
import type { Account, MetadataValue } from './account.ts';

interface AccountRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly currency: string;
  readonly time_zone: string;
  readonly metadata: Record<string, MetadataValue>;
  readonly parent_id: string | null;
  readonly customer_tenant_id: string | null;
  readonly billing: BillingProfile;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns =
  'id, key, name, email, currency, time_zone, metadata, parent_id, customer_tenant_id, billing, version, created_at, updated_at';

/** Inserts the accounts whose key is free and tells their ids. Keys must be in one order everywhere: a waiting insert holds the ones before. */
export async function insertAccounts(transaction: Transaction, accounts: readonly Account[]): Promise<Set<string>> {
  const insert = transaction.rows<{ id: string }>(
    `INSERT INTO account.accounts (tenant_id, ${columns})
     SELECT plinth.current_tenant(), input.*, 1, $11::timestamptz, $11::timestamptz
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::uuid[], $9::uuid[],
                   $10::jsonb[]) AS input
     ON CONFLICT (tenant_id, key) DO NOTHING RETURNING id`,
    [
      accounts.map((account) => account.id),
      accounts.map((account) => account.key),
      accounts.map((account) => account.name),
      accounts.map((account) => account.email),
      accounts.map((account) => account.currency),
      accounts.map((account) => account.timeZone),
      accounts.map((account) => JSON.stringify(account.metadata)),
      accounts.map((account) => account.parentId),
      accounts.map((account) => account.customerTenantId),
      accounts.map((account) => JSON.stringify(account.billing)),
      accounts[0]?.createdAt,
    ],
  );
  const rows = await refuseLinkedTwice(insert);
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
  const { id, name, email, currency, timeZone, metadata, parentId, customerTenantId, billing } = account;
  await refuseLinkedTwice(
    transaction.execute(
      `UPDATE account.accounts
          SET name = $2, email = $3, currency = $4, time_zone = $5, metadata = $6, parent_id = $7, customer_tenant_id = $8,
              billing = $9, version = $10, updated_at = $11
        WHERE id = $1`,
      [
        id,
        name,
        email,
        currency,
        timeZone,
        JSON.stringify(metadata),
        parentId,
        customerTenantId,
        JSON.stringify(billing),
        account.version,
        account.updatedAt,
      ],
    ),
  );
}

/** Two accounts cannot be the customer that one tenant is. Keys cannot clash here: inserts skip them, and they never change. */
async function refuseLinkedTwice<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (violatedConstraint(error) === 'accounts_customer_tenant') throw new TenantTakenError(error);
    throw error;
  }
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
  readonly parentId: string | undefined;
  readonly customerTenantId: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

export async function listAccounts(transaction: Transaction, filter: AccountFilter): Promise<Account[]> {
  const rows = await transaction.rows<AccountRow>(
    `SELECT ${columns} FROM account.accounts
      WHERE ($1::text IS NULL OR key = $1) AND ($2::uuid IS NULL OR parent_id = $2)
        AND ($3::uuid IS NULL OR customer_tenant_id = $3) AND ($4::uuid IS NULL OR id > $4)
      ORDER BY id LIMIT $5`,
    [filter.key ?? null, filter.parentId ?? null, filter.customerTenantId ?? null, filter.after ?? null, filter.limit],
  );
  return rows.map(fromRow);
}

// Each row by itself: read with `= ANY`, a plan of the time when there were few accounts compares all with all.
const eachOf = (parameter: string, column: string, columns: string): string =>
  `SELECT a.* FROM (SELECT DISTINCT unnest(${parameter}) AS value) asked
   CROSS JOIN LATERAL (SELECT ${columns} FROM account.accounts WHERE ${column} = asked.value OFFSET 0) a`;

export async function listSummaries(
  database: Database,
  tenantId: string,
  ids: readonly string[],
): Promise<AccountSummary[]> {
  return database.read<AccountSummary>(
    tenantId,
    'account.list_summaries',
    `${eachOf(
      '$1::uuid[]',
      'id',
      `id, key, name, email, currency, time_zone AS "timeZone", parent_id AS "parentId", customer_tenant_id AS "customerTenantId", billing`,
    )} ORDER BY a.id`,
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
    `${eachOf('$1::text[]', 'key', 'id, key')} UNION ${eachOf('$2::uuid[]', 'id', 'id, key')}`,
    [keys, ids],
  );
}

/** The oldest account that pays for a tenant's use, whoever keeps it. Needs a platform transaction. */
export async function findPayer(
  transaction: Transaction,
  customerTenantId: string,
): Promise<{ tenantId: string; accountId: string } | undefined> {
  return transaction.findRow(
    `SELECT tenant_id AS "tenantId", account_id AS "accountId" FROM account.tenant_payers
      WHERE customer_tenant_id = $1 ORDER BY account_id LIMIT 1`,
    [customerTenantId],
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
    parentId: row.parent_id,
    customerTenantId: row.customer_tenant_id,
    billing: row.billing,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
