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
