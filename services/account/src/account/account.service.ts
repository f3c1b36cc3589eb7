import { isDeepStrictEqual } from 'node:util';
import {
  billingProfileSchema,
  idSchema,
  type AccountSummary,
  type BillingProfile,
  type Principal,
} from '@plinth/contracts';
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
import type { PayerChecks } from './payer-checks.service.ts';
import { lockPayers } from './payer.store.ts';

export interface AccountChanges {
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  readonly currency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly metadata?: Readonly<Record<string, MetadataValue | null>> | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly customerTenantId?: string | null | undefined;
  /** Merged into the profile; null takes a field, an address or all of it away. */
  readonly billing?: object | null | undefined;
}

export interface AccountQuery {
  readonly key?: string | undefined;
  readonly parentId?: string | undefined;
  readonly customerTenantId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface BatchAnswer {
  readonly key: string;
  readonly id: string;
  readonly created: boolean;
}

export interface AccountDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly limits: PlanLimits;
  readonly payers: PayerChecks;
}

/** Somebody who acts in a tenant. */
type Caller = Principal & { readonly tenant: string };

/** Keeps the customer accounts of tenants. */
export class AccountService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #limits: PlanLimits;
  readonly #payers: PayerChecks;

  constructor({ database, clock, limits, payers }: AccountDependencies) {
    this.#database = database;
    this.#clock = clock;
    this.#limits = limits;
    this.#payers = payers;
  }

  async createAccount(caller: Caller, input: NewAccount): Promise<Account> {
    const account = this.#newAccount(input);
    const customerTenantId = input.customerTenantId ?? undefined;
    await this.#payers.assertMayLink(caller, [{ customerTenantId, path: '/customerTenantId' }]);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      await this.#payers.assertParentsIn(transaction, [account], () => '');
      if ((await insert(transaction, [account])).size === 0) throw new AlreadyExistsError('account', account.key);
      await this.#assertWithinLimit(transaction, caller.tenant);
      return account;
    });
  }

  /** Creates the accounts whose key is free. Nothing changes for a key that exists; of one key given twice the first counts. */
  async createAccounts(caller: Caller, inputs: readonly NewAccount[]): Promise<BatchAnswer[]> {
    const wanted = inputs.map((input) => this.#newAccount(input));
    const links = inputs.map(({ customerTenantId }, index) => ({
      customerTenantId: customerTenantId ?? undefined,
      path: `/accounts/${index}/customerTenantId`,
    }));
    await this.#payers.assertMayLink(caller, links);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      await this.#payers.assertParentsIn(transaction, wanted, (index) => `/accounts/${index}`);
      const created = new Set<string>();
      for (const id of await insert(transaction, uniqueByKey(wanted))) created.add(id);
      if (created.size > 0) await this.#assertWithinLimit(transaction, caller.tenant);
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
      store.listAccounts(transaction, {
        key: query.key,
        parentId: query.parentId,
        customerTenantId: query.customerTenantId,
        after,
        limit: query.limit + 1,
      }),
    );
    return toPage(
      rows,
      query.limit,
      (account) => [account.id],
      (account) => account,
    );
  }

  async updateAccount(
    caller: Caller,
    id: string,
    changes: AccountChanges,
    ifMatch: number | undefined,
  ): Promise<Account> {
    const { customerTenantId } = changes;
    await this.#payers.assertMayLink(caller, [{ customerTenantId, path: '/customerTenantId' }]);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      // Before the account's row: whoever holds the payers waits for rows.
      if (typeof changes.parentId === 'string' || changes.currency !== undefined) await lockPayers(transaction);
      const before = await store.findAccountForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('account', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const changed = applyChanges(before, changes);
      if (isDeepStrictEqual(changed, before)) return before;
      await this.#payers.assertChangeIn(transaction, before, changed);
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateAccount(transaction, after);
      transaction.audit({ action: 'account.updated', resourceType: 'account', resourceId: before.id, before, after });
      if (after.customerTenantId !== before.customerTenantId)
        transaction.publish('account.tenant_linked', id, {
          accountId: id,
          customerTenantId: after.customerTenantId,
          previousTenantId: before.customerTenantId,
        });
      return after;
    });
  }

  async listByIds(tenantId: string, ids: readonly string[]): Promise<AccountSummary[]> {
    return store.listSummaries(this.#database, tenantId, ids);
  }

  /** The account that pays for a tenant's use, whoever keeps it. */
  async findAccountOfTenant(customerTenantId: string): Promise<{ tenantId: string; accountId: string } | undefined> {
    return this.#database.platformTransaction((transaction) => store.findPayer(transaction, customerTenantId));
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
    parentId: changes.parentId === undefined ? account.parentId : changes.parentId,
    customerTenantId: changes.customerTenantId === undefined ? account.customerTenantId : changes.customerTenantId,
    billing: changes.billing === null ? {} : mergeBilling(account.billing, changes.billing),
  };
}

/** What a field needs may be taken away with another one, so what comes out is checked as a whole. */
function mergeBilling(billing: BillingProfile, patch: object | undefined): BillingProfile {
  if (patch === undefined) return billing;
  const merged = billingProfileSchema.safeParse(applyMergePatch(billing, patch));
  if (merged.success) return merged.data;
  throw new InvalidInputError(
    merged.error.issues.map(({ path, message }) => ({ path: `/billing/${path.join('/')}`, message })),
  );
}
