import type { Principal } from '@plinth/contracts';
import {
  Cipher,
  InvalidInputError,
  UnauthenticatedError,
  userIdOf,
  type Clock,
  type Database,
  type Secret,
  type Transaction,
} from '@plinth/common';
import { CodeInvalidError } from '../authentication/authentication.errors.ts';
import type { RecentProofService } from '../authentication/recent-proof.service.ts';
import type { SignInBrowser, SignInProgress } from '../authentication/sign-in.ts';
import { findSignInUser } from '../authentication/sign-in-user.store.ts';
import type { ThrottleService } from '../authentication/throttle.service.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import { CodeHasher } from '../one-time-token/short-code.ts';
import type { SessionService } from '../session/session.service.ts';
import { drawRecoveryCodes, normaliseRecoveryCode } from './recovery-code.ts';
import { AuthenticatorExistsError, NoAuthenticatorError } from './second-factor.errors.ts';
import * as store from './second-factor.store.ts';
import { drawSecret, findStep, renderKeyUri } from './totp.ts';

export interface SecondFactorServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly secret: Secret;
  readonly sessions: SessionService;
  readonly throttle: ThrottleService;
  readonly mails: AccountMailService;
  readonly proof: RecentProofService;
  readonly productName: string;
}

/** A second proof of who somebody is. */
export type SecondProof = { readonly code: string } | { readonly recoveryCode: string };

/** What an app needs to show codes. Shown once. */
export interface AuthenticatorDraft {
  /** Base 32 */
  readonly secret: string;
  /** `otpauth:` */
  readonly uri: string;
}

/** Sets authenticator apps up, and completes sign-ins with their codes or with recovery codes. */
export class SecondFactorService {
  readonly #options: SecondFactorServiceOptions;
  readonly #cipher: Cipher;
  readonly #recoveryCodes: CodeHasher;

  constructor(options: SecondFactorServiceOptions) {
    this.#options = options;
    this.#cipher = new Cipher(options.secret, 'authenticator');
    this.#recoveryCodes = new CodeHasher(options.secret, 'recovery-code');
  }

