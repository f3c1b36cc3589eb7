import { sqlStateOf, type Cipher, type Clock, type Database, type Transaction } from '@plinth/common';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { hashToken } from '../session/session-cookie.ts';
import * as store from './artifact.store.ts';
import * as grants from './grant.store.ts';

/** Kinds that are issued under a grant and end with it. */
const grantable = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode']);
const tokens = new Set(['AccessToken', 'ClientCredentials']);
const foreignKeyViolation = '23503';

export interface AdapterOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly cipher: Cipher;
  /** The id of the access token that the running request showed in its signed form. */
  readonly verifiedTokenId: () => string | undefined;
  /** The error for what was used or revoked by somebody else at the same moment. */
  readonly alreadyUsed: () => Error;
}

/** What a grant is for, beyond what the library keeps of it. */
export interface GrantContext {
  readonly type: 'urn:plinth:grant';
  readonly session: string;
  readonly tenant: string | null;
}

/** Keeps codes, tokens and interactions in PostgreSQL: found by hash, encrypted, used once. */
export class ArtifactAdapter implements Adapter {
  readonly #kind: string;
  readonly #options: AdapterOptions;

  constructor(kind: string, options: AdapterOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { database, clock, alreadyUsed } = this.#options;
    const now = clock.now();
    const idHash = hashToken(id);
    const { grantId, userCode } = payload;
    await database
      .transaction(undefined, (transaction) =>
        store.saveArtifact(transaction, {
          kind: this.#kind,
          idHash,
          grantHash: grantable.has(this.#kind) && grantId !== undefined ? hashToken(grantId) : null,
          clientId: payload.clientId ?? null,
          userCodeHash: userCode === undefined ? null : hashToken(userCode),
          scope: payload.scope ?? null,
          payload: encrypt(this.#options.cipher, this.#kind, idHash, payload),
          now,
          expiresAt: new Date(now.getTime() + expiresIn * 1000),
        }),
      )
      .catch((error: unknown) => {
        throw sqlStateOf(error) === foreignKeyViolation ? alreadyUsed() : error;
      });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    // Access tokens are signed outside of here; the id in one is no credential.
    if (tokens.has(this.#kind) && this.#options.verifiedTokenId() !== id) return undefined;
    return this.#read((transaction) => store.findArtifact(transaction, this.#kind, hashToken(id)));
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#read((transaction) => store.findArtifactByUserCode(transaction, hashToken(userCode)));
  }

  async findByUid(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const { database, clock, alreadyUsed } = this.#options;
    const idHash = hashToken(id);
    const consumed = await database.transaction(undefined, async (transaction) => {
      if (await store.consumeArtifact(transaction, this.#kind, idHash, clock.now())) return true;
      // Two that use it at once are two that have it: one of them stole it.
      await store.deleteGrantOf(transaction, this.#kind, idHash);
      return false;
    });
    if (!consumed) throw alreadyUsed();
  }

  async destroy(id: string): Promise<void> {
    await this.#options.database.transaction(undefined, (transaction) =>
      store.deleteArtifact(transaction, this.#kind, hashToken(id)),
    );
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#options.database.transaction(undefined, (transaction) =>
      store.deleteArtifactsOfGrant(transaction, this.#kind, hashToken(grantId)),
    );
  }

  async #read(
    look: (transaction: Transaction) => Promise<store.ArtifactRow | undefined>,
  ): Promise<AdapterPayload | undefined> {
    const row = await this.#options.database.transaction(undefined, look);
    if (row === undefined) return undefined;
    const payload = decrypt(this.#options.cipher, this.#kind, row.idHash, row.payload);
    return row.consumedAt === null ? payload : { ...payload, consumed: Math.floor(row.consumedAt.getTime() / 1000) };
  }
}

/** Keeps grants: what one user let one client do in one session. */
export class GrantAdapter implements Adapter {
  readonly #options: AdapterOptions;

  constructor(options: AdapterOptions) {
    this.#options = options;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const { database, clock, cipher, alreadyUsed } = this.#options;
    const context = payload.rar?.[0] as unknown as GrantContext;
    const now = clock.now();
    const idHash = hashToken(id);
    await database
      .transaction(undefined, (transaction) =>
        grants.saveGrant(transaction, {
          idHash,
          clientId: payload.clientId!,
          sessionId: context.session,
          payload: encrypt(cipher, 'Grant', idHash, payload),
          now,
          expiresAt: new Date(now.getTime() + expiresIn * 1000),
        }),
      )
      // The session has ended meanwhile.
      .catch((error: unknown) => {
        throw sqlStateOf(error) === foreignKeyViolation ? alreadyUsed() : error;
      });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const idHash = hashToken(id);
    const row = await this.#options.database.transaction(undefined, (transaction) =>
      grants.findGrant(transaction, idHash),
    );
    return row === undefined ? undefined : decrypt(this.#options.cipher, 'Grant', idHash, row.payload);
  }

  async destroy(id: string): Promise<void> {
    await this.#options.database.transaction(undefined, (transaction) =>
      grants.deleteGrant(transaction, hashToken(id)),
    );
  }

  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

function encrypt(cipher: Cipher, kind: string, idHash: Buffer, payload: AdapterPayload): Buffer {
  return cipher.encrypt(JSON.stringify(payload), `${kind}:${idHash.toString('hex')}`);
}

function decrypt(cipher: Cipher, kind: string, idHash: Buffer, value: Buffer): AdapterPayload {
  return JSON.parse(cipher.decrypt(value, `${kind}:${idHash.toString('hex')}`)) as AdapterPayload;
}
