import type { Principal } from '@plinth/contracts';
import {
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  TenantRequiredError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { assertPlatformAdministrator } from '../role/custom-role.service.ts';
import type { RoleService } from '../role/role.service.ts';
import { completeSettings } from './complete-settings.ts';
import { ProviderDeclaredError } from './identity-provider.errors.ts';
import * as store from './identity-provider.store.ts';
import type { StoredProvider } from './identity-provider.store.ts';
import type { IdentityProvider, ProviderRealm, ProviderRules } from './identity-provider.ts';
import { auditProvider, showProvider, type ShownProvider } from './provider-audit.ts';
import { checkProvider, mayKeepSecret } from './provider-rules.ts';
import type { ProviderSecrets, ReadyProvider } from './provider-secrets.ts';
import type { GivenSettings } from './provider-settings.ts';

export interface IdentityProviderServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: ProviderSecrets;
  readonly roles: RoleService;
  /** Whether tenants may name hosts that are not on the public internet. */
  readonly allowPrivate: boolean;
  /** Fetches for a tenant, or for the operator. */
  readonly fetchText: (url: string, tenantId: string | null) => Promise<string>;
}

/** A provider as somebody wants it. */
export interface GivenProvider extends ProviderRules {
  readonly settings: GivenSettings;
}

type ProviderChange = { readonly [Field in keyof GivenProvider]?: GivenProvider[Field] | undefined };

/** Administers where people may sign in besides here. */
export class IdentityProviderService {
  readonly #options: IdentityProviderServiceOptions;
  readonly #secrets: ProviderSecrets;

  constructor(options: IdentityProviderServiceOptions) {
    this.#options = options;
    this.#secrets = options.secrets;
  }

