import { NotFoundError, VersionMismatchError, type Clock, type Database, type Transaction } from '@plinth/common';
import { amountOf, toDraftLine, type OneOffCharge } from '../one-off/one-off-charge.ts';
import type { OneOffChargeService } from '../one-off/one-off-charge.service.ts';
import { roundMoney } from '../money/round-money.ts';
import type { DraftCalculation } from './draft-calculation.service.ts';
import { deleteLine, insertLines, listLastPositions, listLinesOf, updateEditedLine } from './invoice-line.store.ts';
import type { DraftEdit } from './draft-edit.ts';
import { InvoiceStatusError } from './invoice.errors.ts';
import { findInvoiceForUpdate } from './invoice.store.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';

export interface DraftEditingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly calculation: DraftCalculation;
  readonly charges: OneOffChargeService;
}

export type NewDraftLine = Pick<
  OneOffCharge,
  'description' | 'quantity' | 'unitAmount' | 'taxCategory' | 'taxInclusive'
>;

export interface LineChange {
  readonly description?: string | undefined;
  /** Major units; replaces what was worked out. */
  readonly amount?: string | undefined;
  readonly taxCategory?: string | undefined;
  readonly reason: string;
}

export interface EditTarget {
  readonly tenantId: string;
  readonly invoiceId: string;
  readonly ifMatch: number | undefined;
}

/** Changes drafts before they are final. Each edit is audited, and the draft worked out anew. */
export class DraftEditing {
  readonly #dependencies: DraftEditingDependencies;
  constructor(dependencies: DraftEditingDependencies) {
    this.#dependencies = dependencies;
  }

  /** Makes a change; whether it may give something away is for its caller to guard. */
  async edit(target: EditTarget, edit: DraftEdit): Promise<Invoice> {
    switch (edit.kind) {
      case 'add':
        return this.#addLine(target, edit.line);
      case 'change':
        return this.#changeLine(target, edit.position, edit.change);
      case 'remove':
        return this.#removeLine(target, edit.position, edit.reason);
    }
  }

  /** Adds a line that is charged once. */
  async #addLine(target: EditTarget, input: NewDraftLine): Promise<Invoice> {
    return this.#edit(target, async (transaction, draft) => {
      const { accountId, currency, id } = draft;
      const createdAt = this.#dependencies.clock.now();
      const amountMinor = amountOf(input.quantity, input.unitAmount, currency);
      const charge = { ...input, id, accountId, currency, amountMinor, invoiceId: id, createdAt, canceledAt: null };
      const { detail, ...line } = toDraftLine(charge);
      const position = ((await listLastPositions(transaction, [id])).get(id) ?? 0) + 1;
      // It comes from no charge that waited.
      const { chargeId: _chargeId, ...evidence } = detail;
      await insertLines(transaction, [{ ...line, detail: evidence, invoiceId: id, position }]);
      return { action: 'invoice.line_added', after: summaryOf({ ...line, position }) };
    });
  }

  /** Replaces what a line says or costs; what was worked out stays in its detail. */
  async #changeLine(target: EditTarget, position: number, change: LineChange): Promise<Invoice> {
    return this.#edit(target, async (transaction, draft) => {
      const before = await findLine(transaction, draft.id, position);
      const after: InvoiceLine = {
        ...before,
        description: change.description ?? before.description,
        taxCategory: change.taxCategory ?? before.taxCategory,
        ...(change.amount === undefined ? {} : withAmount(before, change.amount, draft.currency)),
      };
      await updateEditedLine(transaction, draft.id, after);
      return {
        action: 'invoice.line_changed',
        before: summaryOf(before),
        after: { ...summaryOf(after), reason: change.reason },
      };
    });
  }

  /**
   * Takes a line off a draft. One of a subscription stays with an amount of nothing, as evidence of what was left out,
   * and so that it is not billed again.
   */
  async #removeLine(target: EditTarget, position: number, reason: string): Promise<Invoice> {
    return this.#edit(target, async (transaction, draft) => {
      const before = await findLine(transaction, draft.id, position);
      if (before.kind === 'one_off') {
        await deleteLine(transaction, draft.id, position);
        const { chargeId } = before.detail;
        if (typeof chargeId === 'string') await this.#dependencies.charges.dropIn(transaction, chargeId);
      } else {
        const emptied = withAmount(before, '0', draft.currency);
        await updateEditedLine(transaction, draft.id, {
          ...before,
          ...emptied,
          detail: { ...emptied.detail, removed: true },
        });
      }
      return { action: 'invoice.line_removed', before: summaryOf(before), after: { reason } };
    });
  }

  async #edit(
    { tenantId, invoiceId, ifMatch }: EditTarget,
    work: (
      transaction: Transaction,
      draft: Invoice,
    ) => Promise<{ readonly action: string; readonly before?: unknown; readonly after: unknown }>,
  ): Promise<Invoice> {
    const { database, calculation } = this.#dependencies;
    return database.transaction(tenantId, async (transaction) => {
      const draft = await findInvoiceForUpdate(transaction, invoiceId);
      if (draft === undefined) throw new NotFoundError('invoice', invoiceId);
      if (ifMatch !== undefined && ifMatch !== draft.version) throw new VersionMismatchError();
      if (draft.status !== 'draft') throw new InvoiceStatusError(draft.status, 'draft');
      const entry = await work(transaction, draft);
      const [after] = await calculation.calculateIn(transaction, [{ ...draft, version: draft.version + 1 }]);
      transaction.audit({ ...entry, resourceType: 'invoice', resourceId: invoiceId });
      return after!;
    });
  }
}

function withAmount(line: InvoiceLine, amount: string, currency: string) {
  const worked = 'workedOutMinor' in line.detail ? line.detail['workedOutMinor'] : line.amountMinor.toString();
  return {
    amountPrecise: amount,
    amountMinor: roundMoney(amount, currency),
    detail: { ...line.detail, workedOutMinor: worked },
  };
}

function summaryOf({
  position,
  kind,
  description,
  amountMinor,
  taxCategory,
}: Pick<InvoiceLine, 'position' | 'kind' | 'description' | 'amountMinor' | 'taxCategory'>) {
  return { position, kind, description, amountMinor: amountMinor.toString(), taxCategory };
}

async function findLine(transaction: Transaction, invoiceId: string, position: number): Promise<InvoiceLine> {
  const lines = (await listLinesOf(transaction, [invoiceId])).get(invoiceId) ?? [];
  const line = lines.find((one) => one.position === position);
  if (line === undefined) throw new NotFoundError('invoice line', String(position));
  return line;
}
