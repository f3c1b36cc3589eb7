import type { Principal } from '@plinth/contracts';
import {
  InvalidInputError,
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { ChargebackService } from '../chargeback/chargeback.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { DunningPauseService } from '../dunning/dunning-pause.service.ts';
import { listLinesOf } from '../invoice/invoice-line.store.ts';
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import {
  DisputeApprovalOpenError,
  DisputeStatusError,
  DisputeUnrelatedError,
  InvoiceNotDisputableError,
} from './dispute.errors.ts';
import {
  disputedMinor,
  evidenceSpan,
  isClosed,
  type Dispute,
  type DisputedInvoice,
  type DisputeEventKind,
  type TimelineItem,
} from './dispute.ts';
import * as store from './dispute.store.ts';
import type { SnapshotService } from './snapshot.service.ts';

export interface DisputeServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly invoices: Pick<InvoiceService, 'lockInvoiceIn'>;
  readonly chargebacks: Pick<ChargebackService, 'getChargeback'>;
  readonly payments: Pick<PaymentService, 'getPayment'>;
  readonly pauses: DunningPauseService;
  readonly snapshots: SnapshotService;
}

export interface NewDispute extends Pick<Dispute, 'accountId' | 'reason' | 'description' | 'chargebackId'> {
  readonly invoices: readonly Pick<DisputedInvoice, 'invoiceId' | 'positions'>[];
}

export interface DisputeQuery extends store.DisputeFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type Change = Partial<Pick<Dispute, 'status' | 'assigneeId' | 'chargebackId' | 'outcome' | 'closedAt'>>;

interface Claim {
  readonly invoice: Invoice;
  readonly lines: readonly InvoiceLine[];
  readonly positions: readonly number[];
}

/** Leads disputes from the complaint to its end. Invoices in dispute are not collected meanwhile. */
export class DisputeService {
  readonly #options: DisputeServiceOptions;
  constructor(options: DisputeServiceOptions) {
    this.#options = options;
  }

