import type { ContractFunctions, accountContract } from '@plinth/contracts';

const CAPACITY = 200_000;

/** Knows which account a subject names. An account's key and id never change, so what was found is kept. */
export class AccountResolver {
  readonly #accounts: ContractFunctions<typeof accountContract>;
  readonly #known = new Map<string, Map<string, string>>();
  #size = 0;

  constructor(accounts: ContractFunctions<typeof accountContract>) {
    this.#accounts = accounts;
  }

  /** Account ids by subject; subjects that name no account are left out. */
  async resolve(tenantId: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = this.#knownOf(tenantId);
    const missing = new Set(subjects.filter((subject) => !known.has(subject)));
    if (missing.size === 0) return known;
    const found = await this.#accounts.resolveAccounts({ tenantId, keys: [...missing] });
    if (this.#size + found.length > CAPACITY) {
      this.#known.clear();
      this.#size = 0;
    }
    const kept = this.#knownOf(tenantId);
    for (const { key, accountId } of found) {
      this.#size += kept.has(key) ? 0 : 1;
      kept.set(key, accountId);
    }
    // What was forgotten to make room is still known to this request.
    return kept === known ? known : new Map([...known, ...kept]);
  }

  #knownOf(tenantId: string): Map<string, string> {
    let known = this.#known.get(tenantId);
    if (known === undefined) this.#known.set(tenantId, (known = new Map()));
    return known;
  }
}
