import type { Clock, Transaction } from '@plinth/common';
import { OneTimeTokenInvalidError } from '../authentication/authentication.errors.ts';
import { beginSession } from '../authentication/begin-session.service.ts';
import { proveEmail } from '../authentication/email-proof.service.ts';
import type { SignInBrowser, SignInProgress } from '../authentication/sign-in.ts';
import * as users from '../authentication/sign-in-user.store.ts';
import type { SignInUser } from '../authentication/sign-in-user.store.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { Locale } from '../mail/locale.ts';
import type { MailRequestService } from '../mail/mail-request.service.ts';
import { renderEmailSignInMail } from '../mail/sign-in-mails.ts';
import type { OneTimeTokenService, TokenProof } from '../one-time-token/one-time-token.service.ts';
import { deleteTokensOfEmail, type OneTimeToken } from '../one-time-token/one-time-token.store.ts';
import type { SessionService } from '../session/session.service.ts';

const lifetimeSeconds = 600;

export interface EmailSignInServiceOptions {
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly tokens: OneTimeTokenService;
  readonly mails: AccountMailService;
  readonly requests: MailRequestService;
}

/** Signs people in by a link or a code that their address gets. */
export class EmailSignInService {
  readonly #options: EmailSignInServiceOptions;

  constructor(options: EmailSignInServiceOptions) {
    this.#options = options;
  }

  /** Sends the link and the code; nothing to an unknown address. */
  request(email: string, locale: Locale | undefined): void {
    const { requests, tokens, mails } = this.#options;
    requests.accept('email-sign-in', email, async (transaction) => {
      const user = await users.findSignInUserByEmail(transaction, email);
      if (user === undefined || user.disabled) return;
      const { token, code } = await tokens.issueWithCode(transaction, {
        purpose: 'email_sign_in',
        userId: user.id,
        email: user.email,
        lifetimeSeconds,
      });
      await mails.send(transaction, user, locale, (recipient) =>
        renderEmailSignInMail(recipient, { link: mails.link('/sign-in/email', token), code }),
      );
    });
  }

  /** Takes a link or a code and begins a session. */
  async confirm(proof: TokenProof, browser: SignInBrowser): Promise<SignInProgress> {
    return this.#options.tokens.redeem(['email_sign_in'], proof, (transaction, token) =>
      this.#signIn(transaction, token, browser),
    );
  }

  async #signIn(transaction: Transaction, token: OneTimeToken, browser: SignInBrowser): Promise<SignInProgress> {
    const { sessions } = this.#options;
    const user = await users.findSignInUser(transaction, token.userId!);
    if (user === undefined || user.disabled || user.email !== token.email) throw new OneTimeTokenInvalidError();
    if (!user.emailVerified) await this.#takeOver(transaction, user, browser);
    await deleteTokensOfEmail(transaction, user.email, ['email_sign_in']);
    const proven = (await users.findSignInUser(transaction, user.id))!;
    return beginSession(sessions, transaction, { user: proven, method: 'email', browser });
  }

  /** The first proof of an address: unless this browser is signed in, whoever signed up may be somebody else. */
  async #takeOver(transaction: Transaction, user: SignInUser, browser: SignInBrowser): Promise<void> {
    const { clock, sessions } = this.#options;
    const session = await sessions.find(browser.cookies);
    if (session?.userId !== user.id || session.pending || session.actorId !== null) {
      await users.removeUnprovenCredentials(transaction, user.id);
      await sessions.end(transaction, { userId: user.id });
    }
    await proveEmail(transaction, user, clock.now());
  }
}
