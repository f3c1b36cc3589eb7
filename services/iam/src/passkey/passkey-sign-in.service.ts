import type { Clock, Database, Logger, Transaction } from '@plinth/common';
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { AuthenticationService } from '../authentication/authentication.service.ts';
import type { SignInBrowser, SignInProgress } from '../authentication/sign-in.ts';
import { findSignInUser, type SignInUser } from '../authentication/sign-in-user.store.ts';
import type { Locale } from '../mail/locale.ts';
import type { OneTimeTokenService } from '../one-time-token/one-time-token.service.ts';
import type { OneTimeToken } from '../one-time-token/one-time-token.store.ts';
import type { SessionService } from '../session/session.service.ts';
import type { LiveSession } from '../session/session.store.ts';
import { PasskeyRefusedError } from './passkey.errors.ts';
import { toDescriptor } from './passkey.service.ts';
import * as store from './passkey.store.ts';
import { challengeLifetimeSeconds, readChallenge, userHandle, type Passkey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

export interface PasskeySignInServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sessions: SessionService;
  readonly tokens: OneTimeTokenService;
  readonly authentication: AuthenticationService;
  readonly relyingParty: RelyingParty;
}

interface ProvenUse {
  readonly user: SignInUser;
  readonly passkey: Passkey;
  readonly counter: number;
  readonly backedUp: boolean;
}

/** Signs people in with passkeys, and completes sign-ins with them. */
export class PasskeySignInService {
  readonly #options: PasskeySignInServiceOptions;

  constructor(options: PasskeySignInServiceOptions) {
    this.#options = options;
  }

  /**
   * Options for the browser to ask for a passkey with; their challenge is good once, for five minutes. With a session,
   * which then is to be strengthened, the passkeys of its user; else any that the browser has for us.
   */
  async begin(browser: SignInBrowser): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { database, sessions, tokens, relyingParty } = this.#options;
    const session = await this.#ownSession(sessions, browser);
    const { challenge, passkeys } = await database.transaction(undefined, async (transaction) => ({
      passkeys: session === undefined ? [] : await store.listPasskeys(transaction, session.userId),
      challenge: await tokens.issue(transaction, {
        purpose: 'passkey_sign_in',
        userId: session?.userId ?? null,
        email: null,
        lifetimeSeconds: challengeLifetimeSeconds,
        data: session === undefined ? {} : { session: session.id },
      }),
    }));
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
    return generateAuthenticationOptions({
      rpID: relyingParty.id,
      challenge: Buffer.from(challenge, 'base64url'),
      timeout: challengeLifetimeSeconds * 1000,
      userVerification: 'required',
      allowCredentials: passkeys.map(toDescriptor),
    });
  }

  /** Takes the browser's answer: begins a strong session, or strengthens the one that the challenge was for. */
  async complete(
    credential: AuthenticationResponseJSON,
    browser: SignInBrowser,
    locale?: Locale,
  ): Promise<SignInProgress> {
    const { database, authentication, sessions } = this.#options;
    const challenge = await this.#takeChallenge(credential);
    const use = await this.#verify(credential);
    authentication.assertVerified(use.user, locale);
    const session = await this.#ownSession(sessions, browser);
    const bound = challenge.data['session'];
    if (bound !== undefined && (bound !== session?.id || session.userId !== use.user.id))
      throw new PasskeyRefusedError();
    return database.transaction(undefined, async (transaction) => {
      const { passkey, counter, backedUp, user } = use;
      const now = this.#options.clock.now();
      if (!(await store.usePasskey(transaction, { id: passkey.id, counter, backedUp, now })))
        throw new PasskeyRefusedError();
      const cookie =
        bound === undefined || session === undefined
          ? await this.#start(transaction, user, browser)
          : await sessions.strengthen(transaction, session, 'hwk');
      return { user, cookie, next: 'done' };
    });
  }

  /** Somebody who acts for a user has no passkey of theirs. */
  async #ownSession(sessions: SessionService, browser: SignInBrowser): Promise<LiveSession | undefined> {
    const session = await sessions.find(browser.cookies);
    return session?.actorId === null ? session : undefined;
  }

  /** Committed before anything is verified: a challenge is used up by its first answer, right or wrong. */
  async #takeChallenge(credential: AuthenticationResponseJSON): Promise<OneTimeToken> {
    const challenge = readChallenge(credential.response.clientDataJSON);
    if (challenge === undefined) throw new PasskeyRefusedError();
    return this.#options.database
      .transaction(undefined, (transaction) => this.#options.tokens.take(transaction, ['passkey_sign_in'], challenge))
      .catch((error: unknown) => {
        throw new PasskeyRefusedError(error);
      });
  }

  async #verify(credential: AuthenticationResponseJSON): Promise<ProvenUse> {
    const { database, relyingParty, log } = this.#options;
    const { passkey, user } = await database.transaction(undefined, async (transaction) => {
      const found = await store.findPasskeyByCredential(transaction, Buffer.from(credential.id, 'base64url'));
      return { passkey: found, user: found && (await findSignInUser(transaction, found.userId)) };
    });
    if (passkey === undefined || user === undefined || user.disabled) throw new PasskeyRefusedError();
    const handle = credential.response.userHandle;
    if (handle && !Buffer.from(handle, 'base64url').equals(userHandle(user.id))) throw new PasskeyRefusedError();
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential,
      expectedChallenge: readChallenge(credential.response.clientDataJSON)!,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: {
        ...toDescriptor(passkey),
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
    }).catch((error: unknown) => {
      log.info({ err: error, passkey: passkey.id }, 'a passkey was not accepted');
      throw new PasskeyRefusedError(error);
    });
    if (!verified) throw new PasskeyRefusedError();
    return { user, passkey, counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  }

  async #start(transaction: Transaction, user: SignInUser, browser: SignInBrowser): Promise<string> {
    const { cookie } = await this.#options.sessions.start(transaction, {
      userId: user.id,
      methods: ['hwk'],
      // The authenticator verified the person: something they have, and something they are or know.
      strong: true,
      pending: false,
      ip: browser.ip,
      userAgent: browser.userAgent,
    });
    return cookie;
  }
}
