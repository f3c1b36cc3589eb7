import type { ContractFunctions, accountContract } from '@plinth/contracts';
import {
  InvalidInputError,
  NotFoundError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { composeInvoice } from '../invoice/compose-invoice.ts';
import type { DraftCompletion } from '../invoice/draft-completion.service.ts';
import type { InvoiceDraft } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { IssuingRulesService } from '../invoice/issuing-rules.service.ts';
import { withLines } from '../invoice/merge-drafts.ts';
import { loadPayers } from '../invoice-run/payers.ts';
import { amountOf, toDraftLine, type OneOffCharge } from './one-off-charge.ts';
import * as store from './one-off-charge.store.ts';
import { ChargeInvoicedError } from './one-off.errors.ts';

export interface OneOffChargeDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly invoices: InvoiceService;
  readonly rules: IssuingRulesService;
  readonly completion: DraftCompletion;
}

export type NewCharge = Pick<
  OneOffCharge,
  'accountId' | 'currency' | 'description' | 'quantity' | 'unitAmount' | 'taxCategory' | 'taxInclusive'
>;

export interface ChargeQuery extends store.ChargeFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Charges things once. */
export class OneOffChargeService {
  readonly #dependencies: OneOffChargeDependencies;
  constructor(dependencies: OneOffChargeDependencies) {
    this.#dependencies = dependencies;
  }

  /** A charge that waits for the payer's next invoice in its currency, or gets an invoice of its own `now`. */
  async charge(tenantId: string, input: NewCharge, when: 'next_invoice' | 'now'): Promise<OneOffCharge> {
    const { database, clock, account } = this.#dependencies;
    const payers = await loadPayers([input.accountId], (ids) => account.listAccountsByIds({ tenantId, ids }));
    const found = payers.find(input.accountId);
    if (found === undefined) throw new NotFoundError('account', input.accountId);
    const amountMinor = amountOf(input.quantity, input.unitAmount, input.currency);
    if (amountMinor === 0n)
      throw new InvalidInputError([{ path: '/unitAmount', message: 'comes to nothing after rounding' }]);
    const now = clock.now();
    const pending: OneOffCharge = {
      ...input,
      id: newId(),
      amountMinor,
      invoiceId: null,
      createdAt: now,
      canceledAt: null,
    };
    const charge = await database.transaction(tenantId, async (transaction) => {
      const payerId = payers.payerIdOf(input.accountId);
      const written =
        when === 'now'
          ? {
              ...pending,
              invoiceId: await this.#invoiceIn(transaction, pending, {
                payer: payers.find(payerId),
                payerId,
                timeZone: found.timeZone,
              }),
            }
          : pending;
      await store.insertCharge(transaction, written);
      transaction.audit({
        action: 'charge.created',
        resourceType: 'charge',
        resourceId: written.id,
        after: { ...written, amountMinor: amountMinor.toString() },
      });
      return written;
    });
    if (when === 'now') await this.#dependencies.completion.completeDrafts(tenantId, true);
    return charge;
  }

  async list(tenantId: string, { limit, cursor, ...filter }: ChargeQuery): Promise<Page<OneOffCharge>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#dependencies.database.transaction(tenantId, (transaction) =>
      store.listCharges(transaction, filter, after, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (charge) => charge,
    );
  }

  /** Takes back a charge that is on no invoice yet, and answers it. Asking again changes nothing: undefined. */
  async cancel(tenantId: string, id: string): Promise<OneOffCharge | undefined> {
    const { database, clock } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const charge = await store.findChargeForUpdate(transaction, id);
      if (charge === undefined) throw new NotFoundError('charge', id);
      if (charge.invoiceId !== null) throw new ChargeInvoicedError(id, charge.invoiceId);
      if (charge.canceledAt !== null) return undefined;
      await store.cancelCharge(transaction, id, clock.now());
      transaction.audit({ action: 'charge.canceled', resourceType: 'charge', resourceId: id });
      return charge;
    });
  }

  /**
   * Puts what waits for the accounts of the drafts on the first of them in its currency. Gives the drafts with the
   * charges, and which draft each charge went on.
   */
  async addPendingIn(
    transaction: Transaction,
    drafts: readonly InvoiceDraft[],
  ): Promise<{ drafts: InvoiceDraft[]; taken: readonly { readonly id: string; readonly position: number }[] }> {
    const accounts = new Set(
      drafts.flatMap((draft) => [draft.accountId, ...draft.lines.map((line) => line.accountId)]),
    );
    const charges = await store.takePendingCharges(transaction, [...accounts]);
    const filled = [...drafts];
    const taken: { id: string; position: number }[] = [];
    for (const charge of charges) {
      const position = filled.findIndex((draft) => isFor(draft, charge));
      if (position < 0) continue;
      filled[position] = withLines(filled[position]!, [toDraftLine(charge)], this.#dependencies.clock.now());
      taken.push({ id: charge.id, position });
    }
    return { drafts: filled, taken };
  }

  async assignIn(
    transaction: Transaction,
    assigned: readonly { readonly id: string; readonly invoiceId: string }[],
  ): Promise<void> {
    if (assigned.length > 0) await store.assignCharges(transaction, assigned);
  }

  /** Gives up a charge whose line was taken off a draft. */
  async dropIn(transaction: Transaction, id: string): Promise<void> {
    await store.dropCharge(transaction, id, this.#dependencies.clock.now());
  }

  async #invoiceIn(
    transaction: Transaction,
    charge: OneOffCharge,
    payer: Pick<Parameters<typeof composeInvoice>[0], 'payer' | 'payerId' | 'timeZone'>,
  ): Promise<string> {
    const { rules, invoices, clock } = this.#dependencies;
    const now = clock.now();
    const draft = composeInvoice({
      ...(await rules.loadIn(transaction)),
      ...payer,
      subscriptionId: null,
      reason: 'one_off',
      billedAt: now,
      currency: charge.currency,
      now,
      lines: [toDraftLine(charge)],
      finalize: true,
      groupKey: null,
      // An account's own coupons lower what is charged once, too.
      hasDiscounts: true,
    });
    const [invoice] = await invoices.createInvoicesIn(transaction, [draft]);
    return invoice!.id;
  }
}

function isFor(draft: InvoiceDraft, { accountId, currency }: OneOffCharge): boolean {
  if (draft.currency !== currency) return false;
  return draft.accountId === accountId || draft.lines.some((line) => line.accountId === accountId);
}
