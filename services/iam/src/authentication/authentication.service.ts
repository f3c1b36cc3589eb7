import type { Principal } from '@plinth/contracts';
import {
  InvalidInputError,
  newId,
  sqlStateOf,
  UnauthenticatedError,
  userIdOf,
  type Clock,
  type Database,
  type Transaction,
} from '@plinth/common';
import type { EmailVerification } from '../config.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { Locale } from '../mail/locale.ts';
import type { MailRequestService } from '../mail/mail-request.service.ts';
import type { SessionService } from '../session/session.service.ts';
import { createUser } from '../user/create-user.ts';
import type { VerificationService } from '../verification/verification.service.ts';
import {
  EmailNotVerifiedError,
  EmailTakenError,
  InvalidCredentialsError,
  SelfRegistrationOffError,
} from './authentication.errors.ts';
import { beginSession } from './begin-session.service.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import type { PasswordService } from './password.service.ts';
import { savePassword } from './password.store.ts';
import type { SignInBrowser, SignInProgress, SignUp } from './sign-in.ts';
import * as users from './sign-in-user.store.ts';
import type { SignInUser } from './sign-in-user.store.ts';
import type { ThrottleService } from './throttle.service.ts';

export interface AuthenticationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly throttle: ThrottleService;
  readonly passwords: PasswordService;
  readonly verification: VerificationService;
  readonly requests: MailRequestService;
  readonly mails: AccountMailService;
  readonly selfRegistration: boolean;
  readonly emailVerification: EmailVerification;
}

const uniqueViolation = '23505';

/** Signs people up, in and out with email address and password. */
export class AuthenticationService {
  readonly #options: AuthenticationServiceOptions;
  /** Verified where there is no password to verify, so that both take as long. */
  readonly #nobody = hashPassword('nobody has this password');

  constructor(options: AuthenticationServiceOptions) {
    this.#options = options;
  }

  /**
   * Where addresses must be proven: sends a mail, and answers the same for every address in the same time. Else makes
   * a user and signs them in: user, password, session and events stand or fall together.
   */
  async signUp(input: SignUp, browser: SignInBrowser): Promise<SignInProgress> {
    const { selfRegistration, emailVerification, passwords, verification } = this.#options;
    if (!selfRegistration) throw new SelfRegistrationOffError();
    await passwords.assertAcceptable({ ...input, path: '/password' });
    const hash = await hashPassword(input.password);
    const pending = { email: input.email, name: input.name, hash, locale: input.locale };
    if (emailVerification === 'optional') return this.#createUser(pending, browser);
    verification.requestSignUp(pending);
    return { next: 'verify_email' };
  }

  /** Begins a session for whoever knows the password; guessing slows down. */
  async signIn(
    input: { readonly email: string; readonly password: string; readonly locale?: Locale | undefined },
    browser: SignInBrowser,
  ): Promise<SignInProgress> {
    const { database, throttle, sessions } = this.#options;
    return throttle.attempt(
      { kind: 'email', value: input.email.toLowerCase() },
      (error) => error instanceof InvalidCredentialsError,
      async () => {
        const user = await this.#verify(input.email, input.password);
        this.assertVerified(user, input.locale);
        return database.transaction(undefined, (transaction) =>
          beginSession(sessions, transaction, { user, method: 'pwd', browser }),
        );
      },
    );
  }

  /** Ends the session of the browser, if it has one. Returns the header that removes the cookie. */
  async signOut(browser: Pick<SignInBrowser, 'cookies'>): Promise<string> {
    const { database, sessions } = this.#options;
    const session = await sessions.find(browser.cookies);
    if (session !== undefined)
      await database.transaction(undefined, (transaction) =>
        sessions.end(transaction, { userId: session.userId, id: session.id }),
      );
    return sessions.renderRemoval();
  }

