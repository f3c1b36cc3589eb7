import type { Clock, Database, Transaction } from '@plinth/common';
import { OneTimeTokenInvalidError } from '../authentication/authentication.errors.ts';
import { proveEmail } from '../authentication/email-proof.service.ts';
import { hashPassword } from '../authentication/password-hash.ts';
import type { PasswordService } from '../authentication/password.service.ts';
import { savePassword } from '../authentication/password.store.ts';
import * as users from '../authentication/sign-in-user.store.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { Locale } from '../mail/locale.ts';
import type { MailRequestService } from '../mail/mail-request.service.ts';
import { renderPasswordResetMail } from '../mail/sign-in-mails.ts';
import type { OneTimeTokenService } from '../one-time-token/one-time-token.service.ts';
import { deleteTokensOfEmail, type TokenPurpose } from '../one-time-token/one-time-token.store.ts';
import type { SessionService } from '../session/session.service.ts';

const lifetimeSeconds = 3600;
const purposes: readonly TokenPurpose[] = ['reset_password'];

export interface PasswordResetServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly tokens: OneTimeTokenService;
  readonly mails: AccountMailService;
  readonly requests: MailRequestService;
  readonly passwords: PasswordService;
}

/** Gives somebody who can read the mail of their address a new password. */
export class PasswordResetService {
  readonly #options: PasswordResetServiceOptions;

  constructor(options: PasswordResetServiceOptions) {
    this.#options = options;
  }

  /** Sends a link to set a new password; nothing to an unknown address. */
  request(email: string, locale: Locale | undefined): void {
    const { requests, tokens, mails } = this.#options;
    requests.accept('password-reset', email, async (transaction) => {
      const user = await users.findSignInUserByEmail(transaction, email);
      if (user === undefined || user.disabled) return;
      const token = await tokens.issue(transaction, {
        purpose: 'reset_password',
        userId: user.id,
        email: user.email,
        lifetimeSeconds,
      });
      await mails.send(transaction, user, locale, (recipient) =>
        renderPasswordResetMail(recipient, mails.link('/sign-in/reset', token)),
      );
    });
  }

  /** Sets the password and ends every session. A password that is refused leaves the link in use. */
  async confirm(input: { readonly token: string; readonly password: string }): Promise<void> {
    const { database, tokens, passwords } = this.#options;
    const { email } = await database.transaction(undefined, (transaction) =>
      tokens.find(transaction, purposes, input.token),
    );
    await passwords.assertAcceptable({ password: input.password, email: email!, path: '/password' });
    const hash = await hashPassword(input.password);
    await database.transaction(undefined, (transaction) => this.#reset(transaction, input.token, hash));
  }

  async #reset(transaction: Transaction, token: string, hash: string): Promise<void> {
    const { clock, sessions, tokens, mails } = this.#options;
    const { userId, email } = await tokens.take(transaction, purposes, token);
    const user = await users.findSignInUser(transaction, userId!);
    if (user === undefined || user.disabled || user.email !== email) throw new OneTimeTokenInvalidError();
    const now = clock.now();
    if (!user.emailVerified) await users.removeUnprovenCredentials(transaction, user.id);
    await proveEmail(transaction, user, now);
    await savePassword(transaction, { userId: user.id, hash, now });
    await sessions.end(transaction, { userId: user.id });
    await deleteTokensOfEmail(transaction, user.email, ['reset_password', 'email_sign_in', 'verify_email']);
    await mails.notify(transaction, user, 'password_changed');
    transaction.audit({
      action: 'password.reset',
      resourceType: 'user',
      resourceId: user.id,
      actor: { kind: 'user', id: user.id },
    });
  }
}