  /** Opens a dispute: what is known is kept as it is now, and dunning of its invoices stops. */
  async open(principal: Principal, input: NewDispute): Promise<Dispute> {
    const tenantId = principal.tenant!;
    const { database, snapshots } = this.#options;
    const claims = await database.transaction(tenantId, (transaction) => this.#claimIn(transaction, input));
    const dispute = this.#build(principal, input, claims);
    if (input.chargebackId !== null) await this.#assertOwnChargeback(tenantId, dispute, input.chargebackId);
    const { accountId, evidenceFrom: from, evidenceTo: to } = dispute;
    const pages = await snapshots.take(tenantId, { accountId, from, to, invoiceId: null });
    return database.transaction(tenantId, async (transaction) => {
      await store.insertDispute(transaction, dispute);
      await snapshots.keepIn(transaction, dispute.id, pages);
      for (const { invoiceId } of dispute.invoices) {
        const invoice = await this.#options.invoices.lockInvoiceIn(transaction, invoiceId);
        await this.#options.pauses.pauseIn(transaction, invoice, 'dispute');
      }
      await this.#recordIn(transaction, undefined, dispute, {
        kind: 'opened',
        actorId: principal.subject,
        content: { reason: dispute.reason, description: dispute.description },
      });
      return dispute;
    });
  }

  async list(tenantId: string, { limit, cursor, ...filter }: DisputeQuery): Promise<Page<Dispute>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listDisputes(transaction, filter, before, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (dispute) => dispute,
    );
  }

  async get(tenantId: string, id: string): Promise<Dispute> {
    const dispute = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findDispute(transaction, id),
    );
    if (dispute === undefined) throw new NotFoundError('dispute', id);
    return dispute;
  }

  async listTimeline(
    tenantId: string,
    id: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<TimelineItem>> {
    const after = decodeCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]));
    return this.#options.database.transaction(tenantId, async (transaction) => {
      await this.get(tenantId, id);
      return toPage(
        await store.listTimeline(transaction, id, after, limit + 1),
        limit,
        ({ id: itemId, happenedAt }) => [happenedAt.toISOString(), itemId],
        (item) => item,
      );
    });
  }

  /** Adds a note, which nobody changes any more. Also to a dispute that is closed. */
  async addNote(principal: Principal, id: string, text: string): Promise<TimelineItem> {
    return this.#options.database.transaction(principal.tenant, async (transaction) => {
      const dispute = await this.get(principal.tenant!, id);
      const event = { kind: 'note' as const, actorId: principal.subject, content: { text } };
      return this.#recordIn(transaction, dispute, dispute, event);
    });
  }

  /** Begins to investigate; the caller becomes the assignee unless there is one. */
  async investigate(principal: Principal, id: string): Promise<Dispute> {
    return this.#change(principal, { id, ifMatch: undefined }, 'investigating', (before) => {
      if (before.status !== 'open') throw new DisputeStatusError(before.status);
      return { status: 'investigating', assigneeId: before.assigneeId ?? principal.subject };
    });
  }

  /** Gives it to somebody, or to nobody. */
  async assign(principal: Principal, target: DisputeTarget, assigneeId: string | null): Promise<Dispute> {
    return this.#change(principal, target, 'assigned', (before) => {
      if (isClosed(before)) throw new DisputeStatusError(before.status);
      return { assigneeId };
    });
  }

  /** Notes that the customer disputes it at their bank, too. */
  async linkChargeback(principal: Principal, target: DisputeTarget, chargebackId: string): Promise<Dispute> {
    const dispute = await this.get(principal.tenant!, target.id);
    await this.#assertOwnChargeback(principal.tenant!, dispute, chargebackId);
    return this.#change(principal, target, 'chargeback_linked', (before) => {
      if (isClosed(before)) throw new DisputeStatusError(before.status);
      return { chargebackId };
    });
  }

  /** Ends it, for or against the customer. Dunning goes on where no other dispute is open. */
  async close(
    principal: Principal,
    target: DisputeTarget,
    status: 'resolved' | 'rejected',
    outcome: string,
  ): Promise<Dispute> {
    const { database, pauses, clock } = this.#options;
    return database.transaction(principal.tenant, async (transaction) => {
      const closed = await this.#change(principal, target, status, (before) => {
        if (before.status !== 'investigating') throw new DisputeStatusError(before.status);
        return { status, outcome, closedAt: clock.now() };
      });
      if (await store.hasOpenApproval(transaction, closed.id)) throw new DisputeApprovalOpenError();
      const ids = closed.invoices.map(({ invoiceId }) => invoiceId);
      await pauses.resumeIn(transaction, await store.listUndisputed(transaction, closed.id, ids), 'dispute');
      return closed;
    });
  }

  async #change(
    principal: Principal,
    { id, ifMatch }: DisputeTarget,
    kind: DisputeEventKind,
    change: (before: Dispute) => Change,
  ): Promise<Dispute> {
    return this.#options.database.transaction(principal.tenant, async (transaction) => {
      const before = await store.findDisputeForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('dispute', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const changed = change(before);
      const after = { ...before, ...changed, version: before.version + 1, updatedAt: this.#options.clock.now() };
      await store.updateDispute(transaction, after);
      const { closedAt: _closedAt, ...content } = changed;
      await this.#recordIn(transaction, before, after, { kind, actorId: principal.subject, content });
      return after;
    });
  }

  async #assertOwnChargeback(tenantId: string, dispute: Dispute, chargebackId: string): Promise<void> {
    const { chargebacks, payments } = this.#options;
    const { paymentId } = await chargebacks.getChargeback(tenantId, chargebackId);
    const { accountId, invoiceId } = await payments.getPayment(tenantId, paymentId);
    const isOfInvoice = dispute.invoices.some((one) => one.invoiceId === invoiceId);
    if (accountId !== dispute.accountId && !isOfInvoice) throw new DisputeUnrelatedError('chargeback');
  }

  /** The invoices and lines that are named; all mistakes at once. */
  async #claimIn(transaction: Transaction, { accountId, invoices }: NewDispute): Promise<Claim[]> {
    const faults: { path: string; message: string }[] = [];
    const claims: Claim[] = [];
    for (const [index, { invoiceId, positions }] of invoices.entries()) {
      const path = `/invoices/${index}`;
      const invoice = await this.#options.invoices.lockInvoiceIn(transaction, invoiceId);
      if (invoice.status === 'draft' || invoice.status === 'void')
        throw new InvoiceNotDisputableError(invoiceId, invoice.status);
      const lines = (await listLinesOf(transaction, [invoiceId])).get(invoiceId) ?? [];
      if (invoice.accountId !== accountId && !lines.some((line) => line.accountId === accountId))
        faults.push({ path: `${path}/invoiceId`, message: 'has nothing of the account' });
      if (invoice.currency !== (claims[0]?.invoice ?? invoice).currency)
        faults.push({ path: `${path}/invoiceId`, message: 'is in another currency than the first one' });
      for (const [at, position] of positions.entries())
        if (!lines.some((line) => line.position === position))
          faults.push({ path: `${path}/positions/${at}`, message: 'is no line of the invoice' });
      claims.push({ invoice, lines, positions });
    }
    if (faults.length > 0) throw new InvalidInputError(faults);
    return claims;
  }

  #build(principal: Principal, input: NewDispute, claims: readonly Claim[]): Dispute {
    const now = this.#options.clock.now();
    const invoices = claims.map(({ invoice, lines, positions }) => ({
      invoiceId: invoice.id,
      positions,
      disputedMinor: disputedMinor(invoice, lines, positions),
    }));
    const span = evidenceSpan(
      claims.map(({ invoice }) => invoice),
      claims.flatMap(({ lines }) => lines),
    );
    return {
      ...input,
      id: newId(),
      status: 'open',
      assigneeId: null,
      currency: claims[0]!.invoice.currency,
      disputedMinor: invoices.reduce((sum, one) => sum + one.disputedMinor, 0n),
      evidenceFrom: span.from,
      evidenceTo: span.to,
      outcome: null,
      openedBy: principal.subject,
      invoices,
      version: 1,
      createdAt: now,
      updatedAt: now,
      closedAt: null,
    };
  }

  async #recordIn(
    transaction: Transaction,
    before: Dispute | undefined,
    after: Dispute,
    event: Pick<TimelineItem, 'kind' | 'actorId' | 'content'>,
  ): Promise<TimelineItem> {
    const item: TimelineItem = { ...event, id: newId(), happenedAt: this.#options.clock.now() };
    await store.insertEvent(transaction, after.id, item);
    transaction.audit({
      action: `dispute.${event.kind}`,
      resourceType: 'dispute',
      resourceId: after.id,
      ...(before === undefined ? {} : { before: toAudit(before) }),
      after: { ...toAudit(after), ...event.content },
    });
    return item;
  }
}

export interface DisputeTarget {
  readonly id: string;
  readonly ifMatch: number | undefined;
}

function toAudit({ status, assigneeId, chargebackId, accountId, currency, disputedMinor: minor, outcome }: Dispute) {
  return { status, assigneeId, chargebackId, accountId, currency, disputedMinor: minor.toString(), outcome };
}
