import type { Transaction } from '@plinth/common';
import { insertUser } from './user.store.ts';

/** A user to make. */
export interface NewUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Null while nobody has proven the address. */
  readonly emailVerifiedAt: Date | null;
  readonly locale?: string | undefined;
  readonly now: Date;
}

/** Makes a user and says so: the one way in, so that no user is without their event. Throws a unique violation when the address has a user. */
export async function createUser(transaction: Transaction, user: NewUser): Promise<void> {
  await insertUser(transaction, user);
  const { id, name } = user;
  const email = user.email.toLowerCase();
  transaction.publish('identity.created', id, { userId: id, email, name });
  if (user.emailVerifiedAt !== null) transaction.publish('identity.verified', id, { userId: id, email });
}
