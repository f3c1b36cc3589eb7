import { newId, type Clock, type Transaction } from '@plinth/common';
import { dueMinor, type Invoice } from '../invoice/invoice.ts';
import { insertPostings } from '../ledger/ledger.store.ts';
import { insertEntries, listUsesOfInvoice } from './credit-entry.store.ts';
import { addToGrants, insertGrant, listGrantsById, listRemaining } from './credit-grant.store.ts';
import { sumBy, toPostings, type CreditMovement } from './credit-movement.ts';
import * as wallets from './credit-wallet.store.ts';
import { burnDown, least, type CreditGrant, type CreditUse, type CreditWallet } from './credit.ts';
import { recordBalance, recordMovement } from './record-credit.ts';

/** A grant that is about to be written, in a wallet that is locked. */
export type NewGrant = Omit<
  CreditGrant,
  'id' | 'walletId' | 'accountId' | 'currency' | 'remainingMinor' | 'voidedAt' | 'createdAt' | 'updatedAt' | 'source'
> & {
  /** Absent: the grant is its own source, which is a promotion. */
  readonly source?: CreditGrant['source'];
};

/**
 * Changes what remains of grants: every change is an entry, a posting and an audit record, and the balances follow.
 * Whoever needs both locks invoices, then payments, then wallets.
 */
export class CreditMovements {
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Pays final invoices from the credit of their payers, as far as there is some: the last thing that lowers what is
   * due (rule 5). Gives what pays each invoice; who calls settles the invoices with it. One statement where nobody has
   * credit.
   */
  async applyIn(transaction: Transaction, invoices: readonly Invoice[]): Promise<ReadonlyMap<string, bigint>> {
    const open = invoices.filter((invoice) => dueMinor(invoice) > 0n);
    if (open.length === 0) return new Map();
    const filled = await wallets.lockFilledWallets(transaction, [...new Set(open.map(({ accountId }) => accountId))]);
    if (filled.length === 0) return new Map();
    return this.#payIn(
      transaction,
      filled,
      open.map((invoice) => ({ ...invoice, amountMinor: dueMinor(invoice) })),
    );
  }

  /** Pays one invoice with at most so much. Gives how much there was. */
  async payIn(transaction: Transaction, invoice: Invoice, amountMinor: bigint): Promise<bigint> {
    const filled = await wallets.lockFilledWallets(transaction, [invoice.accountId]);
    const paid = await this.#payIn(transaction, filled, [{ ...invoice, amountMinor }]);
    return paid.get(invoice.id) ?? 0n;
  }

  /**
   * Gives back what pays an invoice to the grants that it came from, what was used last first, with the expiry that
   * they have; to a voided grant it does not come back but is voided too. Gives how much was returned.
   */
  async returnIn(
    transaction: Transaction,
    invoiceId: string,
    amountMinor: bigint | undefined,
    reason: string,
  ): Promise<bigint> {
    const uses = await listUsesOfInvoice(transaction, invoiceId);
    await wallets.lockWalletsById(transaction, [...new Set(uses.map(({ walletId }) => walletId))]);
    // Read again under the lock: what somebody else has returned meanwhile is not returned twice.
    const current = await listUsesOfInvoice(transaction, invoiceId);
    const grants = new Map(
      (
        await listGrantsById(
          transaction,
          current.map(({ grantId }) => grantId),
        )
      ).map((grant) => [grant.id, grant]),
    );
    let left = amountMinor ?? current.reduce((sum, use) => sum + use.amountMinor, 0n);
    const movements: CreditMovement[] = [];
    for (const use of current) {
      const part = least(use.amountMinor, left);
      if (part === 0n) break;
      left -= part;
      const grant = grants.get(use.grantId)!;
      movements.push({ grant, kind: 'return', amountMinor: part, invoiceId, reason, against: 'receivable' });
      if (grant.voidedAt !== null && grant.kind === 'promotional')
        movements.push({ grant, kind: 'void', amountMinor: -part, invoiceId: null, reason, against: 'promotions' });
    }
    await this.moveIn(transaction, movements);
    return movements.reduce((sum, { kind, amountMinor: part }) => (kind === 'return' ? sum + part : sum), 0n);
  }

  /** Writes a grant with its first entry. `against` is where the ledger takes it from; null: that is posted already. */
  async grantIn(
    transaction: Transaction,
    wallet: CreditWallet,
    input: NewGrant,
    against: 'promotions' | 'receivable' | null,
  ): Promise<CreditGrant> {
    const now = this.#clock.now();
    const id = newId();
    const grant: CreditGrant = {
      ...input,
      id,
      walletId: wallet.id,
      accountId: wallet.accountId,
      currency: wallet.currency,
      remainingMinor: 0n,
      source: input.source ?? { type: 'promotion', id },
      voidedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await insertGrant(transaction, grant);
    const { amountMinor, reason } = grant;
    await this.moveIn(transaction, [{ grant, kind: 'grant', amountMinor, invoiceId: null, reason, against }]);
    return { ...grant, remainingMinor: amountMinor };
  }

  /** Writes movements of grants whose wallets are locked. */
  async moveIn(transaction: Transaction, movements: readonly CreditMovement[]): Promise<void> {
    if (movements.length === 0) return;
    const now = this.#clock.now();
    const changes = sumBy(movements, ({ grant }) => grant.walletId);
    await addToGrants(
      transaction,
      sumBy(movements, ({ grant }) => grant.id),
      now,
    );
    const after = await wallets.addToBalances(transaction, changes, now);
    // Sorted, so that entries of one millisecond are listed in the order in which they happened.
    const ids = movements.map(() => newId()).sort();
    await insertEntries(
      transaction,
      movements.map(({ grant, kind, amountMinor, invoiceId, reason }, position) => ({
        id: ids[position]!,
        walletId: grant.walletId,
        grantId: grant.id,
        kind,
        amountMinor,
        invoiceId,
        reason,
        createdAt: now,
      })),
    );
    await insertPostings(transaction, toPostings(movements, now));
    for (const movement of movements) recordMovement(transaction, movement);
    for (const wallet of after) recordBalance(transaction, wallet, changes.get(wallet.id)!);
  }

  async #payIn(
    transaction: Transaction,
    filled: readonly CreditWallet[],
    demands: readonly (Invoice & { readonly amountMinor: bigint })[],
  ): Promise<Map<string, bigint>> {
    const now = this.#clock.now();
    const remaining = await listRemaining(
      transaction,
      filled.map(({ id }) => id),
    );
    const uses = filled.flatMap((wallet): CreditUse[] =>
      burnDown(
        remaining.filter(({ walletId }) => walletId === wallet.id),
        demands
          .filter(({ accountId, currency }) => accountId === wallet.accountId && currency === wallet.currency)
          .map(({ id, legalEntityId, amountMinor }) => ({ invoiceId: id, legalEntityId, amountMinor })),
        now,
      ),
    );
    await this.moveIn(
      transaction,
      uses.map(({ grant, invoiceId, amountMinor }) => ({
        grant,
        kind: 'use',
        amountMinor: -amountMinor,
        invoiceId,
        reason: null,
        against: 'receivable',
      })),
    );
    const paid = new Map<string, bigint>();
    for (const { invoiceId, amountMinor } of uses) paid.set(invoiceId, (paid.get(invoiceId) ?? 0n) + amountMinor);
    return paid;
  }
}
