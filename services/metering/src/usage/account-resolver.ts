import type { ContractFunctions, accountContract } from '@plinth/contracts';

const CAPACITY = 200_000;

/** Knows which account a subject names. An account's key and id never change, so what was found is kept. */
export class AccountResolver {
  readonly #accounts: ContractFunctions<typeof accountContract>;
  readonly #known = new Map<string, string>();

  constructor(accounts: ContractFunctions<typeof accountContract>) {
    this.#accounts = accounts;
  }

  /** Account ids by subject; subjects that name no account are left out. */
  async resolve(tenantId: string, subjects: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const missing: string[] = [];
    for (const subject of new Set(subjects)) {
      const accountId = this.#known.get(`${tenantId}${subject}`);
      if (accountId === undefined) missing.push(subject);
      else found.set(subject, accountId);
    }
    if (missing.length === 0) return found;
    for (const { key, accountId } of await this.#accounts.resolveAccounts({ tenantId, keys: missing })) {
      found.set(key, accountId);
      if (this.#known.size >= CAPACITY) this.#known.clear();
      this.#known.set(`${tenantId}${key}`, accountId);
    }
    return found;
  }
}
