import { Cipher, newId, type Clock, type Database, type Secret } from '@plinth/common';
import { exportJWK, generateKeyPair } from 'jose';
import { graceDays, signingDays, type PublicKey, type SigningKey } from './signing-key.ts';
import * as store from './signing-key.store.ts';

const algorithm = 'RS256';
const day = 24 * 3600 * 1000;
const rememberedMs = 60_000;

/** Makes, rotates and publishes the keys that sign the platform's tokens. */
export class SigningKeyService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #cipher: Cipher;
  #known: { keys: SigningKey[]; until: number } | undefined;

  constructor(database: Database, clock: Clock, secret: Secret) {
    this.#database = database;
    this.#clock = clock;
    this.#cipher = new Cipher(secret, 'signing-key');
  }

  /** The key that signs now. Makes one where there is none or the last one has retired. */
  async getCurrent(): Promise<SigningKey> {
    const [newest] = await this.#load();
    if (newest !== undefined && newest.retiresAt > this.#clock.now()) return newest;
    await this.#ensureCurrent();
    return (await this.#load())[0]!;
  }

  /** Every key that may be in use, the one that signs first. */
  async list(): Promise<SigningKey[]> {
    await this.getCurrent();
    return this.#load();
  }

  /** Public parts of the keys that may be in use (RFC 7517). */
  async listPublic(): Promise<PublicKey[]> {
    return (await this.list()).map((key) => key.publicKey);
  }

  /** Retires the key that signs; a new one takes its place, and the old one verifies for another day. */
  async rotate(): Promise<void> {
    const now = this.#clock.now();
    await this.#database.transaction(undefined, async (transaction) => {
      await store.retireSigningKeys(transaction, now, new Date(now.getTime() + graceDays * day));
      transaction.audit({ action: 'signing_key.rotated', resourceType: 'signing_key', resourceId: 'all' });
    });
    this.#known = undefined;
    await this.getCurrent();
  }

  async removeExpired(): Promise<void> {
    await this.#database.transaction(undefined, (transaction) =>
      store.deleteExpiredSigningKeys(transaction, this.#clock.now()),
    );
  }

  async #load(): Promise<SigningKey[]> {
    const now = this.#clock.now();
    if (this.#known !== undefined && this.#known.until > now.getTime()) return this.#known.keys;
    const rows = await this.#database.transaction(undefined, (transaction) => store.listSigningKeys(transaction, now));
    const keys = rows.map((row) => ({
      id: row.id,
      algorithm: row.algorithm,
      publicKey: row.publicKey,
      privateKey: JSON.parse(this.#cipher.decrypt(row.privateKey, row.id)) as PublicKey,
      retiresAt: row.retiresAt,
    }));
    if (keys.length > 0) this.#known = { keys, until: now.getTime() + rememberedMs };
    return keys;
  }

  async #ensureCurrent(): Promise<void> {
    // Made before the lock is taken: it costs a tenth of a second.
    const pair = await generateKeyPair(algorithm, { modulusLength: 2048, extractable: true });
    const now = this.#clock.now();
    const id = newId(now.getTime());
    const common = { kid: id, alg: algorithm, use: 'sig' };
    const privateKey = { ...(await exportJWK(pair.privateKey)), ...common };
    const publicKey = { ...(await exportJWK(pair.publicKey)), ...common };
    await this.#database.transaction(undefined, async (transaction) => {
      await store.lockSigningKeys(transaction);
      const [newest] = await store.listSigningKeys(transaction, now);
      if (newest !== undefined && newest.retiresAt > now) return;
      const retiresAt = new Date(now.getTime() + signingDays * day);
      await store.insertSigningKey(transaction, {
        id,
        algorithm,
        publicKey,
        privateKey: this.#cipher.encrypt(JSON.stringify(privateKey), id),
        createdAt: now,
        retiresAt,
        expiresAt: new Date(retiresAt.getTime() + graceDays * day),
      });
    });
    this.#known = undefined;
  }
}
