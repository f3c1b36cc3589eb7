import type { AccountSummary } from '@plinth/contracts';

// Deeper chains do not occur: the account service refuses circles and long ones. This only ends a walk that went wrong.
const deepest = 50;

/** Accounts with those that pay for them. */
export class Payers {
  readonly #accounts: ReadonlyMap<string, AccountSummary>;
  constructor(accounts: ReadonlyMap<string, AccountSummary>) {
    this.#accounts = accounts;
  }

  find(accountId: string): AccountSummary | undefined {
    return this.#accounts.get(accountId);
  }

  /** The topmost account above one, or the account itself: who pays for it. */
  payerIdOf(accountId: string): string {
    let id = accountId;
    for (let depth = 0; depth < deepest; depth += 1) {
      const parentId = this.#accounts.get(id)?.parentId ?? null;
      if (parentId === null) return id;
      id = parentId;
    }
    return id;
  }
}

/** Reads accounts and all that pay for them, a call for each level. */
export async function loadPayers(
  accountIds: readonly string[],
  listAccounts: (ids: string[]) => Promise<AccountSummary[]>,
): Promise<Payers> {
  const accounts = new Map<string, AccountSummary>();
  let wanted = [...new Set(accountIds)];
  for (let depth = 0; wanted.length > 0 && depth < deepest; depth += 1) {
    const found = await listAccounts(wanted);
    for (const account of found) accounts.set(account.id, account);
    const parents = new Set(found.flatMap(({ parentId }) => (parentId === null ? [] : [parentId])));
    wanted = [...parents].filter((id) => !accounts.has(id));
  }
  return new Payers(accounts);
}
