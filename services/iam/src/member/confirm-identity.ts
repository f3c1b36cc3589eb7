import { InvalidInputError } from '@plinth/common';
import { RecentSignInRequiredError } from '../authentication/authentication.errors.ts';
import type { RecentProofService } from '../authentication/recent-proof.service.ts';
import type { IamCore } from '../core.ts';
import { findLiveSessionById } from '../session/session.store.ts';

export interface IdentityClaim {
  readonly userId: string;
  readonly session?: string | undefined;
  readonly password?: string | undefined;
}

/** Whether it is the person themselves, by a sign-in of the last minutes or by their password now. */
export async function confirmIdentity(
  { database }: Pick<IamCore, 'database'>,
  proof: RecentProofService,
  { userId, session, password }: IdentityClaim,
): Promise<boolean> {
  const found =
    session === undefined
      ? undefined
      : await database.transaction(undefined, (transaction) => findLiveSessionById(transaction, session));
  // Support staff who act as somebody are not that person.
  if (found !== undefined && found.actorId !== null) return false;
  try {
    await proof.assertRecent(
      { kind: 'user', subject: userId, roles: [], ...(session === undefined ? {} : { session }) },
      password,
    );
    return true;
  } catch (error) {
    if (error instanceof RecentSignInRequiredError || error instanceof InvalidInputError) return false;
    throw error;
  }
}
