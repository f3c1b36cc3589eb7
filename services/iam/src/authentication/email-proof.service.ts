import type { Transaction } from '@plinth/common';
import { markEmailVerified, type SignInUser } from './sign-in-user.store.ts';

/**
 * Records that a user has proven to own their address, and says so the first time; false when it is theirs no longer.
 */
export async function proveEmail(
  transaction: Transaction,
  user: Pick<SignInUser, 'id' | 'email' | 'emailVerified'>,
  now: Date,
): Promise<boolean> {
  const { id, email } = user;
  if (!(await markEmailVerified(transaction, { userId: id, email, now }))) return false;
  if (!user.emailVerified) {
    transaction.publish('identity.verified', id, { userId: id, email });
    transaction.audit({
      action: 'email.verified',
      resourceType: 'user',
      resourceId: id,
      actor: { kind: 'user', id },
    });
  }
  return true;
}
