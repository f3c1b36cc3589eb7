import { randomBytes, timingSafeEqual } from 'node:crypto';
import { newId, type Clock, type Database, type Secret, type Transaction } from '@plinth/common';
import { CodeInvalidError, OneTimeTokenInvalidError } from '../authentication/authentication.errors.ts';
import type { ThrottleService } from '../authentication/throttle.service.ts';
import { hashToken } from '../session/session-cookie.ts';
import * as store from './one-time-token.store.ts';
import type { OneTimeToken, TokenPurpose } from './one-time-token.store.ts';
import { CodeHasher, drawDigits } from './short-code.ts';

/** Guesses at one code, whoever makes them. */
const mostCodeAttempts = 5;

export interface OneTimeTokenServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly secret: Secret;
  readonly throttle: ThrottleService;
}

export interface NewToken {
  readonly purpose: TokenPurpose;
  readonly userId: string | null;
  readonly email: string | null;
  readonly lifetimeSeconds: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What somebody got by mail: the token of the link, or the code with the address that it went to. */
export type TokenProof = { readonly token: string } | { readonly email: string; readonly code: string };

/** Makes links and codes that are good for one use, and takes them. Only hashes are kept. */
export class OneTimeTokenService {
  readonly #options: OneTimeTokenServiceOptions;
  readonly #codes: CodeHasher;

  constructor(options: OneTimeTokenServiceOptions) {
    this.#options = options;
    this.#codes = new CodeHasher(options.secret, 'one-time-code');
  }

  /** Makes a token of 256 random bits. */
  async issue(transaction: Transaction, input: NewToken): Promise<string> {
    return (await this.#insert(transaction, input, undefined)).token;
  }

  /** Makes a token and a code of six digits that does the same. */
  async issueWithCode(
    transaction: Transaction,
    input: NewToken & { readonly email: string },
  ): Promise<{ token: string; code: string }> {
    const code = drawDigits();
    return { token: (await this.#insert(transaction, input, code)).token, code };
  }

  /** A live token, left in use: to look at what it is for before it is taken. */
  async find(transaction: Transaction, purposes: readonly TokenPurpose[], token: string): Promise<OneTimeToken> {
    const now = this.#options.clock.now();
    const found = await store.findToken(transaction, { purposes, tokenHash: hashToken(token), now });
    if (found === undefined) throw new OneTimeTokenInvalidError();
    return found;
  }

  /** Takes a live token out of use. */
  async take(transaction: Transaction, purposes: readonly TokenPurpose[], token: string): Promise<OneTimeToken> {
    const now = this.#options.clock.now();
    const taken = await store.takeToken(transaction, { purposes, tokenHash: hashToken(token), now });
    if (taken === undefined) throw new OneTimeTokenInvalidError();
    return taken;
  }

  /**
   * Runs `work` with the token behind a link or code, in one transaction with taking it. Guesses at codes count
   * against the address, known or not, with the numbers of the sign-in; a code bears five of them at most.
   */
  async redeem<Result>(
    purposes: readonly TokenPurpose[],
    proof: TokenProof,
    work: (transaction: Transaction, token: OneTimeToken) => Promise<Result>,
  ): Promise<Result> {
    const { database, throttle } = this.#options;
    if ('token' in proof)
      return database.transaction(undefined, async (transaction) =>
        work(transaction, await this.take(transaction, purposes, proof.token)),
      );
    const email = proof.email.toLowerCase();
    return throttle.attempt(
      { kind: 'code', value: `${purposes[0]}:${email}` },
      (error) => error instanceof CodeInvalidError,
      async () => {
        // Committed before the code is compared: a guess counts whatever becomes of it.
        const id = await this.#matchCode(purposes, email, proof.code);
        return database.transaction(undefined, async (transaction) => {
          const taken = await store.takeTokenById(transaction, id);
          if (taken === undefined) throw new CodeInvalidError();
          return work(transaction, taken);
        });
      },
    );
  }

  /** Removes what nobody can use any more. */
  async removeExpired(): Promise<void> {
    const { database, clock } = this.#options;
    await database.transaction(undefined, (transaction) => store.deleteExpiredTokens(transaction, clock.now()));
  }

  async #insert(transaction: Transaction, input: NewToken, code: string | undefined): Promise<{ token: string }> {
    const now = this.#options.clock.now();
    const token = randomBytes(32).toString('base64url');
    const email = input.email?.toLowerCase() ?? null;
    await store.insertToken(transaction, {
      id: newId(now.getTime()),
      purpose: input.purpose,
      userId: input.userId,
      email,
      data: input.data ?? {},
      tokenHash: hashToken(token),
      codeHash: code === undefined ? null : this.#codes.hash(code, email!),
      now,
      expiresAt: new Date(now.getTime() + input.lifetimeSeconds * 1000),
    });
    return { token };
  }

  async #matchCode(purposes: readonly TokenPurpose[], email: string, code: string): Promise<string> {
    const { database, clock } = this.#options;
    const live = await database.transaction(undefined, (transaction) =>
      store.countCodeAttempt(transaction, { purposes, email, now: clock.now(), mostAttempts: mostCodeAttempts }),
    );
    const given = this.#codes.hash(code, email);
    const match = live.find(({ codeHash }) => timingSafeEqual(codeHash, given));
    if (match === undefined) throw new CodeInvalidError();
    return match.id;
  }
}
