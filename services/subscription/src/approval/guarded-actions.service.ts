import type { Database } from '@plinth/common';
import { z } from 'zod';
import type { CreditGrantService } from '../credit/credit-grant.service.ts';
import type { CreditNoteService } from '../credit-note/credit-note.service.ts';
import type { CreditNote, CreditRequest } from '../credit-note/credit-note.ts';
import { draftEditSchema, reasonOf, type DraftEdit } from '../invoice/draft-edit.ts';
import type { DraftEditing, EditTarget } from '../invoice/draft-editing.service.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { NewCharge, OneOffChargeService } from '../one-off/one-off-charge.service.ts';
import { amountOf, type OneOffCharge } from '../one-off/one-off-charge.ts';
import type { RefundService } from '../refund/refund.service.ts';
import type { ApprovalService } from './approval.service.ts';
import type { ApprovalRequest } from './approval.ts';
import type { GuardedConcessions } from './guarded-concessions.service.ts';

export interface GuardedActionsOptions {
  readonly database: Database;
  readonly approvals: ApprovalService;
  readonly invoices: Pick<InvoiceService, 'lockInvoiceIn' | 'void'>;
  readonly creditNotes: Pick<CreditNoteService, 'issue' | 'writeOff'>;
  readonly charges: Pick<OneOffChargeService, 'charge'>;
  readonly editing: Pick<DraftEditing, 'edit'>;
  /** Guards its refunds by itself: they go on record in transactions of its own. */
  readonly refunds: Pick<RefundService, 'refund'>;
  /** Guards its promotions by itself, beside what is bought. */
  readonly credits: Pick<CreditGrantService, 'grant'>;
  readonly concessions: Pick<GuardedConcessions, 'execute'>;
}

const text = z.string();
const inputs = {
  refund: z.object({
    paymentId: text,
    amountMinor: text.transform(BigInt),
    reason: text,
    note: text.nullable(),
    reference: text.nullable(),
    requestKey: text.nullable(),
  }),
  creditNote: z.object({
    invoiceId: text,
    reason: text,
    lines: z.array(z.object({ position: z.int(), netMinor: text.transform(BigInt) })),
  }),
  writeOff: z.object({ invoiceId: text, reason: text, amountMinor: text.transform(BigInt) }),
  void: z.object({ invoiceId: text, reason: text.optional() }),
  adjustment: z.object({
    accountId: text,
    currency: text,
    description: text,
    quantity: text,
    unitAmount: text,
    taxCategory: text,
    taxInclusive: z.boolean(),
    when: z.enum(['next_invoice', 'now']),
  }),
  draftEdit: z.object({ invoiceId: text, edit: draftEditSchema }),
  credit: z.object({
    accountId: text,
    currency: text,
    amountMinor: text.transform(BigInt),
    priority: z.int(),
    expiresAt: z.coerce.date().nullable(),
    reason: text,
  }),
};

/** Does what gives a customer's money away, within limits: directly, from a dispute, or once it was approved. */
export class GuardedActions {
  readonly #options: GuardedActionsOptions;
  constructor(options: GuardedActionsOptions) {
    this.#options = options;
  }

