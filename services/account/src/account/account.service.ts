import { isDeepStrictEqual } from 'node:util';
import { idSchema, type AccountSummary } from '@plinth/contracts';
import {
  AlreadyExistsError,
  InvalidInputError,
  NotFoundError,
  VersionMismatchError,
  applyMergePatch,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type PlanLimits,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { metadataLimit, toAccount, uniqueByKey, type Account, type MetadataValue, type NewAccount } from './account.ts';
import * as store from './account.store.ts';

export interface AccountChanges {
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  readonly currency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly metadata?: Readonly<Record<string, MetadataValue | null>> | null | undefined;
}

export interface AccountQuery {
  readonly key?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface BatchAnswer {
  readonly key: string;
  readonly id: string;
  readonly created: boolean;
}

/** Keeps the customer accounts of tenants. */
export class AccountService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #limits: PlanLimits;

  constructor(database: Database, clock: Clock, limits: PlanLimits) {
    this.#database = database;
    this.#clock = clock;
    this.#limits = limits;
  }

  async createAccount(tenantId: string, input: NewAccount): Promise<Account> {
    const account = this.#newAccount(input);
    return this.#database.transaction(tenantId, async (transaction) => {
      if ((await insert(transaction, [account])).size === 0) throw new AlreadyExistsError('account', account.key);
      await this.#assertWithinLimit(transaction, tenantId);
      return account;
    });
  }

  /** Creates the accounts whose key is free. Nothing changes for a key that exists; of one key given twice the first counts. */
  async createAccounts(tenantId: string, inputs: readonly NewAccount[]): Promise<BatchAnswer[]> {
    const wanted = inputs.map((input) => this.#newAccount(input));
    return this.#database.transaction(tenantId, async (transaction) => {
      const created = new Set<string>();
      for (const id of await insert(transaction, uniqueByKey(wanted))) created.add(id);
      if (created.size > 0) await this.#assertWithinLimit(transaction, tenantId);
      const ids = await store.listIdsByKey(
        transaction,
        wanted.map((account) => account.key),
      );
      return wanted.map(({ id, key }) => ({ key, id: ids.get(key)!, created: created.has(id) }));
    });
  }

  async getAccount(tenantId: string, id: string): Promise<Account> {
    const account = await store.findAccount(this.#database, tenantId, id);
    if (account === undefined) throw new NotFoundError('account', id);
    return account;
  }

  async listAccounts(tenantId: string, query: AccountQuery): Promise<Page<Account>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listAccounts(transaction, { key: query.key, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (account) => [account.id],
      (account) => account,
    );
  }

  async updateAccount(
    tenantId: string,
    id: string,
    changes: AccountChanges,
    ifMatch: number | undefined,
  ): Promise<Account> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findAccountForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('account', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const changed = applyChanges(before, changes);
      if (isDeepStrictEqual(changed, before)) return before;
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateAccount(transaction, after);
      transaction.audit({ action: 'account.updated', resourceType: 'account', resourceId: before.id, before, after });
      return after;
    });
  }

  async listByIds(tenantId: string, ids: readonly string[]): Promise<AccountSummary[]> {
    return store.listSummaries(this.#database, tenantId, ids);
  }

  /** The account behind each key. A key is looked for first; what is no key may be an id. */
  async resolve(tenantId: string, keys: readonly string[]): Promise<{ key: string; accountId: string }[]> {
    const given = [...new Set(keys)];
    const ids = given.filter((key) => idSchema.safeParse(key).success);
    const found = await store.listReferences(this.#database, tenantId, given, ids);
    const byKey = new Map(found.map(({ id, key }) => [key, id]));
    const known = new Set(found.map(({ id }) => id));
    return given.flatMap((key) => {
      const accountId = byKey.get(key) ?? (known.has(key.toLowerCase()) ? key.toLowerCase() : undefined);
      return accountId === undefined ? [] : [{ key, accountId }];
    });
  }

  /** After the accounts are in, so that those that were there already do not count twice. */
  async #assertWithinLimit(transaction: Transaction, tenantId: string): Promise<void> {
    await this.#limits.assertRoom(tenantId, 'accounts', () => store.countAccounts(transaction), 0);
  }

  #newAccount(input: NewAccount): Account {
    const now = this.#clock.now();
    return toAccount(input, newId(now.getTime()), now);
  }
}

async function insert(transaction: Transaction, accounts: readonly Account[]): Promise<Set<string>> {
  const created = await store.insertAccounts(transaction, accounts);
  for (const account of accounts) {
    if (created.has(account.id))
      transaction.audit({ action: 'account.created', resourceType: 'account', resourceId: account.id, after: account });
  }
  return created;
}

function applyChanges(account: Account, changes: AccountChanges): Account {
  const metadata =
    changes.metadata === null ? {} : (applyMergePatch(account.metadata, changes.metadata ?? {}) as Account['metadata']);
  if (Object.keys(metadata).length > metadataLimit) {
    throw new InvalidInputError([{ path: '/metadata', message: `must have at most ${metadataLimit} entries` }]);
  }
  return {
    ...account,
    name: changes.name ?? account.name,
    email: changes.email === undefined ? account.email : changes.email,
    currency: changes.currency ?? account.currency,
    timeZone: changes.timeZone ?? account.timeZone,
    metadata,
  };
}
