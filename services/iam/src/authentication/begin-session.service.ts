import type { Transaction } from '@plinth/common';
import type { SessionService } from '../session/session.service.ts';
import type { SignInMethod } from '../session/session.ts';
import type { SignInBrowser, SignInProgress } from './sign-in.ts';
import type { SignInUser } from './sign-in-user.store.ts';

/** A first proof that succeeded. */
export interface FirstProof {
  readonly user: SignInUser;
  readonly method: SignInMethod;
  readonly browser: SignInBrowser;
}

/** Begins the session of a first proof; it waits for the second factor of a user who has one. */
export async function beginSession(
  sessions: SessionService,
  transaction: Transaction,
  { user, method, browser }: FirstProof,
): Promise<SignInProgress> {
  const { cookie } = await sessions.start(transaction, {
    userId: user.id,
    methods: [method],
    strong: false,
    pending: user.secondFactor,
    ip: browser.ip,
    userAgent: browser.userAgent,
  });
  return { user, cookie, next: user.secondFactor ? 'second_factor' : 'done' };
}