  async list(
    caller: Principal,
    realm: ProviderRealm,
    query: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<ShownProvider>> {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]))?.[0];
    const rows = await this.#in(caller, realm, (transaction, tenantId) =>
      store.listProviders(transaction, { tenantId, after, limit: query.limit + 1 }),
    );
    return toPage(rows, query.limit, (provider) => [provider.id], showProvider);
  }

  async get(caller: Principal, realm: ProviderRealm, id: string): Promise<ShownProvider> {
    return showProvider(await this.#find(caller, realm, id));
  }

  /** The provider with its secret, to look whether it works. */
  async getReady(caller: Principal, realm: ProviderRealm, id: string): Promise<ReadyProvider> {
    return this.#secrets.toReady(await this.#find(caller, realm, id));
  }

  async create(caller: Principal, realm: ProviderRealm, given: GivenProvider): Promise<ShownProvider> {
    const now = this.#options.clock.now();
    const tenantId = tenantOf(caller, realm);
    const { settings, secret } = await completeSettings(given.settings, this.#fetcherOf(tenantId));
    const id = newId(now.getTime());
    const provider: StoredProvider = {
      ...given,
      id,
      tenantId,
      organizationId: realm === 'tenant' ? (caller.organization ?? null) : null,
      origin: 'administered',
      settings,
      secret: this.#secrets.encrypt(id, secret),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    this.#assertSound(provider, secret);
    return this.#in(caller, realm, async (transaction) => {
      await this.#assertMayDecide(transaction, caller, provider);
      await store.saveProvider(transaction, provider);
      auditProvider(transaction, 'created', { after: provider });
      return showProvider(provider);
    });
  }

  async update(
    caller: Principal,
    realm: ProviderRealm,
    target: { readonly id: string; readonly version: number | undefined },
    change: ProviderChange,
  ): Promise<ShownProvider> {
    const tenantId = tenantOf(caller, realm);
    // Before the transaction: metadata may have to be fetched.
    const completed =
      change.settings === undefined ? undefined : await completeSettings(change.settings, this.#fetcherOf(tenantId));
    return this.#in(caller, realm, async (transaction) => {
      const before = await this.#lock(transaction, tenantId, target.id);
      if (target.version !== undefined && target.version !== before.version) throw new VersionMismatchError();
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const settings = completed?.settings ?? before.settings;
      if (settings.kind !== before.settings.kind)
        throw new InvalidInputError([{ path: '/settings/kind', message: `must stay ${before.settings.kind}` }]);
      const kept = mayKeepSecret(before.settings, settings) ? this.#secrets.toReady(before).secret : undefined;
      const secret = completed?.secret ?? kept;
      const after: StoredProvider = {
        ...before,
        ...(given as Partial<ProviderRules>),
        settings,
        secret: this.#secrets.encrypt(before.id, secret),
        version: before.version + 1,
        updatedAt: this.#options.clock.now(),
      };
      this.#assertSound(after, secret);
      await this.#assertMayDecide(transaction, caller, after);
      await store.saveProvider(transaction, after);
      auditProvider(transaction, 'updated', { before, after });
      return showProvider(after);
    });
  }

  async delete(caller: Principal, realm: ProviderRealm, id: string): Promise<void> {
    const tenantId = tenantOf(caller, realm);
    await this.#in(caller, realm, async (transaction) => {
      const before = await this.#lock(transaction, tenantId, id);
      await store.deleteProvider(transaction, before);
      auditProvider(transaction, 'deleted', { before });
    });
  }

  /** The provider that somebody wants to sign in by, whosever it is. Throws when there is none that is enabled. */
  async getForSignIn(id: string): Promise<ReadyProvider> {
    const found = await this.#options.database.platformTransaction((transaction) =>
      store.findEnabledProvider(transaction, id),
    );
    if (found === undefined) throw new NotFoundError('identity provider', id);
    return this.#secrets.toReady(found);
  }

  /**
   * Whoever decides on a tenant's provider decides who its people are, and so can become each of them: it takes an
   * administrator. Nobody lets others join with more than they may give themselves.
   */
  async #assertMayDecide(transaction: Transaction, caller: Principal, provider: IdentityProvider): Promise<void> {
    if (provider.tenantId === null) return;
    const { roles } = this.#options;
    const { joinRole } = provider;
    if (joinRole !== null) await roles.assertMayGiveRoles(transaction, caller, [joinRole], '/joinRole');
    await roles.assertMayGiveRoles(transaction, caller, ['org_admin']);
  }

  #assertSound(provider: IdentityProvider, secret: string | undefined): void {
    const allowPrivate = provider.tenantId === null || this.#options.allowPrivate;
    const faults = checkProvider({ provider, secret, allowPrivate });
    if (faults.length > 0) throw new InvalidInputError(faults);
  }

  async #find(caller: Principal, realm: ProviderRealm, id: string): Promise<StoredProvider> {
    const found = await this.#in(caller, realm, (transaction, tenantId) =>
      store.findProviderOf(transaction, tenantId, id),
    );
    if (found === undefined) throw new NotFoundError('identity provider', id);
    return found;
  }

  async #lock(transaction: Transaction, tenantId: string | null, id: string): Promise<StoredProvider> {
    const found = await store.lockProviderOf(transaction, tenantId, id);
    if (found === undefined) throw new NotFoundError('identity provider', id);
    if (found.origin === 'declared') throw new ProviderDeclaredError(id);
    return found;
  }

  #fetcherOf(tenantId: string | null): (url: string) => Promise<string> {
    return (url) => this.#options.fetchText(url, tenantId);
  }

  async #in<Result>(
    caller: Principal,
    realm: ProviderRealm,
    work: (transaction: Transaction, tenantId: string | null) => Promise<Result>,
  ): Promise<Result> {
    const tenantId = tenantOf(caller, realm);
    const { database } = this.#options;
    if (tenantId !== null) return database.transaction(tenantId, (transaction) => work(transaction, tenantId));
    return database.platformTransaction((transaction) => work(transaction, null));
  }
}

/** The tenant whose providers the caller asks for; null: those of the platform. Throws when they may not. */
function tenantOf(caller: Principal, realm: ProviderRealm): string | null {
  if (realm === 'platform') {
    assertPlatformAdministrator(caller);
    return null;
  }
  if (caller.tenant === undefined) throw new TenantRequiredError();
  return caller.tenant;
}
