import { Cipher } from '@plinth/common';
import type { IncomingMessage } from 'node:http';
import type { Adapter, AdapterPayload, Configuration, Provider } from 'oidc-provider';
import type { ClientService } from '../client/client.service.ts';
import type { IamCore } from '../core.ts';
import { ArtifactAdapter, GrantAdapter, type AdapterOptions } from './adapter.ts';
import { buildConfiguration } from './provider-configuration.ts';
import { amendAnswers } from './provider-answers.ts';
import { ReadOnlyAdapter, toClientPayload, toServiceAccountPayload, toSessionPayload } from './read-only-adapter.ts';
import { createSecretComparison } from './secret-comparison.ts';
import type { FindServiceAccount } from './service-account.ts';
import type { Library } from './library.ts';

export interface ProviderServiceOptions {
  readonly core: IamCore;
  readonly clients: ClientService;
  readonly findServiceAccount: FindServiceAccount;
}

/**
 * The OpenID provider, made by the first request that needs it: the library costs start-up time and memory that most
 * laptops never need. It is made anew when a signing key is; everything that lasts is in the database.
 */
export class ProviderService {
  readonly #options: ProviderServiceOptions;
  readonly #cipher: Cipher;
  readonly #verified = new WeakMap<IncomingMessage, string>();
  #library: Promise<Library> | undefined;
  #made:
    | { readonly provider: Provider; readonly handle: ReturnType<Provider['callback']>; readonly keys: string }
    | undefined;

  constructor(options: ProviderServiceOptions) {
    this.#options = options;
    this.#cipher = new Cipher(options.core.config.secret, 'openid');
  }

  /** The library, for its errors and models. */
  load(): Promise<Library> {
    return (this.#library ??= import('oidc-provider'));
  }

  async get(): Promise<Provider> {
    const [library, keys] = await Promise.all([this.load(), this.#options.core.keys.list()]);
    const ids = keys.map((key) => key.id).join(' ');
    if (this.#made?.keys !== ids) {
      const jwks = { keys: keys.map((key) => ({ ...key.privateKey })) } as NonNullable<Configuration['jwks']>;
      const provider = this.#make(library, jwks);
      this.#made = { provider, handle: provider.callback(), keys: ids };
    }
    return this.#made.provider;
  }

  /** Answers requests on bare responses. */
  async handler(): Promise<ReturnType<Provider['callback']>> {
    await this.get();
    return this.#made!.handle;
  }

  /** Notes that a request showed an access token with this id, and that its signature was ours. */
  noteVerifiedToken(request: IncomingMessage, tokenId: string): void {
    this.#verified.set(request, tokenId);
  }

  #make(library: Library, jwks: NonNullable<Configuration['jwks']>): Provider {
    const { core } = this.#options;
    const provider = new library.Provider(core.issuer, {
      ...buildConfiguration(core, library),
      jwks,
      adapter: (kind) => this.#createAdapter(kind, library),
    });
    // Who is asked for, and by which scheme, is said by the plugin that mounts it, never by the client.
    provider.proxy = true;
    provider.Client.prototype.compareClientSecret = createSecretComparison(core.throttle, library);
    const report = (error: Error): void => core.log.error({ err: error }, 'the OpenID provider failed');
    provider.on('server_error', (_ctx, error) => report(error));
    // Of Koa, which its types do not name: what fails outside of the library's own handlers.
    provider.on('error' as 'server_error', ((error: Error) => report(error)) as never);
    amendAnswers(provider, core);
    return provider;
  }

  #createAdapter(kind: string, library: Library): Adapter {
    const { database, clock, sessions } = this.#options.core;
    const options: AdapterOptions = {
      database,
      clock,
      cipher: this.#cipher,
      verifiedTokenId: () => {
        const request = library.Provider.ctx?.req;
        return request === undefined ? undefined : this.#verified.get(request);
      },
      alreadyUsed: () => new library.errors.InvalidGrant('it was used or revoked already'),
    };
    if (kind === 'Grant') return new GrantAdapter(options);
    if (kind === 'Client') return new ReadOnlyAdapter((id) => this.#findClient(id));
    if (kind !== 'Session') return new ArtifactAdapter(kind, options);
    return new ReadOnlyAdapter(async (id) => {
      const session = await sessions.findById(id);
      return session === undefined || session.pending ? undefined : toSessionPayload(session);
    });
  }

  async #findClient(id: string): Promise<AdapterPayload | undefined> {
    const { core, clients, findServiceAccount } = this.#options;
    // PostgreSQL takes no zero bytes; nothing longer is an id.
    if (!/^[\x21-\x7e]{1,200}$/.test(id)) return undefined;
    const known = await clients.findClient(id);
    if (known !== undefined) return toClientPayload(known);
    const account = await core.database.platformTransaction((transaction) => findServiceAccount(transaction, id));
    return account === undefined ? undefined : toServiceAccountPayload(id, account);
  }
}
