import type { BillingProfile } from '@plinth/contracts';

/** A value of an account's metadata. */
export type MetadataValue = string | number | boolean;

/** A customer of a tenant: who uses, is metered and is billed. */
export interface Account {
  readonly id: string;
  /** The tenant's own name for it, unique in the tenant. */
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly metadata: Readonly<Record<string, MetadataValue>>;
  /** The account that pays for it. */
  readonly parentId: string | null;
  /** The platform's tenant whose use it pays for. */
  readonly customerTenantId: string | null;
  readonly billing: BillingProfile;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Most entries that an account's metadata may have. */
export const metadataLimit = 50;

/** What a caller says of a new account; the key is its id when they say none. */
export interface NewAccount extends Pick<Account, 'name' | 'currency' | 'timeZone' | 'metadata'> {
  readonly key?: string | undefined;
  readonly email?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  readonly customerTenantId?: string | null | undefined;
  readonly billing?: BillingProfile | undefined;
}

/** The account that a caller asked for. */
export function toAccount(input: NewAccount, id: string, now: Date): Account {
  return {
    ...input,
    id,
    key: input.key ?? id,
    email: input.email ?? null,
    parentId: input.parentId ?? null,
    customerTenantId: input.customerTenantId ?? null,
    billing: input.billing ?? {},
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** The accounts by key in the order of their keys; of several with one key the first. */
export function uniqueByKey(accounts: readonly Account[]): Account[] {
  const byKey = new Map<string, Account>();
  for (const account of accounts) if (!byKey.has(account.key)) byKey.set(account.key, account);
  return [...byKey.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
}
