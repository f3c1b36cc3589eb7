import type { Principal } from '@plinth/contracts';
import {
  AlreadyExistsError,
  NotFoundError,
  newId,
  sqlStateOf,
  userIdOf,
  type Clock,
  type Database,
  type Logger,
  type Transaction,
} from '@plinth/common';
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { RecentProofService } from '../authentication/recent-proof.service.ts';
import type { SignInBrowser } from '../authentication/sign-in.ts';
import { findSignInUser } from '../authentication/sign-in-user.store.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { OneTimeTokenService } from '../one-time-token/one-time-token.service.ts';
import type { SessionService } from '../session/session.service.ts';
import { PasskeyRefusedError, TooManyPasskeysError } from './passkey.errors.ts';
import * as store from './passkey.store.ts';
import {
  challengeLifetimeSeconds,
  mostPasskeys,
  passkeyAlgorithms,
  readChallenge,
  userHandle,
  type Passkey,
} from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

export interface PasskeyServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sessions: SessionService;
  readonly tokens: OneTimeTokenService;
  readonly mails: AccountMailService;
  readonly proof: RecentProofService;
  readonly relyingParty: RelyingParty;
}

const uniqueViolation = '23505';

/** Adds passkeys to a user, lists, renames and removes them. */
export class PasskeyService {
  readonly #options: PasskeyServiceOptions;

  constructor(options: PasskeyServiceOptions) {
    this.#options = options;
  }

  /** Options for the browser to make a passkey with; their challenge is good once, for five minutes. */
  async beginRegistration(
    caller: Principal,
    password: string | undefined,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { database, proof, tokens, relyingParty } = this.#options;
    const user = await proof.assertRecent(caller, password);
    const { challenge, existing } = await database.transaction(undefined, async (transaction) => ({
      existing: await store.listPasskeys(transaction, user.id),
      challenge: await tokens.issue(transaction, {
        purpose: 'passkey_registration',
        userId: user.id,
        email: null,
        lifetimeSeconds: challengeLifetimeSeconds,
      }),
    }));
    if (existing.length >= mostPasskeys) throw new TooManyPasskeysError(mostPasskeys);
    const { generateRegistrationOptions } = await import('@simplewebauthn/server');
    return generateRegistrationOptions({
      rpID: relyingParty.id,
      rpName: relyingParty.name,
      userID: userHandle(user.id),
      userName: user.email,
      userDisplayName: user.name,
      challenge: Buffer.from(challenge, 'base64url'),
      timeout: challengeLifetimeSeconds * 1000,
      attestationType: 'none',
      supportedAlgorithmIDs: passkeyAlgorithms,
      excludeCredentials: existing.map(toDescriptor),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Adds the passkey that the browser made. It proves as much as a sign-in with it: the session is strong from now on. */
  async register(
    caller: Principal,
    input: { readonly credential: RegistrationResponseJSON; readonly name: string },
    browser: SignInBrowser,
  ): Promise<{ passkey: Passkey; cookie: string | undefined }> {
    const userId = userIdOf(caller);
    await this.#takeChallenge(input.credential, userId);
    const made = await this.#verify(input.credential);
    const now = this.#options.clock.now();
    const passkey = { ...made, id: newId(now.getTime()), userId, name: input.name, createdAt: now, lastUsedAt: null };
    return this.#options.database
      .transaction(undefined, async (transaction) => {
        if ((await store.listPasskeys(transaction, userId)).length >= mostPasskeys)
          throw new TooManyPasskeysError(mostPasskeys);
        await store.insertPasskey(transaction, passkey);
        await this.#changed(transaction, passkey, 'passkey_added');
        return { passkey, cookie: await this.#strengthenOwn(transaction, userId, browser) };
      })
      .catch((error: unknown) => {
        throw sqlStateOf(error) === uniqueViolation
          ? new AlreadyExistsError('passkey', input.credential.id, error)
          : error;
      });
  }

  async listOwn(caller: Principal): Promise<Passkey[]> {
    const userId = userIdOf(caller);
    return this.#options.database.transaction(undefined, (transaction) => store.listPasskeys(transaction, userId));
  }

  async rename(caller: Principal, id: string, name: string): Promise<Passkey> {
    const userId = userIdOf(caller);
    return this.#options.database.transaction(undefined, async (transaction) => {
      const renamed = await store.renamePasskey(transaction, { id, userId, name });
      if (renamed === undefined) throw new NotFoundError('passkey', id);
      transaction.audit({ action: 'passkey.renamed', resourceType: 'passkey', resourceId: id, after: { name } });
      return renamed;
    });
  }

  /** Removes a passkey: it signs nobody in any more. */
  async remove(caller: Principal, id: string): Promise<void> {
    const userId = userIdOf(caller);
    await this.#options.database.transaction(undefined, async (transaction) => {
      if (!(await store.deletePasskey(transaction, id, userId))) throw new NotFoundError('passkey', id);
      await this.#changed(transaction, { id, userId }, 'passkey_removed');
    });
  }

  /** Committed before anything is verified: a challenge is used up by its first answer, right or wrong. */
  async #takeChallenge(credential: RegistrationResponseJSON, userId: string): Promise<void> {
    const challenge = readChallenge(credential.response.clientDataJSON);
    if (challenge === undefined) throw new PasskeyRefusedError();
    const token = await this.#options.database.transaction(undefined, (transaction) =>
      this.#options.tokens.take(transaction, ['passkey_registration'], challenge),
    );
    if (token.userId !== userId) throw new PasskeyRefusedError();
  }

  async #verify(
    credential: RegistrationResponseJSON,
  ): Promise<Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backedUp'>> {
    const { relyingParty, log } = this.#options;
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { registrationInfo } = await verifyRegistrationResponse({
      response: credential,
      expectedChallenge: readChallenge(credential.response.clientDataJSON)!,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: passkeyAlgorithms,
    }).catch((error: unknown) => {
      log.info({ err: error }, 'a passkey was not accepted');
      throw new PasskeyRefusedError(error);
    });
    if (registrationInfo === undefined) throw new PasskeyRefusedError();
    return {
      credentialId: Buffer.from(registrationInfo.credential.id, 'base64url'),
      publicKey: Buffer.from(registrationInfo.credential.publicKey),
      counter: registrationInfo.credential.counter,
      transports: registrationInfo.credential.transports ?? [],
      backedUp: registrationInfo.credentialBackedUp,
    };
  }

  async #strengthenOwn(transaction: Transaction, userId: string, browser: SignInBrowser): Promise<string | undefined> {
    const { sessions } = this.#options;
    const session = await sessions.find(browser.cookies);
    return session?.userId === userId && session.actorId === null
      ? sessions.strengthen(transaction, session, 'hwk')
      : undefined;
  }

  async #changed(
    transaction: Transaction,
    passkey: Pick<Passkey, 'id' | 'userId'>,
    change: 'passkey_added' | 'passkey_removed',
  ): Promise<void> {
    const user = (await findSignInUser(transaction, passkey.userId))!;
    await this.#options.mails.notify(transaction, user, change);
    const action = change === 'passkey_added' ? 'passkey.created' : 'passkey.deleted';
    transaction.audit({ action, resourceType: 'passkey', resourceId: passkey.id });
  }
}

/** What a browser needs to find a passkey again. */
export function toDescriptor(passkey: Passkey): { id: string; transports: string[] } {
  return { id: passkey.credentialId.toString('base64url'), transports: [...passkey.transports] };
}
