import { ServiceUnavailableError, type Logger } from '@plinth/common';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';

/** How long keys are used without a look at their source. */
const KEYS_LIFETIME_MS = 300_000;
/** The source is asked at most this often, however many tokens name an unknown key. */
const KEYS_COOLDOWN_MS = 5000;
/** How long the last keys are used while their source cannot be reached. */
const KEYS_OUTAGE_MS = 3_600_000;

export type KeySet = ReturnType<typeof createLocalJWKSet>;

export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly load: () => Promise<JSONWebKeySet>;
  readonly now: () => number;
  readonly log: Pick<Logger, 'warn'>;
}

/** The public keys of an issuer: remembered, read again when they are old or one is missing. */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  #keys: KeySet | undefined;
  #loadedAt = 0;
  #failure: { readonly error: ServiceUnavailableError; readonly at: number } | undefined;
  #loading: Promise<KeySet> | undefined;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /** The keys; for an hour the last ones while the issuer is away, then `ServiceUnavailableError`. */
  async get(): Promise<KeySet> {
    const age = this.#options.now() - this.#loadedAt;
    if (this.#keys !== undefined && age < KEYS_LIFETIME_MS) return this.#keys;
    try {
      return await this.#load();
    } catch (error) {
      if (this.#keys === undefined || age >= KEYS_OUTAGE_MS) throw error;
      return this.#keys;
    }
  }

  /** The keys after a token named one that was not among them. */
  async getNewer(): Promise<KeySet> {
    const age = this.#options.now() - this.#loadedAt;
    return this.#keys !== undefined && age < KEYS_COOLDOWN_MS ? this.#keys : this.#load();
  }

  #load(): Promise<KeySet> {
    const { now } = this.#options;
    if (this.#failure !== undefined && now() - this.#failure.at < KEYS_COOLDOWN_MS)
      return Promise.reject(this.#failure.error);
    this.#loading ??= this.#read().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #read(): Promise<KeySet> {
    const { issuer, load, now, log } = this.#options;
    try {
      this.#keys = createLocalJWKSet(await load());
      this.#loadedAt = now();
      this.#failure = undefined;
      return this.#keys;
    } catch (cause) {
      log.warn({ err: cause, issuer }, 'the keys of an issuer cannot be read');
      const error = new ServiceUnavailableError(issuer, cause);
      this.#failure = { error, at: now() };
      throw error;
    }
  }
}
