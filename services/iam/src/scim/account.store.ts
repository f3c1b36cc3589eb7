import type { Transaction } from '@plinth/common';

/** The account behind a person of the directory. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Somebody has signed in with it or proven its address. */
  readonly used: boolean;
}

const selectAccount = `SELECT u.id, u.email, u.name,
    u.email_verified_at IS NOT NULL OR EXISTS (SELECT FROM auth.passwords p WHERE p.user_id = u.id)
      OR EXISTS (SELECT FROM auth.identities i WHERE i.user_id = u.id)
      OR EXISTS (SELECT FROM auth.passkeys k WHERE k.user_id = u.id)
      OR EXISTS (SELECT FROM auth.sessions s WHERE s.user_id = u.id) AS used
  FROM auth.users u`;

/** Locks the account until the transaction ends: what is decided about it must still hold when it is written. */
export async function findAccountForUpdate(transaction: Transaction, id: string): Promise<Account | undefined> {
  return transaction.findRow<Account>(`${selectAccount} WHERE u.id = $1 FOR UPDATE OF u`, [id]);
}

export async function findAccountByEmailForUpdate(
  transaction: Transaction,
  email: string,
): Promise<Account | undefined> {
  return transaction.findRow<Account>(`${selectAccount} WHERE u.email = lower($1) FOR UPDATE OF u`, [email]);
}

/** Changes address and name. Links that went to the address before are worth nothing from now on. */
export async function updateAccount(
  transaction: Transaction,
  account: Pick<Account, 'id' | 'email' | 'name'> & {
    readonly isMoved: boolean;
    readonly verifiedAt: Date | null;
    readonly now: Date;
  },
): Promise<void> {
  await transaction.execute(
    `UPDATE auth.users SET email = lower($2), name = $3, updated_at = $4,
            email_verified_at = CASE WHEN $5::boolean THEN $6::timestamptz ELSE email_verified_at END
      WHERE id = $1`,
    [account.id, account.email, account.name, account.now, account.isMoved, account.verifiedAt],
  );
  if (account.isMoved) await transaction.execute(`DELETE FROM auth.one_time_tokens WHERE user_id = $1`, [account.id]);
}

/** Whether the tenant has proven that all of the domains are its own. */
export async function ownsDomains(transaction: Transaction, domains: readonly string[]): Promise<boolean> {
  const row = await transaction.findRow<{ owned: number }>(
    `SELECT count(*)::int AS owned FROM iam.email_domains
      WHERE domain = ANY ($1::text[]) AND tenant_id = plinth.current_tenant() AND verified_at IS NOT NULL`,
    [[...new Set(domains)]],
  );
  return row?.owned === new Set(domains).size;
}

/** Whether another tenant, or the platform, has given the user something. Looks past the tenant for this question alone. */
export async function hasRolesElsewhere(transaction: Transaction, userId: string): Promise<boolean> {
  await transaction.execute(`SELECT set_config('plinth.scope', 'platform', true)`);
  const row = await transaction.findRow(
    `SELECT 1 WHERE EXISTS (SELECT FROM iam.role_assignments
                             WHERE user_id = $1 AND tenant_id IS DISTINCT FROM plinth.current_tenant())
        OR EXISTS (SELECT FROM iam.group_members WHERE user_id = $1 AND tenant_id <> plinth.current_tenant())`,
    [userId],
  );
  await transaction.execute(`SELECT set_config('plinth.scope', 'tenant', true)`);
  return row !== undefined;
}
