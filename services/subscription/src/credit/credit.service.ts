import type { ContractFunctions, accountContract } from '@plinth/contracts';
import {
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { dueMinor, type Invoice } from '../invoice/invoice.ts';
import { listEntries, type EntryFilter } from './credit-entry.store.ts';
import * as grants from './credit-grant.store.ts';
import type { CreditMovements } from './credit-movement.service.ts';
import { listWallets, lockWallet, lockWalletsById, updateSettings } from './credit-wallet.store.ts';
import { CreditInsufficientError, CreditNotDueError } from './credit.errors.ts';
import { least, type CreditEntry, type CreditGrant, type CreditWallet } from './credit.ts';

export interface CreditDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly invoices: InvoiceService;
  readonly movements: CreditMovements;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export type WalletSettings = Pick<CreditWallet, 'lowBalanceMinor' | 'topUp'>;

const expiredAtOnce = 200;

/** What accounts have ahead: reads it, pays with it by hand, lets it expire. */
export class CreditService {
  readonly #dependencies: CreditDependencies;
  constructor(dependencies: CreditDependencies) {
    this.#dependencies = dependencies;
  }

  /** An account's wallets with the grants of which something remains, in the order in which they are stored. */
  async getCredits(
    tenantId: string,
    accountId: string,
  ): Promise<{ readonly wallet: CreditWallet; readonly grants: readonly CreditGrant[] }[]> {
    return this.#dependencies.database.transaction(tenantId, async (transaction) => {
      const wallets = await listWallets(transaction, accountId);
      const remaining = await grants.listRemaining(
        transaction,
        wallets.map(({ id }) => id),
      );
      return wallets.map((wallet) => ({ wallet, grants: remaining.filter(({ walletId }) => walletId === wallet.id) }));
    });
  }

  async listGrants(
    tenantId: string,
    { limit, cursor, ...filter }: grants.GrantFilter & PageQuery,
  ): Promise<Page<CreditGrant>> {
    return this.#page(tenantId, { limit, cursor }, (transaction, before) =>
      grants.listGrants(transaction, filter, before, limit + 1),
    );
  }

  async getGrant(tenantId: string, id: string): Promise<CreditGrant> {
    const grant = await this.#dependencies.database.transaction(tenantId, (transaction) =>
      grants.findGrant(transaction, id),
    );
    if (grant === undefined) throw new NotFoundError('credit grant', id);
    return grant;
  }

  async listEntries(
    tenantId: string,
    { limit, cursor, ...filter }: EntryFilter & PageQuery,
  ): Promise<Page<CreditEntry>> {
    return this.#page(tenantId, { limit, cursor }, (transaction, before) =>
      listEntries(transaction, filter, before, limit + 1),
    );
  }

  /**
   * Pays an open invoice from its payer's credit: all that is due and there, or exactly so much. Throws where nothing is
   * due, or there is no credit or not so much.
   */
  async apply(tenantId: string, invoiceId: string, amountMinor: bigint | undefined): Promise<Invoice> {
    const { database, invoices, movements } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const invoice = await invoices.lockInvoiceIn(transaction, invoiceId);
      const isOpen = invoice.status !== 'draft' && invoice.status !== 'void' && dueMinor(invoice) > 0n;
      const due = isOpen ? dueMinor(invoice) : 0n;
      if (due === 0n || (amountMinor ?? 0n) > due) throw new CreditNotDueError(invoiceId, due);
      const paid = await movements.payIn(transaction, invoice, least(amountMinor ?? due, due));
      if (paid === 0n || (amountMinor ?? paid) > paid) throw new CreditInsufficientError(paid);
      return invoices.applySettlementIn(transaction, invoiceId, { creditsMinor: paid });
    });
  }

  /** Sets a wallet's alert and top-up; the wallet begins with it where there is none. */
  async configure(
    tenantId: string,
    owner: { readonly accountId: string; readonly currency: string },
    settings: WalletSettings,
    ifMatch: number | undefined,
  ): Promise<CreditWallet> {
    const { database, clock, account } = this.#dependencies;
    const found = await account.listAccountsByIds({ tenantId, ids: [owner.accountId] });
    if (found.length === 0) throw new NotFoundError('account', owner.accountId);
    return database.transaction(tenantId, async (transaction) => {
      const now = clock.now();
      const before = await lockWallet(transaction, owner.accountId, owner.currency, now);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const after = { ...before, ...settings, topUpNotBefore: null, version: before.version + 1, updatedAt: now };
      await updateSettings(transaction, after);
      transaction.audit({
        action: 'credit_wallet.changed',
        resourceType: 'credit_wallet',
        resourceId: after.id,
        before: toAudit(before),
        after: { ...owner, ...toAudit(after) },
      });
      return after;
    });
  }

  /**
   * Takes what remains of grants whose time is over. Promotions go back to where they came from; what was paid and never
   * used is earned. Gives how many grants.
   */
  async expire(tenantId: string): Promise<number> {
    const { database } = this.#dependencies;
    let expired = 0;
    for (let count = expiredAtOnce; count === expiredAtOnce; expired += count)
      count = await database.transaction(tenantId, (transaction) => this.#expireIn(transaction));
    return expired;
  }

  /** When something expires next; null when nothing is known to. */
  async findNextExpiry(tenantId: string, after: Date): Promise<Date | null> {
    return this.#dependencies.database.transaction(tenantId, (transaction) =>
      grants.findNextExpiry(transaction, after),
    );
  }

  async #expireIn(transaction: Transaction): Promise<number> {
    const { clock, movements } = this.#dependencies;
    const now = clock.now();
    const due = await grants.listExpired(transaction, now, expiredAtOnce);
    if (due.length === 0) return 0;
    await lockWalletsById(transaction, [...new Set(due.map(({ walletId }) => walletId))]);
    const current = await grants.listGrantsById(
      transaction,
      due.map(({ id }) => id),
    );
    await movements.moveIn(
      transaction,
      current
        .filter(({ remainingMinor }) => remainingMinor > 0n)
        .map((grant) => ({
          grant,
          kind: 'expiry',
          amountMinor: -grant.remainingMinor,
          invoiceId: null,
          reason: null,
          against: grant.kind === 'promotional' ? 'promotions' : 'revenue',
        })),
    );
    return due.length;
  }

  async #page<Row extends { readonly id: string }>(
    tenantId: string,
    { limit, cursor }: PageQuery,
    list: (transaction: Transaction, before: string | undefined) => Promise<Row[]>,
  ): Promise<Page<Row>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#dependencies.database.transaction(tenantId, (transaction) => list(transaction, before));
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }
}

function toAudit({ lowBalanceMinor, topUp }: WalletSettings) {
  return {
    lowBalanceMinor: lowBalanceMinor?.toString() ?? null,
    topUp: topUp && {
      thresholdMinor: topUp.thresholdMinor.toString(),
      amountMinor: topUp.amountMinor.toString(),
      expiryDays: topUp.expiryDays,
    },
  };
}
