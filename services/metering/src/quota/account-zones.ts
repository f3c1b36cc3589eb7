import type { accountContract, ContractFunctions } from '@plinth/contracts';

const KEPT_MS = 60_000;
const CAPACITY = 100_000;

/** Knows the time zones of accounts; a changed one is noticed within a minute. */
export class AccountZones {
  readonly #accounts: ContractFunctions<typeof accountContract>;
  readonly #known = new Map<string, { readonly zone: string; readonly until: number }>();

  constructor(accounts: ContractFunctions<typeof accountContract>) {
    this.#accounts = accounts;
  }

  /** The account's IANA zone; UTC of an account that is gone. */
  async find(tenantId: string, accountId: string): Promise<string> {
    const key = `${tenantId}/${accountId}`;
    const known = this.#known.get(key);
    if (known !== undefined && known.until > Date.now()) return known.zone;
    const [account] = await this.#accounts.listAccountsByIds({ tenantId, ids: [accountId] });
    const zone = account?.timeZone ?? 'UTC';
    if (this.#known.size >= CAPACITY) this.#known.clear();
    this.#known.set(key, { zone, until: Date.now() + KEPT_MS });
    return zone;
  }
}