  /** What the caller has set up. */
  async getState(caller: Principal): Promise<{ confirmedAt: Date | null; recoveryCodesLeft: number }> {
    const userId = userIdOf(caller);
    return this.#options.database.transaction(undefined, async (transaction) => ({
      confirmedAt: (await store.findAuthenticator(transaction, userId))?.confirmedAt ?? null,
      recoveryCodesLeft: await store.countRecoveryCodes(transaction, userId),
    }));
  }

  /** Begins to set an app up. It asks for nothing at sign-in before its first code was sent. */
  async begin(caller: Principal, password: string | undefined): Promise<AuthenticatorDraft> {
    const { database, clock, proof, productName } = this.#options;
    const { id: userId, email } = await proof.assertRecent(caller, password);
    const secret = await drawSecret();
    const saved = await database.transaction(undefined, (transaction) =>
      store.saveDraft(transaction, { userId, secret: this.#cipher.encrypt(secret, userId), now: clock.now() }),
    );
    if (!saved) throw new AuthenticatorExistsError();
    return { secret, uri: await renderKeyUri({ secret, issuer: productName, account: email }) };
  }

  /** Confirms the app with a code of its: from now on sign-ins ask for one. Returns recovery codes, shown once. */
  async confirm(
    caller: Principal,
    code: string,
    browser: SignInBrowser,
  ): Promise<{ recoveryCodes: string[]; cookie: string | undefined }> {
    const userId = userIdOf(caller);
    return this.#attempt(
      userId,
      (error) => error instanceof InvalidInputError,
      () =>
        this.#options.database.transaction(undefined, async (transaction) => {
          await this.#confirmDraft(transaction, userId, code);
          const recoveryCodes = await this.#renewRecoveryCodes(transaction, userId);
          await this.#changed(transaction, userId, 'authenticator_added');
          return { recoveryCodes, cookie: await this.#strengthenOwn(transaction, userId, browser) };
        }),
    );
  }

  /** Removes app and recovery codes. */
  async remove(caller: Principal, password: string | undefined): Promise<void> {
    const { id: userId } = await this.#options.proof.assertRecent(caller, password);
    await this.#options.database.transaction(undefined, async (transaction) => {
      if (!(await store.deleteAuthenticator(transaction, userId))) throw new NoAuthenticatorError();
      await this.#changed(transaction, userId, 'authenticator_removed');
    });
  }

  /** Makes new recovery codes; the old ones no longer work. */
  async renewRecoveryCodes(caller: Principal, password: string | undefined): Promise<string[]> {
    const { id: userId, secondFactor } = await this.#options.proof.assertRecent(caller, password);
    if (!secondFactor) throw new NoAuthenticatorError();
    return this.#options.database.transaction(undefined, async (transaction) => {
      const codes = await this.#renewRecoveryCodes(transaction, userId);
      await this.#changed(transaction, userId, 'recovery_codes_renewed');
      return codes;
    });
  }

  /** Completes the sign-in of this browser, or strengthens it, under a new token. */
  async complete(proof: SecondProof, browser: SignInBrowser): Promise<SignInProgress> {
    const { database, sessions } = this.#options;
    const session = await sessions.find(browser.cookies);
    // Somebody who acts for a user cannot prove to be them.
    if (session === undefined || session.actorId !== null) throw new UnauthenticatedError();
    return this.#attempt(
      session.userId,
      (error) => error instanceof CodeInvalidError,
      () =>
        database.transaction(undefined, async (transaction) => {
          await this.#use(transaction, session.userId, proof);
          const cookie = await sessions.strengthen(transaction, session, 'code' in proof ? 'otp' : 'rec');
          const user = (await findSignInUser(transaction, session.userId))!;
          return { user, cookie, next: 'done' };
        }),
    );
  }

  async #use(transaction: Transaction, userId: string, proof: SecondProof): Promise<void> {
    if ('code' in proof) {
      const authenticator = await store.findAuthenticator(transaction, userId);
      const step = await this.#stepOf(userId, authenticator?.confirmedAt ? authenticator : undefined, proof.code);
      if (step === undefined || !(await store.useStep(transaction, userId, step))) throw new CodeInvalidError();
      return;
    }
    const hash = this.#recoveryCodes.hash(normaliseRecoveryCode(proof.recoveryCode), userId);
    if (!(await store.useRecoveryCode(transaction, userId, hash))) throw new CodeInvalidError();
    await this.#changed(transaction, userId, 'recovery_code_used');
  }

  async #confirmDraft(transaction: Transaction, userId: string, code: string): Promise<void> {
    const draft = await store.findAuthenticator(transaction, userId);
    if (draft === undefined) throw new NoAuthenticatorError();
    if (draft.confirmedAt !== null) throw new AuthenticatorExistsError();
    const step = await this.#stepOf(userId, draft, code);
    if (step === undefined)
      throw new InvalidInputError([{ path: '/code', message: 'is not the code that the app shows' }]);
    const now = this.#options.clock.now();
    if (!(await store.confirmDraft(transaction, { userId, secret: draft.secret, step, now })))
      throw new NoAuthenticatorError();
  }

  async #stepOf(
    userId: string,
    authenticator: store.Authenticator | undefined,
    code: string,
  ): Promise<number | undefined> {
    if (authenticator === undefined) return undefined;
    return findStep(this.#cipher.decrypt(authenticator.secret, userId), code, this.#options.clock.now());
  }

  async #renewRecoveryCodes(transaction: Transaction, userId: string): Promise<string[]> {
    const codes = drawRecoveryCodes();
    const hashes = codes.map((code) => this.#recoveryCodes.hash(normaliseRecoveryCode(code), userId));
    await store.replaceRecoveryCodes(transaction, { userId, hashes, now: this.#options.clock.now() });
    return codes;
  }

  /** Who has just shown a code has proven as much in this session. */
  async #strengthenOwn(transaction: Transaction, userId: string, browser: SignInBrowser): Promise<string | undefined> {
    const { sessions } = this.#options;
    const session = await sessions.find(browser.cookies);
    return session?.userId === userId && session.actorId === null
      ? sessions.strengthen(transaction, session, 'otp')
      : undefined;
  }

  /** The numbers of the sign-in for codes: against the user, from wherever somebody guesses. */
  #attempt<Result>(
    userId: string,
    isFailure: (error: unknown) => boolean,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return this.#options.throttle.attempt({ kind: 'code', value: `second_factor:${userId}` }, isFailure, work);
  }

  async #changed(
    transaction: Transaction,
    userId: string,
    change: 'authenticator_added' | 'authenticator_removed' | 'recovery_codes_renewed' | 'recovery_code_used',
  ): Promise<void> {
    const user = (await findSignInUser(transaction, userId))!;
    await this.#options.mails.notify(transaction, user, change);
    transaction.audit({
      action: `second_factor.${change}`,
      resourceType: 'user',
      resourceId: userId,
      actor: { kind: 'user', id: userId },
    });
  }
}
