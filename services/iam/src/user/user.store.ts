import type { Transaction } from '@plinth/common';
import type { Member, User } from './user.ts';

const userColumns = `u.id, u.email, u."emailVerified", u.name, u."createdAt"`;

// Row-level security leaves the roles of the transaction's tenant only.
const selectMembers = `SELECT ${userColumns}, array_agg(a.role ORDER BY a.id) AS roles
  FROM iam.role_assignments a JOIN auth."user" u ON u.id = a.user_id`;

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
  return transaction.findRow<User>(`SELECT ${userColumns} FROM auth."user" u WHERE u.id = $1`, [id]);
}
