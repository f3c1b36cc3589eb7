import { isDeepStrictEqual } from 'node:util';
import { OutboundRequestFailedError, type Clock, type Database, type Logger, type Transaction } from '@plinth/common';
import { completeSettings } from './complete-settings.ts';
import { MetadataInvalidError } from './identity-provider.errors.ts';
import * as store from './identity-provider.store.ts';
import type { StoredProvider } from './identity-provider.store.ts';
import type { ProviderRules } from './identity-provider.ts';
import { auditProvider } from './provider-audit.ts';
import type { ProviderSecrets } from './provider-secrets.ts';
import type { GivenSettings, ProviderSettings } from './provider-settings.ts';

/** A provider that the operator's file asks for. */
export interface DeclaredProvider extends ProviderRules {
  readonly id: string;
  readonly settings: GivenSettings;
}

type CompleteProvider = ProviderRules & {
  readonly id: string;
  readonly settings: ProviderSettings;
  readonly secret: string | undefined;
};

export interface DeclaredProviderServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secrets: ProviderSecrets;
  readonly fetchText: (url: string) => Promise<string>;
}

/** Keeps the providers of the operator's file as the file says. */
export class DeclaredProviderService {
  readonly #options: DeclaredProviderServiceOptions;

  constructor(options: DeclaredProviderServiceOptions) {
    this.#options = options;
  }

  /**
   * Brings the providers of the operator's file up to date; those that left it go. One whose metadata cannot be read
   * stays as it was, and comes as soon as it can: nothing waits for somebody else's server.
   */
  async declare(declared: readonly DeclaredProvider[]): Promise<void> {
    const completed = await Promise.all(declared.map((given) => this.#complete(given)));
    await this.#options.database.platformTransaction(async (transaction) => {
      await store.lockDeclaredProviders(transaction);
      const before = new Map((await store.listDeclaredProviders(transaction)).map((one) => [one.id, one]));
      for (const given of completed)
        if (given !== undefined) await this.#declareOne(transaction, given, before.get(given.id));
      const ids = new Set(declared.map(({ id }) => id));
      for (const gone of before.values()) {
        if (ids.has(gone.id)) continue;
        await store.deleteProvider(transaction, gone);
        auditProvider(transaction, 'deleted', { before: gone });
      }
    });
  }

  async #complete(given: DeclaredProvider): Promise<CompleteProvider | undefined> {
    const { fetchText, log } = this.#options;
    try {
      return { ...given, ...(await completeSettings(given.settings, fetchText)) };
    } catch (error) {
      if (!(error instanceof OutboundRequestFailedError) && !(error instanceof MetadataInvalidError)) throw error;
      log.warn({ err: error, provider: given.id }, 'the metadata of a declared identity provider cannot be read');
      return undefined;
    }
  }

  async #declareOne(
    transaction: Transaction,
    given: CompleteProvider,
    before: StoredProvider | undefined,
  ): Promise<void> {
    const now = this.#options.clock.now();
    const after: StoredProvider = {
      ...given,
      tenantId: null,
      organizationId: null,
      origin: 'declared',
      secret: this.#options.secrets.encrypt(given.id, given.secret),
      version: (before?.version ?? 0) + 1,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
    if (before !== undefined && isDeepStrictEqual(this.#factsOf(before), this.#factsOf(after))) return;
    await store.saveProvider(transaction, after);
    auditProvider(transaction, before === undefined ? 'created' : 'updated', { ...(before && { before }), after });
  }

  /** What makes one provider another. */
  #factsOf(stored: StoredProvider): unknown {
    const { version: _version, createdAt: _created, updatedAt: _updated, ...facts } = stored;
    // As the database gives it back: without fields that are undefined.
    return JSON.parse(JSON.stringify({ ...facts, secret: this.#options.secrets.toReady(stored).secret }));
  }
}