  /** Gives the caller a new password; every session ends, and a new one begins in this browser. */
  async changePassword(
    caller: Principal,
    input: { readonly currentPassword: string; readonly newPassword: string },
    browser: SignInBrowser,
  ): Promise<string> {
    const userId = userIdOf(caller);
    const user = await this.assertPassword(userId, input.currentPassword, '/currentPassword');
    const { email } = user;
    await this.#options.passwords.assertAcceptable({ password: input.newPassword, email, path: '/newPassword' });
    const hash = await hashPassword(input.newPassword);
    return this.#options.database.transaction(undefined, (transaction) =>
      this.#replacePassword(transaction, user, hash, browser),
    );
  }

  /** The user with this password; guessing slows down as at sign-in. `path` is where it stands in the request. */
  async assertPassword(userId: string, password: string, path: string): Promise<SignInUser> {
    const { database, throttle } = this.#options;
    const user = await database.transaction(undefined, (transaction) => users.findSignInUser(transaction, userId));
    if (user === undefined) throw new UnauthenticatedError();
    return throttle.attempt(
      { kind: 'email', value: user.email },
      (error) => error instanceof InvalidInputError,
      async () => {
        const known = await verifyPassword({ hash: user.hash ?? (await this.#nobody), password });
        if (!known || user.hash === null) throw new InvalidInputError([{ path, message: 'is not the right one' }]);
        return user;
      },
    );
  }

  /**
   * Throws for a user whose address must be proven and is not, and sends the mail for it. Called after another proof:
   * nobody else learns of it.
   */
  assertVerified(user: SignInUser, locale: Locale | undefined): void {
    const { emailVerification, requests, verification } = this.#options;
    if (emailVerification === 'optional' || user.emailVerified) return;
    requests.accept('verification', user.email, (transaction) => verification.send(transaction, user, locale));
    throw new EmailNotVerifiedError();
  }

  async #verify(email: string, password: string): Promise<SignInUser> {
    const user = await this.#options.database.transaction(undefined, (transaction) =>
      users.findSignInUserByEmail(transaction, email),
    );
    const known = await verifyPassword({ hash: user?.hash ?? (await this.#nobody), password });
    if (!known || user === undefined || user.hash === null || user.disabled) throw new InvalidCredentialsError();
    return user;
  }

  async #createUser(
    { email, name, hash, locale }: Omit<SignUp, 'password'> & { readonly hash: string },
    browser: SignInBrowser,
  ): Promise<SignInProgress> {
    const { database, clock, sessions, verification } = this.#options;
    const now = clock.now();
    const id = newId(now.getTime());
    return database
      .transaction(undefined, async (transaction) => {
        await createUser(transaction, { id, email, name, locale, emailVerifiedAt: null, now });
        await savePassword(transaction, { userId: id, hash, now });
        const user = (await users.findSignInUser(transaction, id))!;
        await verification.send(transaction, user, locale);
        return beginSession(sessions, transaction, { user, method: 'pwd', browser });
      })
      .catch((error: unknown) => {
        throw sqlStateOf(error) === uniqueViolation ? new EmailTakenError() : error;
      });
  }

  async #replacePassword(
    transaction: Transaction,
    user: SignInUser,
    hash: string,
    browser: SignInBrowser,
  ): Promise<string> {
    const { clock, sessions, mails } = this.#options;
    const session = await sessions.find(browser.cookies);
    const own = session?.userId === user.id ? session : undefined;
    await savePassword(transaction, { userId: user.id, hash, now: clock.now() });
    await sessions.end(transaction, { userId: user.id });
    await mails.notify(transaction, user, 'password_changed');
    transaction.audit({ action: 'password.changed', resourceType: 'user', resourceId: user.id });
    const { cookie } = await sessions.start(transaction, {
      userId: user.id,
      methods: own?.methods ?? ['pwd'],
      strong: own?.strong ?? false,
      // A token instead of a cookie proves less than the second factor that the user has.
      pending: own === undefined ? user.secondFactor : own.pending,
      ip: browser.ip,
      userAgent: browser.userAgent,
    });
    return cookie;
  }
}
