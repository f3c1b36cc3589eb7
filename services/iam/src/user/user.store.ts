import type { Transaction } from '@plinth/common';
import type { Member, NewUser, User } from './user.ts';

const userColumns = `u.id, u.email, u.email_verified_at IS NOT NULL AS "emailVerified", u.name, u.created_at AS "createdAt"`;

// Row-level security leaves the roles of the transaction's tenant only.
const selectMembers = `SELECT ${userColumns},
    array_agg(DISTINCT coalesce(a.role, r.name)) AS roles
  FROM iam.effective_assignments a LEFT JOIN iam.roles r ON r.id = a.role_id JOIN auth.users u ON u.id = a.user_id`;

/** The members of the transaction's tenant, by id. */
export async function listMembers(
  transaction: Transaction,
  query: { after: string | undefined; limit: number },
): Promise<Member[]> {
  return transaction.rows<Member>(
    `${selectMembers} WHERE ($1::uuid IS NULL OR u.id > $1) GROUP BY u.id ORDER BY u.id LIMIT $2`,
    [query.after ?? null, query.limit],
  );
}

export async function findMember(transaction: Transaction, id: string): Promise<Member | undefined> {
  return transaction.findRow<Member>(`${selectMembers} WHERE u.id = $1 GROUP BY u.id`, [id]);
}

export async function findUser(transaction: Transaction, id: string): Promise<User | undefined> {
  return transaction.findRow<User>(`SELECT ${userColumns} FROM auth.users u WHERE u.id = $1`, [id]);
}

/** Inserts a user; throws a unique violation when the address has one. */
export async function insertUser(transaction: Transaction, user: NewUser): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.users (id, email, name, email_verified_at, locale, created_at, updated_at) VALUES ($1, lower($2), $3, $4, $5, $6, $6)`,
    [user.id, user.email, user.name, user.emailVerifiedAt, user.locale ?? null, user.now],
  );
}

/** A user by email address, whatever its letter case. */
export async function findUserByEmail(transaction: Transaction, email: string): Promise<User | undefined> {
  return transaction.findRow<User>(`SELECT ${userColumns} FROM auth.users u WHERE u.email = lower($1)`, [email]);
}

/** Changes address and name; another address is unproven. Throws a unique violation when the address has a user. */
export async function updateUser(
  transaction: Transaction,
  user: { readonly id: string; readonly email: string; readonly name: string; readonly now: Date },
): Promise<void> {
  await transaction.execute(
    `UPDATE auth.users SET email_verified_at = CASE WHEN email = lower($2) THEN email_verified_at END,
            email = lower($2), name = $3, updated_at = $4 WHERE id = $1`,
    [user.id, user.email, user.name, user.now],
  );
}

/** Gives a user another name; the one before, or undefined without such a user. */
export async function renameUser(
  transaction: Transaction,
  user: { readonly id: string; readonly name: string; readonly now: Date },
): Promise<string | undefined> {
  const row = await transaction.findRow<{ name: string }>(
    `UPDATE auth.users u SET name = $2, updated_at = $3
       FROM (SELECT id, name FROM auth.users WHERE id = $1 FOR UPDATE) before
      WHERE u.id = before.id RETURNING before.name`,
    [user.id, user.name, user.now],
  );
  return row?.name;
}

/** Deletes a user with everything that hangs on them. */
export async function deleteUser(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM auth.users WHERE id = $1`, [id]);
}

/** Disables a user; false when they were before. */
export async function disableUser(transaction: Transaction, id: string, now: Date): Promise<boolean> {
  return (
    (await transaction.execute(`UPDATE auth.users SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL`, [
      id,
      now,
    ])) > 0
  );
}

/** Enables a user; false when they were not disabled. */
export async function enableUser(transaction: Transaction, id: string): Promise<boolean> {
  return (
    (await transaction.execute(`UPDATE auth.users SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL`, [
      id,
    ])) > 0
  );
}

/**
 * Whether the user is the only administrator of the platform who can sign in. Locks them all, so that two who disable
 * one another do not both succeed. Needs a platform transaction.
 */
export async function isLastOperator(transaction: Transaction, id: string): Promise<boolean> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT u.id FROM auth.users u
      WHERE u.disabled_at IS NULL
        AND u.id IN (SELECT user_id FROM iam.role_assignments WHERE tenant_id IS NULL AND role = 'platform_admin')
      ORDER BY u.id FOR UPDATE`,
  );
  return rows.length === 1 && rows[0]!.id === id;
}
