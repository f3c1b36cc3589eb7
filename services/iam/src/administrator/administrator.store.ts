import type { Transaction } from '@plinth/common';

export async function hasAdministrator(transaction: Transaction): Promise<boolean> {
  return (await transaction.findRow(`SELECT 1 FROM iam.platform_setup`)) !== undefined;
}

/** Claims the set-up for one administrator. A second process waits here for the first and is then told false. */
export async function claimSetup(transaction: Transaction, administratorId: string, now: Date): Promise<boolean> {
  return (
    (await transaction.execute(
      `INSERT INTO iam.platform_setup (administrator_id, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [administratorId, now],
    )) > 0
  );
}

/** Inserts a user who signs in by password, as the identity provider would. */
export async function insertPasswordUser(
  transaction: Transaction,
  user: { id: string; accountId: string; email: string; name: string; passwordHash: string; now: Date },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, true, $4, $4)`,
    [user.id, user.name, user.email, user.now],
  );
  await transaction.execute(
    `INSERT INTO auth.account (id, "userId", "providerId", "accountId", password, "createdAt", "updatedAt")
     VALUES ($1, $2, 'credential', $3, $4, $5, $5)`,
    [user.accountId, user.id, user.id, user.passwordHash, user.now],
  );
}
