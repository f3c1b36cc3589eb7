import type { Principal } from '@plinth/contracts';
import {
  decodeCursor,
  hasPermission,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { ClientManagedError, ClientPublicError, ClientTooPowerfulError } from './client.errors.ts';
import { checkClient } from './client-rules.ts';
import { drawClientSecret, hashClientSecret } from './client-secret.ts';
import * as store from './client.store.ts';
import type { Client, ClientOrigin, ClientSettings } from './client.ts';

/** A client and what its secret is compared with. */
export interface KnownClient {
  readonly client: Client;
  readonly secretHashes: readonly Buffer[];
}

/** A client that the operator's configuration asks for. */
export interface DeclaredClient {
  readonly id: string;
  readonly origin: Exclude<ClientOrigin, 'administered'>;
  readonly settings: ClientSettings;
  readonly secret: string | undefined;
}

/** Registers the applications that sign people in through the platform. */
export class ClientService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async listClients(limit: number, cursor: string | undefined): Promise<Page<Client>> {
    const after = decodeCursor(cursor, z.tuple([z.string()]))?.[0];
    const rows = await this.#database.transaction(undefined, (transaction) =>
      store.listClients(transaction, { after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (client) => [client.id],
      (client) => client,
    );
  }

  async getClient(id: string): Promise<Client> {
    return getOne(await this.#database.transaction(undefined, (transaction) => store.findClient(transaction, id)), id);
  }

  /** The client with what its secret is compared with; undefined when there is none. */
  async findClient(id: string): Promise<KnownClient | undefined> {
    return this.#database.transaction(undefined, async (transaction) => {
      const client = await store.findClient(transaction, id);
      if (client === undefined) return undefined;
      return { client, secretHashes: await store.listSecretHashes(transaction, id, this.#clock.now()) };
    });
  }

  /** Makes a client; a confidential one gets a secret, which is in this answer and nowhere else. */
  async createClient(caller: Principal, settings: ClientSettings): Promise<{ client: Client; secret?: string }> {
    assertSound(settings);
    assertMayManage(caller, settings);
    const now = this.#clock.now();
    const id = newId(now.getTime());
    const client: Client = { ...settings, id, origin: 'administered', version: 1, createdAt: now, updatedAt: now };
    return this.#database.transaction(caller.tenant, async (transaction) => {
      await store.saveClient(transaction, client);
      transaction.audit({ action: 'client.created', resourceType: 'client', resourceId: id, after: settings });
      return client.confidential ? { client, secret: await this.#addSecret(transaction, id) } : { client };
    });
  }

  async updateClient(
    caller: Principal,
    id: string,
    change: { readonly settings: Partial<ClientSettings>; readonly version: number | undefined },
  ): Promise<Client> {
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const before = getAdministered(await store.lockClient(transaction, id), id);
      if (change.version !== undefined && change.version !== before.version) throw new VersionMismatchError();
      const after = { ...before, ...change.settings, version: before.version + 1, updatedAt: this.#clock.now() };
      assertSound(after);
      assertMayManage(caller, before);
      assertMayManage(caller, after);
      await store.saveClient(transaction, after);
      transaction.audit({ action: 'client.updated', resourceType: 'client', resourceId: id, before, after });
      return after;
    });
  }

  /** Gives a client another secret. The one before goes on for the overlap, so that nothing stands still meanwhile. */
  async rotateSecret(caller: Principal, id: string, overlapSeconds: number): Promise<{ secret: string; endsAt: Date }> {
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const client = getOne(await store.lockClient(transaction, id), id);
      if (client.origin === 'declared') throw new ClientManagedError(id, client.origin);
      if (!client.confidential) throw new ClientPublicError(id);
      assertMayManage(caller, client);
      const endsAt = new Date(this.#clock.now().getTime() + overlapSeconds * 1000);
      await store.endSecrets(transaction, { clientId: id, except: undefined, at: endsAt });
      const secret = await this.#addSecret(transaction, id);
      transaction.audit({ action: 'client.secret_rotated', resourceType: 'client', resourceId: id });
      return { secret, endsAt };
    });
  }

  /** Removes a client; everything that was issued to it ends with it. */
  async deleteClient(caller: Principal, id: string): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      const before = getAdministered(await store.lockClient(transaction, id), id);
      await store.deleteClient(transaction, id);
      transaction.audit({ action: 'client.deleted', resourceType: 'client', resourceId: id, before });
    });
  }

  /** Brings the clients of the configuration up to date: new and changed ones are saved, missing ones removed. */
  async declareClients(declared: readonly DeclaredClient[]): Promise<void> {
    await this.#database.transaction(undefined, async (transaction) => {
      await store.lockDeclaredClients(transaction);
      for (const one of declared) await this.#declare(transaction, one);
      const wanted = new Set(declared.map(({ id }) => id));
      for (const id of await store.listDeclaredIds(transaction))
        if (!wanted.has(id)) await store.deleteClient(transaction, id);
    });
  }

  async removeEndedSecrets(): Promise<void> {
    await this.#database.transaction(undefined, (transaction) =>
      store.deleteEndedSecrets(transaction, this.#clock.now()),
    );
  }

  async #declare(transaction: Transaction, { id, origin, settings, secret }: DeclaredClient): Promise<void> {
    const now = this.#clock.now();
    const before = await store.findClient(transaction, id);
    const client: Client = {
      ...settings,
      id,
      origin,
      version: before?.version ?? 1,
      createdAt: before?.createdAt ?? now,
      updatedAt: before?.updatedAt ?? now,
    };
    if (!isSame(before, client)) {
      const changed = { ...client, version: (before?.version ?? 0) + 1, updatedAt: now };
      await store.saveClient(transaction, changed);
      transaction.audit({ action: 'client.declared', resourceType: 'client', resourceId: id, after: settings });
    }
    if (secret === undefined) return;
    const hash = hashClientSecret(secret);
    await store.endSecrets(transaction, { clientId: id, except: hash, at: now });
    await store.insertSecret(transaction, { id: newId(now.getTime()), clientId: id, hash, now });
  }

  async #addSecret(transaction: Transaction, clientId: string): Promise<string> {
    const secret = drawClientSecret();
    const now = this.#clock.now();
    const row = { id: newId(now.getTime()), clientId, hash: hashClientSecret(secret), now };
    await store.insertSecret(transaction, row);
    return secret;
  }
}

function isSame(before: Client | undefined, after: Client): boolean {
  if (before === undefined) return false;
  return (Object.keys(after) as (keyof Client)[]).every(
    (key) => JSON.stringify(before[key]) === JSON.stringify(after[key]),
  );
}

function getOne(client: Client | undefined, id: string): Client {
  if (client === undefined) throw new NotFoundError('client', id);
  return client;
}

function getAdministered(found: Client | undefined, id: string): Client {
  const client = getOne(found, id);
  if (client.origin !== 'administered') throw new ClientManagedError(id, client.origin);
  return client;
}

function assertSound(settings: ClientSettings): void {
  const faults = checkClient(settings);
  if (faults.length > 0) throw new InvalidInputError(faults);
}

/** Nobody makes a client, or gets its secret, that can do more than they can themselves. */
function assertMayManage(caller: Principal, client: ClientSettings): void {
  const missing: string[] = client.permissions.filter((permission) => !hasPermission(caller, permission));
  const isWhole = caller.kind === 'user' && caller.scopes === undefined;
  if (client.firstParty && !isWhole) missing.push('firstParty');
  if (missing.length > 0) throw new ClientTooPowerfulError(missing);
}
