import { newId, sqlStateOf, type Clock, type Database, type Transaction } from '@plinth/common';
import { OneTimeTokenInvalidError } from '../authentication/authentication.errors.ts';
import { beginSession } from '../authentication/begin-session.service.ts';
import { proveEmail } from '../authentication/email-proof.service.ts';
import { savePassword } from '../authentication/password.store.ts';
import type { SignInBrowser, SignInProgress } from '../authentication/sign-in.ts';
import * as users from '../authentication/sign-in-user.store.ts';
import type { SignInUser } from '../authentication/sign-in-user.store.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { Locale } from '../mail/locale.ts';
import type { MailRequestService } from '../mail/mail-request.service.ts';
import { renderAccountExistsMail, renderVerificationMail } from '../mail/sign-in-mails.ts';
import type { OneTimeTokenService, TokenProof } from '../one-time-token/one-time-token.service.ts';
import * as tokenStore from '../one-time-token/one-time-token.store.ts';
import type { SessionService } from '../session/session.service.ts';
import { createUser } from '../user/create-user.ts';

/** Seconds that a link or code to confirm an address is good for. */
export const verificationLifetimeSeconds = 24 * 3600;
const uniqueViolation = '23505';

export interface VerificationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly tokens: OneTimeTokenService;
  readonly mails: AccountMailService;
  readonly requests: MailRequestService;
}

/** A sign-up that waits for its address to be confirmed. Nobody is a user before. */
export interface PendingSignUp {
  readonly email: string;
  readonly name: string;
  /** argon2id */
  readonly hash: string;
  readonly locale: Locale | undefined;
}

/** Makes sure that an address belongs to whoever gives it. */
export class VerificationService {
  readonly #options: VerificationServiceOptions;

  constructor(options: VerificationServiceOptions) {
    this.#options = options;
  }

  /** Sends a link and a code that complete a sign-up; a known address is told that it has an account. */
  requestSignUp(signUp: PendingSignUp): void {
    this.#options.requests.accept('verification', signUp.email, async (transaction) => {
      const known = await users.findSignInUserByEmail(transaction, signUp.email);
      if (known === undefined) await this.#sendSignUp(transaction, signUp);
      else await this.#sendAccountExists(transaction, known, signUp.locale);
    });
  }

  /** Sends the link and code of a user, or of a sign-up that waits, again; nothing to a confirmed or unknown address. */
  requestAgain(email: string, locale: Locale | undefined): void {
    this.#options.requests.accept('verification', email, async (transaction) => {
      const user = await users.findSignInUserByEmail(transaction, email);
      if (user !== undefined && !user.emailVerified && !user.disabled) await this.send(transaction, user, locale);
      if (user !== undefined) return;
      const now = this.#options.clock.now();
      const waiting = await tokenStore.findNewestToken(transaction, { purpose: 'sign_up', email, now });
      if (waiting === undefined) return;
      const { name, hash, locale: own } = waiting.data as Omit<PendingSignUp, 'email'>;
      await this.#sendSignUp(transaction, { email: waiting.email!, name, hash, locale: own ?? locale });
    });
  }

  /** Sends a user the link and code to confirm their address, with the transaction. */
  async send(transaction: Transaction, user: SignInUser, locale: Locale | undefined): Promise<void> {
    const { tokens, mails } = this.#options;
    const { token, code } = await tokens.issueWithCode(transaction, {
      purpose: 'verify_email',
      userId: user.id,
      email: user.email,
      lifetimeSeconds: verificationLifetimeSeconds,
    });
    await mails.send(transaction, user, locale, (recipient) =>
      renderVerificationMail(recipient, { link: mails.link('/sign-in/verify', token), code }),
    );
  }

  /** Takes a link or code: completes a sign-up and signs in, or confirms the address of a user. */
  async confirm(proof: TokenProof, browser: SignInBrowser): Promise<SignInProgress> {
    return this.#options.tokens
      .redeem(['sign_up', 'verify_email'], proof, (transaction, token) =>
        token.purpose === 'sign_up'
          ? this.#completeSignUp(transaction, token, browser)
          : this.#confirmUser(transaction, token, browser),
      )
      .catch((error: unknown) => {
        // Somebody else has become the user of this address since.
        throw sqlStateOf(error) === uniqueViolation ? new OneTimeTokenInvalidError() : error;
      });
  }

  async #completeSignUp(
    transaction: Transaction,
    token: tokenStore.OneTimeToken,
    browser: SignInBrowser,
  ): Promise<SignInProgress> {
    const { clock, sessions } = this.#options;
    const now = clock.now();
    const id = newId(now.getTime());
    const email = token.email!;
    const { name, hash, locale } = token.data as Omit<PendingSignUp, 'email'>;
    await createUser(transaction, { id, email, name, locale, emailVerifiedAt: now, now });
    await savePassword(transaction, { userId: id, hash, now });
    await tokenStore.deleteTokensOfEmail(transaction, email, ['sign_up']);
    const user = await users.findSignInUser(transaction, id);
    return beginSession(sessions, transaction, { user: user!, method: 'email', browser });
  }

  async #confirmUser(
    transaction: Transaction,
    token: tokenStore.OneTimeToken,
    browser: SignInBrowser,
  ): Promise<SignInProgress> {
    const { clock, sessions } = this.#options;
    const userId = token.userId!;
    const email = token.email!;
    const before = await users.findSignInUser(transaction, userId);
    if (before === undefined || !(await proveEmail(transaction, { ...before, email }, clock.now())))
      throw new OneTimeTokenInvalidError();
    await tokenStore.deleteTokensOfEmail(transaction, email, ['verify_email']);
    const user = { ...before, emailVerified: true };
    const session = await sessions.find(browser.cookies);
    if (session?.userId !== userId) return { user, next: 'sign_in' };
    return { user, next: session.pending ? 'second_factor' : 'done' };
  }

  async #sendSignUp(transaction: Transaction, { email, name, hash, locale }: PendingSignUp): Promise<void> {
    const { tokens, mails } = this.#options;
    const { token, code } = await tokens.issueWithCode(transaction, {
      purpose: 'sign_up',
      userId: null,
      email,
      lifetimeSeconds: verificationLifetimeSeconds,
      data: { name, hash, ...(locale === undefined ? {} : { locale }) },
    });
    await mails.send(transaction, { email }, locale, (recipient) =>
      renderVerificationMail(recipient, { link: mails.link('/sign-in/verify', token), code }),
    );
  }

  async #sendAccountExists(transaction: Transaction, user: SignInUser, locale: Locale | undefined): Promise<void> {
    const { mails } = this.#options;
    await mails.send(transaction, user, locale, (recipient) =>
      renderAccountExistsMail(recipient, {
        signIn: mails.link('/sign-in'),
        forgotten: mails.link('/sign-in/forgotten'),
      }),
    );
  }
}
