import type { Principal } from '@plinth/contracts';
import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  userIdOf,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { generateApiKey } from '../api-key/key-format.ts';
import { listGrantsOfServiceAccount } from '../membership/membership.store.ts';
import { assertMayGive } from '../role/authority.ts';
import type { Places } from '../role/place.ts';
import { builtInRole, isBuiltInRole } from '../role/role.ts';
import { ServiceAccountDisabledError } from './service-account.errors.ts';
import type { ServiceAccount, ServiceAccountSecret } from './service-account.ts';
import * as store from './service-account.store.ts';

export type ServiceAccountSettings = Pick<ServiceAccount, 'name' | 'description' | 'publicKeys'>;

/** Keeps the service accounts of tenants. Whoever gets hold of what an account signs in with holds what it holds. */
export class ServiceAccountService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #places: Places;

  constructor(database: Database, clock: Clock, places: Places) {
    this.#database = database;
    this.#clock = clock;
    this.#places = places;
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<ServiceAccount>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listServiceAccounts(transaction, { after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (account) => [account.id],
      (account) => account,
    );
  }

  async get(tenantId: string, id: string): Promise<{ account: ServiceAccount; secrets: ServiceAccountSecret[] }> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const account = await store.findServiceAccount(transaction, id);
      if (account === undefined) throw new NotFoundError('service account', id);
      const secrets = await store.listSecrets(transaction, id, this.#clock.now());
      return { account, secrets: secrets.map(({ hash: _hash, ...secret }) => secret) };
    });
  }

  /** Makes an account; without public keys it gets a secret, which is in this answer and nowhere else. */
  async create(
    caller: Principal,
    settings: ServiceAccountSettings,
  ): Promise<{ account: ServiceAccount; secret: string | null }> {
    const createdBy = userIdOf(caller);
    const now = this.#clock.now();
    const account: ServiceAccount = {
      ...settings,
      id: newId(now.getTime()),
      createdBy,
      createdAt: now,
      updatedAt: now,
      disabledAt: null,
      lastUsedAt: null,
      version: 1,
    };
    return this.#database.transaction(caller.tenant, async (transaction) => {
      await store.insertServiceAccount(transaction, account, caller.organization ?? null);
      audit(transaction, 'created', account.id, undefined, account);
      const secret = account.publicKeys === null ? (await this.#addSecret(transaction, account.id)).text : null;
      return { account, secret };
    });
  }

  async update(
    caller: Principal,
    id: string,
    { change, version }: { readonly change: Partial<ServiceAccountSettings>; readonly version: number | undefined },
  ): Promise<ServiceAccount> {
    return this.#change(caller, id, async (transaction, before) => {
      if (version !== undefined && version !== before.version) throw new VersionMismatchError();
      if (change.publicKeys !== undefined) await this.#assertMayActAs(transaction, caller, id);
      return { ...before, ...change };
    });
  }

  /** Gives the account another secret; those before end after the overlap. */
  async rotateSecret(
    caller: Principal,
    id: string,
    overlapSeconds: number,
  ): Promise<{ secret: ServiceAccountSecret; text: string; overlapUntil: Date }> {
    userIdOf(caller);
    const now = this.#clock.now();
    const overlapUntil = new Date(now.getTime() + overlapSeconds * 1000);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const account = await getForUpdate(transaction, id);
      if (account.disabledAt !== null) throw new ServiceAccountDisabledError(id);
      await this.#assertMayActAs(transaction, caller, id);
      await store.endSecrets(transaction, id, overlapUntil);
      await store.deleteEndedSecrets(transaction, id, now);
      const { secret, text } = await this.#addSecret(transaction, id);
      audit(transaction, 'secret_rotated', id, undefined, { ...secret, overlapUntil });
      return { secret, text, overlapUntil };
    });
  }

  async disable(caller: Principal, id: string): Promise<void> {
    await this.#change(caller, id, async (_transaction, before) => ({
      ...before,
      disabledAt: before.disabledAt ?? this.#clock.now(),
    }));
  }

  /** Enables an account; the caller holds what it then may do again. */
  async enable(caller: Principal, id: string): Promise<void> {
    await this.#change(caller, id, async (transaction, before) => {
      if (before.disabledAt !== null) await this.#assertMayActAs(transaction, caller, id);
      return { ...before, disabledAt: null };
    });
  }

  async remove(caller: Principal, id: string): Promise<void> {
    userIdOf(caller);
    await this.#database.transaction(caller.tenant, async (transaction) => {
      const before = await getForUpdate(transaction, id);
      await store.deleteServiceAccount(transaction, id);
      audit(transaction, 'deleted', id, before, undefined);
    });
  }

  async #change(
    caller: Principal,
    id: string,
    work: (transaction: Transaction, before: ServiceAccount) => Promise<ServiceAccount>,
  ): Promise<ServiceAccount> {
    userIdOf(caller);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const before = await getForUpdate(transaction, id);
      const changed = await work(transaction, before);
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateServiceAccount(transaction, after);
      audit(transaction, 'updated', id, before, after);
      return after;
    });
  }

  async #addSecret(transaction: Transaction, id: string): Promise<{ secret: ServiceAccountSecret; text: string }> {
    const now = this.#clock.now();
    const { key, prefix, hash } = generateApiKey('pls');
    const secret: ServiceAccountSecret = { id: newId(now.getTime()), prefix, createdAt: now, expiresAt: null };
    await store.insertSecret(transaction, { ...secret, serviceAccountId: id, hash });
    return { secret, text: key };
  }

  /** Somebody who may administer accounts must not become more powerful by the credentials of one. */
  async #assertMayActAs(transaction: Transaction, caller: Principal, id: string): Promise<void> {
    for (const grant of await listGrantsOfServiceAccount(transaction, id)) {
      const scope = grant.scopeOrganizationId
        ? { organizationId: grant.scopeOrganizationId }
        : grant.scopeDivisionId
          ? { divisionId: grant.scopeDivisionId }
          : null;
      const place = await this.#places.resolve(caller.tenant!, scope);
      const role =
        !grant.roleId && isBuiltInRole(grant.role)
          ? builtInRole(grant.role)
          : { name: grant.role, permissions: grant.permissions ?? [], conditional: grant.conditional ?? [] };
      assertMayGive(caller, role, place === 'unknown' ? undefined : place);
    }
  }
}

async function getForUpdate(transaction: Transaction, id: string): Promise<ServiceAccount> {
  const account = await store.findServiceAccountForUpdate(transaction, id);
  if (account === undefined) throw new NotFoundError('service account', id);
  return account;
}

function audit(transaction: Transaction, what: string, id: string, before: unknown, after: unknown): void {
  transaction.audit({
    action: `service_account.${what}`,
    resourceType: 'service_account',
    resourceId: id,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}