  async issueCreditNote(
    tenantId: string,
    invoiceId: string,
    request: CreditRequest,
    reason: string,
  ): Promise<CreditNote> {
    const { database, approvals, creditNotes } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const note = await creditNotes.issue(tenantId, invoiceId, request, reason);
      const { accountId, currency, netMinor, taxMinor, lines } = note;
      await approvals.guardIn(transaction, {
        action: 'credit_note',
        accountId,
        currency,
        amountMinor: netMinor + taxMinor,
        reason,
        input: {
          invoiceId,
          reason,
          lines: lines.map((line) => ({ position: line.position, netMinor: line.netMinor.toString() })),
        },
        result: { type: 'credit_note', id: note.id },
      });
      return note;
    });
  }

  async writeOff(
    tenantId: string,
    invoiceId: string,
    amountMinor: bigint | undefined,
    reason: string,
  ): Promise<Invoice> {
    const { database, approvals, creditNotes, invoices } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const before = await invoices.lockInvoiceIn(transaction, invoiceId);
      const after = await creditNotes.writeOff(tenantId, invoiceId, amountMinor, reason);
      const given = after.writtenOffMinor - before.writtenOffMinor;
      await approvals.guardIn(transaction, {
        action: 'write_off',
        accountId: after.accountId,
        currency: after.currency,
        amountMinor: given,
        reason,
        input: { invoiceId, reason, amountMinor: given.toString() },
        result: { type: 'invoice', id: invoiceId },
      });
      return after;
    });
  }

  /** Voids a draft or an invoice of which nothing was settled; an invoice that is void already stays as it is. */
  async voidInvoice(
    tenantId: string,
    invoiceId: string,
    ifMatch: number | undefined,
    reason: string | undefined,
  ): Promise<Invoice> {
    const { database, approvals, invoices } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      const before = await invoices.lockInvoiceIn(transaction, invoiceId);
      const after = await invoices.void(tenantId, invoiceId, ifMatch, reason);
      if (before.status === 'void') return after;
      await approvals.guardIn(transaction, {
        action: 'void',
        accountId: after.accountId,
        currency: after.currency,
        amountMinor: after.totalMinor > 0n ? after.totalMinor : 0n,
        reason: reason ?? '',
        input: { invoiceId, ...(reason === undefined ? {} : { reason }) },
        result: { type: 'invoice', id: invoiceId },
      });
      return after;
    });
  }

  /** Charges once. What gives something back is an adjustment, and guarded. */
  async charge(tenantId: string, charge: NewCharge, when: 'next_invoice' | 'now'): Promise<OneOffCharge> {
    const { database, approvals, charges } = this.#options;
    const amountMinor = amountOf(charge.quantity, charge.unitAmount, charge.currency);
    if (amountMinor >= 0n) return charges.charge(tenantId, charge, when);
    return database.transaction(tenantId, async (transaction) => {
      const made = await charges.charge(tenantId, charge, when);
      await approvals.guardIn(transaction, {
        action: 'adjustment',
        accountId: charge.accountId,
        currency: charge.currency,
        amountMinor: -amountMinor,
        reason: charge.description,
        input: { ...charge, when },
        result: { type: 'charge', id: made.id },
      });
      return made;
    });
  }

  /** Changes a draft. What makes it cost less is an adjustment, and guarded. */
  async editDraft(target: EditTarget, edit: DraftEdit): Promise<Invoice> {
    const { database, approvals, invoices, editing } = this.#options;
    const { tenantId, invoiceId } = target;
    return database.transaction(tenantId, async (transaction) => {
      const before = await invoices.lockInvoiceIn(transaction, invoiceId);
      const after = await editing.edit(target, edit);
      const given = before.totalMinor - after.totalMinor;
      if (given <= 0n) return after;
      await approvals.guardIn(transaction, {
        action: 'adjustment',
        accountId: after.accountId,
        currency: after.currency,
        amountMinor: given,
        reason: reasonOf(edit),
        input: { invoiceId, edit },
        result: { type: 'invoice', id: invoiceId },
      });
      return after;
    });
  }

  /** Does what was approved, with the input that it was approved with. */
  async execute(tenantId: string, request: ApprovalRequest): Promise<unknown> {
    const concession = this.#options.concessions.execute(tenantId, request);
    if (concession !== undefined) return concession;
    const { id, action, input } = request;
    switch (action) {
      case 'refund': {
        const refund = inputs.refund.parse(input);
        return this.#options.refunds.refund(tenantId, { ...refund, requestKey: refund.requestKey ?? `approval:${id}` });
      }
      case 'credit_note': {
        const { invoiceId, lines, reason } = inputs.creditNote.parse(input);
        return this.issueCreditNote(tenantId, invoiceId, { lines }, reason);
      }
      case 'write_off': {
        const { invoiceId, amountMinor, reason } = inputs.writeOff.parse(input);
        return this.writeOff(tenantId, invoiceId, amountMinor, reason);
      }
      case 'void': {
        const { invoiceId, reason } = inputs.void.parse(input);
        return this.voidInvoice(tenantId, invoiceId, undefined, reason);
      }
      case 'adjustment': {
        if ('edit' in input) {
          const { invoiceId, edit } = inputs.draftEdit.parse(input);
          return this.editDraft({ tenantId, invoiceId, ifMatch: undefined }, edit);
        }
        const { when, ...charge } = inputs.adjustment.parse(input);
        return this.charge(tenantId, charge, when);
      }
      case 'credit': {
        const { accountId, currency, amountMinor, ...terms } = inputs.credit.parse(input);
        const source = { type: 'promotion' as const, amountMinor };
        return this.#options.credits.grant(tenantId, { accountId, currency, terms, source, requestKey: null });
      }
      default:
        throw new RangeError(`nothing does the action ${action}`);
    }
  }
}
