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
  type PlanLimits,
} from '@plinth/common';
import { z } from 'zod';
import type { ThrottleService } from '../authentication/throttle.service.ts';
import { resolveCreator } from '../membership/membership.service.ts';
import { ExpiryPastError, KeyEndedError, ScopeNotHeldError, TokenNarrowedError } from './api-key.errors.ts';
import { narrowToCreator, type ApiKey } from './api-key.ts';
import * as store from './api-key.store.ts';
import { GuessGuard } from './guess-guard.ts';
import { generateApiKey, hashApiKey, isApiKey } from './key-format.ts';
import { UseLog } from './use-log.ts';

export interface CreateApiKey {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly expiresAt?: string | undefined;
  readonly rateLimit: number | null;
}

export interface ApiKeyServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly throttle: ThrottleService;
  readonly limits: PlanLimits;
}

/** Makes, rotates, revokes and verifies API keys. */
export class ApiKeyService {
  readonly #options: ApiKeyServiceOptions;
  readonly #guard: GuessGuard;
  readonly #uses: UseLog;

  constructor(options: ApiKeyServiceOptions) {
    this.#options = options;
    this.#guard = new GuessGuard(options.throttle);
    this.#uses = new UseLog(options.log, (uses) =>
      options.database.platformTransaction((transaction) => store.updateLastUsed(transaction, uses)),
    );
  }

  /** Makes a key for the caller's tenant. The key itself is returned this once and kept nowhere. */
  async createKey(caller: Principal, input: CreateApiKey): Promise<{ key: string; apiKey: ApiKey }> {
    const createdBy = assertMayHandOut(caller, input.scopes);
    const { database, clock, limits } = this.#options;
    const now = clock.now();
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
      rateLimit: input.rateLimit,
      rotatedAt: null,
      overlapUntil: null,
      lastUsedAt: null,
    };
    const tenantId = caller.tenant!;
    await database.transaction(tenantId, async (transaction) => {
      await limits.assertRoom(tenantId, 'apiKeys', () => store.countLiveApiKeys(transaction, now));
      await store.insertApiKey(transaction, {
        ...apiKey,
        tenantId,
        organizationId: caller.organization ?? null,
        hash,
      });
      transaction.audit({ action: 'api_key.created', resourceType: 'api_key', resourceId: apiKey.id, after: apiKey });
    });
    return { key, apiKey };
  }

  async listKeys(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<ApiKey>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
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
    const apiKey = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findApiKey(transaction, id),
    );
    if (apiKey === undefined) throw new NotFoundError('API key', id);
    return apiKey;
  }

  /** Changes what does not widen what the key may do. */
  async updateKey(
    caller: Principal,
    id: string,
    change: { readonly name?: string | undefined; readonly rateLimit?: number | null | undefined },
  ): Promise<ApiKey> {
    userIdOf(caller);
    return this.#change(caller.tenant!, id, async (transaction, before) => {
      const { name = before.name, rateLimit = before.rateLimit } = change;
      const after: ApiKey = { ...before, name, rateLimit };
      await store.updateApiKey(transaction, after);
      transaction.audit({ action: 'api_key.updated', resourceType: 'api_key', resourceId: id, before, after });
      return after;
    });
  }

  /** Gives a key another secret. Whoever gets it holds everything that the key may do. */
  async rotateKey(caller: Principal, id: string, overlapSeconds: number): Promise<{ key: string; apiKey: ApiKey }> {
    userIdOf(caller);
    const now = this.#options.clock.now();
    const { key, prefix, hash } = generateApiKey();
    const apiKey = await this.#change(caller.tenant!, id, async (transaction, before) => {
      assertMayHandOut(caller, before.scopes);
      if (before.revokedAt !== null || (before.expiresAt !== null && before.expiresAt <= now))
        throw new KeyEndedError(id);
      const overlapUntil = overlapSeconds === 0 ? null : new Date(now.getTime() + overlapSeconds * 1000);
      const after: ApiKey = { ...before, prefix, rotatedAt: now, overlapUntil };
      await store.replaceSecret(transaction, { ...after, hash });
      transaction.audit({ action: 'api_key.rotated', resourceType: 'api_key', resourceId: id, before, after });
      return after;
    });
    return { key, apiKey };
  }

  /** Revokes a key with every secret of it. A revoked one stays revoked. */
  async revokeKey(tenantId: string, id: string): Promise<void> {
    await this.#change(tenantId, id, async (transaction, before) => {
      if (!(await store.revokeApiKey(transaction, id, this.#options.clock.now()))) return before;
      transaction.audit({ action: 'api_key.revoked', resourceType: 'api_key', resourceId: id, before });
      return before;
    });
  }

  /**
   * The caller behind a key; undefined when it is unknown, expired or revoked. `ip` is where it came from; who sends
   * keys that never were any waits as somebody who guesses passwords does.
   */
  async authenticate(key: string, ip: string | undefined): Promise<Principal | undefined> {
    if (!isApiKey(key)) return undefined;
    const hash = hashApiKey(key);
    if (ip !== undefined) await this.#guard.assertMayTry(ip, hash);
    const now = this.#options.clock.now();
    const found = await this.#options.database.platformTransaction(async (transaction) => {
      const live = await store.findApiKeyByHash(transaction, hash, now);
      if (live === undefined || live === 'ended') return live;
      return { live, creator: await resolveCreator(transaction, live.createdBy, live.tenantId) };
    });
    if (found === undefined && ip !== undefined) await this.#guard.noteGuess(ip);
    if (found === undefined || found === 'ended') return undefined;
    if (ip !== undefined) this.#guard.noteAccepted(ip, hash);
    const { live, creator } = found;
    this.#uses.note(live.id, now);
    return {
      kind: 'api-key',
      subject: live.id,
      tenant: live.tenantId,
      ...(live.organizationId === null ? {} : { organization: live.organizationId }),
      roles: [],
      ...(live.rateLimit === null ? {} : { rateLimit: live.rateLimit }),
      ...narrowToCreator(live.scopes, creator),
    };
  }

  /** Writes what is known of last uses. */
  flushUses(): Promise<void> {
    return this.#uses.flush();
  }

  #change(
    tenantId: string,
    id: string,
    work: (transaction: Parameters<typeof store.updateApiKey>[0], before: ApiKey) => Promise<ApiKey>,
  ): Promise<ApiKey> {
    return this.#options.database.transaction(tenantId, async (transaction) => {
      const before = await store.findApiKeyForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('API key', id);
      return work(transaction, before);
    });
  }
}

/** Id of the person who asks for a secret that stands for the scopes: they are signed in and hold them all. */
function assertMayHandOut(caller: Principal, scopes: readonly Permission[]): string {
  const userId = userIdOf(caller);
  if (caller.scopes !== undefined) throw new TokenNarrowedError();
  const missing = scopes.filter((scope) => !hasPermission(caller, scope));
  if (missing.length > 0) throw new ScopeNotHeldError(missing);
  return userId;
}
