import type { Permission, Principal } from '@plinth/contracts';
import {
  NotFoundError,
  decodeCursor,
  hasPermission,
  newId,
  toPage,
  userIdOf,
  type Clock,
  type Database,
  type Logger,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import { permissionsOf } from '../role/role.ts';
import { ExpiryPastError, ScopeNotHeldError } from './api-key.errors.ts';
import type { ApiKey } from './api-key.ts';
import * as store from './api-key.store.ts';
import { generateApiKey, hashApiKey, isApiKey } from './key-format.ts';

export interface CreateApiKey {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly expiresAt?: string | undefined;
}

const lastUsedFlushMs = 10_000;

/** Makes, revokes and verifies API keys. */
export class ApiKeyService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  #uses = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, clock: Clock, log: Logger) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  /** Makes a key for the caller's tenant. The key itself is returned this once and kept nowhere. */
  async createKey(caller: Principal, input: CreateApiKey): Promise<{ key: string; apiKey: ApiKey }> {
    const createdBy = userIdOf(caller);
    const tooMuch = input.scopes.filter((scope) => !hasPermission(caller, scope));
    if (tooMuch.length > 0) throw new ScopeNotHeldError(tooMuch);
    const now = this.#clock.now();
    const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
    if (expiresAt !== null && expiresAt <= now) throw new ExpiryPastError();
    const { key, prefix, hash } = generateApiKey();
    const apiKey: ApiKey = {
      id: newId(now.getTime()),
      name: input.name,
      prefix,
      scopes: [...new Set(input.scopes)].sort(),
      createdBy,
      createdAt: now,
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    };
    await this.#database.transaction(caller.tenant, async (transaction) => {
      await store.insertApiKey(transaction, {
        ...apiKey,
        tenantId: caller.tenant!,
        organizationId: caller.organization ?? null,
        hash,
      });
      transaction.audit({ action: 'api_key.created', resourceType: 'api_key', resourceId: apiKey.id, after: apiKey });
    });
    return { key, apiKey };
  }

  async listKeys(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<ApiKey>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listApiKeys(transaction, { after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (apiKey) => [apiKey.id],
      (apiKey) => apiKey,
    );
  }

  async getKey(tenantId: string, id: string): Promise<ApiKey> {
    const apiKey = await this.#database.transaction(tenantId, (transaction) => store.findApiKey(transaction, id));
    if (apiKey === undefined) throw new NotFoundError('API key', id);
    return apiKey;
  }

  /** Revokes a key. A revoked one stays revoked. */
  async revokeKey(tenantId: string, id: string): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findApiKey(transaction, id);
      if (before === undefined) throw new NotFoundError('API key', id);
      if (!(await store.revokeApiKey(transaction, id, this.#clock.now()))) return;
      transaction.audit({ action: 'api_key.revoked', resourceType: 'api_key', resourceId: id, before });
    });
  }

  /** The caller behind a key; undefined when it is unknown, expired or revoked. */
  async authenticate(key: string): Promise<Principal | undefined> {
    if (!isApiKey(key)) return undefined;
    const live = await this.#database.platformTransaction((transaction) =>
      store.findLiveApiKey(transaction, hashApiKey(key)),
    );
    if (live === undefined) return undefined;
    this.#noteUse(live.id);
    // A key never does more than its creator may do now, whatever they could do when they made it.
    const held = permissionsOf(live.creatorRoles);
    return {
      kind: 'api-key',
      subject: live.id,
      tenant: live.tenantId,
      ...(live.organizationId === null ? {} : { organization: live.organizationId }),
      roles: [],
      scopes: live.scopes.filter((scope) => held.has(scope)),
    };
  }

  /** Writes what is known of last uses. A failure is logged: it must not refuse a request. */
  async flushUses(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    try {
      await this.#database.platformTransaction((transaction) => store.updateLastUsed(transaction, uses));
    } catch (error) {
      this.#log.warn({ err: error }, 'the last use of API keys was not written');
    }
  }

  #noteUse(id: string): void {
    this.#uses.set(id, this.#clock.now());
    this.#timer ??= setTimeout(() => void this.flushUses(), lastUsedFlushMs).unref();
  }
}
