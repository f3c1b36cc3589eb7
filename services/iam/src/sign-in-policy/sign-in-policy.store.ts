import type { Transaction } from '@plinth/common';
import type { SignInPolicy } from './sign-in-policy.ts';

export interface VersionedPolicy extends SignInPolicy {
  readonly version: number;
}

const columns = `second_factor_required AS "secondFactorRequired", methods, version`;

/** The policy of the transaction's tenant, if it has decided on one. */
export async function findPolicy(transaction: Transaction): Promise<VersionedPolicy | undefined> {
  return transaction.findRow<VersionedPolicy>(`SELECT ${columns} FROM iam.sign_in_policies`);
}

/** The same, kept from others until the transaction ends. */
export async function lockPolicy(transaction: Transaction): Promise<VersionedPolicy | undefined> {
  return transaction.findRow<VersionedPolicy>(`SELECT ${columns} FROM iam.sign_in_policies FOR UPDATE`);
}

export async function savePolicy(
  transaction: Transaction,
  policy: SignInPolicy & { readonly tenantId: string; readonly now: Date },
): Promise<VersionedPolicy> {
  const row = await transaction.findRow<VersionedPolicy>(
    `INSERT INTO iam.sign_in_policies AS p (tenant_id, second_factor_required, methods, updated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id) DO UPDATE
       SET second_factor_required = excluded.second_factor_required, methods = excluded.methods,
           version = p.version + 1, updated_at = excluded.updated_at
     RETURNING ${columns}`,
    [policy.tenantId, policy.secondFactorRequired, policy.methods, policy.now],
  );
  return row!;
}
