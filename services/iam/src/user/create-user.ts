import type { Transaction } from '@plinth/common';
import { insertUser } from './user.store.ts';
import type { NewUser } from './user.ts';

/** Makes a user and says so: the one way in, so that no user is without their event. Throws a unique violation when the address has a user. */
export async function createUser(transaction: Transaction, user: NewUser): Promise<void> {
  await insertUser(transaction, user);
  const { id, name } = user;
  const email = user.email.toLowerCase();
  transaction.publish('identity.created', id, { userId: id, email, name });
  if (user.emailVerifiedAt !== null) transaction.publish('identity.verified', id, { userId: id, email });
}
