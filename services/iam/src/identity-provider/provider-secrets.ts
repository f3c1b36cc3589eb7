import { Cipher, type Secret } from '@plinth/common';
import type { StoredProvider } from './identity-provider.store.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** A provider that is ready to be used. */
export interface ReadyProvider {
  readonly provider: IdentityProvider;
  /** Client secret or private key. */
  readonly secret: string | undefined;
}

/** Keeps the secrets of providers encrypted, each bound to its provider. */
export class ProviderSecrets {
  readonly #cipher: Cipher;

  constructor(secret: Secret) {
    this.#cipher = new Cipher(secret, 'identity-provider');
  }

  encrypt(id: string, secret: string | undefined): Buffer | null {
    return secret === undefined ? null : this.#cipher.encrypt(secret, id);
  }

  toReady({ secret, ...provider }: StoredProvider): ReadyProvider {
    return { provider, secret: secret === null ? undefined : this.#cipher.decrypt(secret, provider.id) };
  }
}
