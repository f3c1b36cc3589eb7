import { NotFoundError, type Clock, type Transaction } from '@plinth/common';
import type { PaymentCredits } from '../credit/payment-credits.service.ts';
import type { DunningPauseService } from '../dunning/dunning-pause.service.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { dueMinor, type Invoice } from '../invoice/invoice.ts';
import type { Posting } from '../ledger/ledger.ts';
import { insertPostings } from '../ledger/ledger.store.ts';
import type { PaymentMethodService } from '../payment-method/payment-method.service.ts';
import { AmountTooLargeError } from './payment.errors.ts';
import * as store from './payment.store.ts';
import {
  refundableMinor,
  takeableMinor,
  transition,
  unappliedMinor,
  type Payment,
  type PaymentOutcome,
} from './payment.ts';

export interface PaymentSettlementOptions {
  readonly clock: Clock;
  readonly invoices: InvoiceService;
  readonly methods: PaymentMethodService;
  readonly pauses: DunningPauseService;
  readonly credits: PaymentCredits;
}

/** Where money was taken back from: an invoice that it had settled; null: what settled nothing. */
export interface Taken {
  readonly invoiceId: string | null;
  readonly amountMinor: string;
}

/** Why money goes back, or comes again. */
export interface TakeBackSource {
  readonly type: 'refund' | 'chargeback';
  readonly id: string;
}

/**
 * Moves received money between payments, invoices and the ledger. Always locks invoices before payments, as everybody
 * does who needs both.
 */
export class PaymentSettlementService {
  readonly #options: PaymentSettlementOptions;

  constructor(options: PaymentSettlementOptions) {
    this.#options = options;
  }

  /**
   * Takes an outcome over, whoever tells it and however often. A success settles the invoice as far as something of it
   * is due, and the rest stays unapplied.
   */
  async settleIn(transaction: Transaction, paymentId: string, outcome: PaymentOutcome): Promise<Payment> {
    const { invoices, methods, clock } = this.#options;
    const known = await getPayment(transaction, paymentId);
    const invoice = known.invoiceId === null ? undefined : await invoices.lockInvoiceIn(transaction, known.invoiceId);
    const before = await lockPayment(transaction, paymentId);
    const now = clock.now();
    const after = transition(before, outcome, now);
    if (after === before) return before;
    const settled = after.status === 'succeeded' ? await this.#receive(transaction, after, invoice) : after;
    await store.updatePayment(transaction, settled);
    if (outcome.status === 'failed' && outcome.failure === 'hard' && settled.paymentMethodId !== null)
      await methods.markDeclinedIn(transaction, settled.paymentMethodId, outcome.code);
    recordStatus(transaction, before, settled);
    return settled;
  }

  /** A payment that nobody else changes until the end of the transaction. Lock its invoices before, where you need both. */
  async lockPaymentIn(transaction: Transaction, paymentId: string): Promise<Payment> {
    return lockPayment(transaction, paymentId);
  }

  /** Locks the invoices that a payment settles, by itself or by the credit made of it, and then the payment. */
  async lockAllIn(transaction: Transaction, paymentId: string): Promise<Payment> {
    const { credits, invoices } = this.#options;
    const allocations = await store.listAllocations(transaction, paymentId);
    const paidByCredit = await credits.listInvoiceIdsIn(transaction, paymentId);
    const ids = new Set([...allocations.map(({ invoiceId }) => invoiceId), ...paidByCredit]);
    for (const id of [...ids].sort()) await invoices.lockInvoiceIn(transaction, id);
    return lockPayment(transaction, paymentId);
  }

  /** Turns money that settles nothing into prepaid credit, or back; the books have it as such already. */
  async addGrantedIn(transaction: Transaction, payment: Payment, amountMinor: bigint): Promise<Payment> {
    const most = unappliedMinor(payment);
    if (amountMinor > most) throw new AmountTooLargeError('What is turned into credit', most);
    const after = {
      ...payment,
      grantedMinor: payment.grantedMinor + amountMinor,
      version: payment.version + 1,
      updatedAt: this.#options.clock.now(),
    };
    await store.updatePayment(transaction, after);
    return after;
  }

  /** Settles an invoice with unapplied money. */
  async applyIn(transaction: Transaction, payment: Payment, invoice: Invoice, amountMinor: bigint): Promise<Payment> {
    const now = this.#options.clock.now();
    const after = {
      ...(await this.#apply(transaction, payment, invoice, amountMinor)),
      version: payment.version + 1,
      updatedAt: now,
    };
    await store.updatePayment(transaction, after);
    await insertPostings(transaction, [
      posting(payment, { type: 'payment', id: payment.id }, now, { credits: amountMinor, receivable: -amountMinor }),
    ]);
    return after;
  }

  /**
   * Takes money out again: first what settled nothing, then from invoices, which are open again by it; a chargeback
   * also takes prepaid credit.
   */
  async takeBackIn(
    transaction: Transaction,
    paymentId: string,
    amountMinor: bigint,
    source: TakeBackSource,
  ): Promise<{ readonly payment: Payment; readonly taken: readonly Taken[] }> {
    const { invoices, clock } = this.#options;
    const before = await this.lockAllIn(transaction, paymentId);
    const most = source.type === 'chargeback' ? takeableMinor(before) : refundableMinor(before);
    if (amountMinor > most) throw new AmountTooLargeError('What is taken back', most);
    const unapplied = least(unappliedMinor(before), amountMinor);
    const taken: Taken[] = unapplied === 0n ? [] : [{ invoiceId: null, amountMinor: unapplied.toString() }];
    let rest = amountMinor - unapplied;
    for (const allocation of (await store.listAllocations(transaction, paymentId)).toReversed()) {
      const part = least(allocation.amountMinor, rest);
      if (part === 0n) continue;
      rest -= part;
      taken.push({ invoiceId: allocation.invoiceId, amountMinor: part.toString() });
      await store.addAllocation(transaction, paymentId, { ...allocation, amountMinor: -part });
      const opened = await invoices.applySettlementIn(transaction, allocation.invoiceId, { paidMinor: -part });
      await this.#pauseOpenIn(transaction, opened, source);
    }
    const fromInvoices = amountMinor - unapplied - rest;
    const credit = await this.#takeCreditIn(transaction, before, rest, source);
    taken.push(...credit.taken);
    const now = clock.now();
    const receivable = fromInvoices + credit.usedMinor;
    await insertPostings(transaction, [
      posting(before, source, now, { receivable, credits: amountMinor - receivable, cash: -amountMinor }),
    ]);
    const payment = {
      ...this.#addTaken(before, source, amountMinor, -fromInvoices, now),
      grantedMinor: before.grantedMinor - rest,
    };
    await store.updatePayment(transaction, payment);
    return { payment, taken };
  }

  /** The reverse: a refund that failed, or a chargeback that was won. */
  async giveBackIn(
    transaction: Transaction,
    paymentId: string,
    taken: readonly Taken[],
    source: TakeBackSource,
  ): Promise<Payment> {
    const { invoices, clock } = this.#options;
    const locked = new Map<string, Invoice>();
    for (const { invoiceId } of taken.toSorted((a, b) => (a.invoiceId ?? '').localeCompare(b.invoiceId ?? '')))
      if (invoiceId !== null) locked.set(invoiceId, await invoices.lockInvoiceIn(transaction, invoiceId));
    const before = await lockPayment(transaction, paymentId);
    const now = clock.now();
    const total = taken.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
    let payment = this.#addTaken(before, source, -total, 0n, now);
    for (const { invoiceId, amountMinor } of taken) {
      const invoice = invoiceId === null ? undefined : locked.get(invoiceId);
      const part = invoice === undefined ? 0n : least(payable(invoice), BigInt(amountMinor));
      if (invoice !== undefined && part > 0n) payment = await this.#apply(transaction, payment, invoice, part);
    }
    const applied = payment.appliedMinor - before.appliedMinor;
    await insertPostings(transaction, [
      posting(before, source, now, { cash: total, receivable: -applied, credits: applied - total }),
    ]);
    await store.updatePayment(transaction, payment);
    return payment;
  }

  /** Takes credit that was made of a payment: what is left of it, then from invoices that it paid, which open again. */
  async #takeCreditIn(
    transaction: Transaction,
    payment: Payment,
    amountMinor: bigint,
    source: TakeBackSource,
  ): Promise<{ readonly usedMinor: bigint; readonly taken: readonly Taken[] }> {
    if (amountMinor === 0n) return { usedMinor: 0n, taken: [] };
    const { invoices, credits } = this.#options;
    const { leftMinor, used } = await credits.takeBackIn(transaction, payment.id, amountMinor, source.type);
    const taken: Taken[] = leftMinor === 0n ? [] : [{ invoiceId: null, amountMinor: leftMinor.toString() }];
    for (const [invoiceId, part] of used) {
      taken.push({ invoiceId, amountMinor: part.toString() });
      const opened = await invoices.applySettlementIn(transaction, invoiceId, { creditsMinor: -part });
      await this.#pauseOpenIn(transaction, opened, source);
    }
    return { usedMinor: amountMinor - leftMinor, taken };
  }

  /** What was just given back is not asked for again by itself. */
  async #pauseOpenIn(transaction: Transaction, invoice: Invoice, { type }: TakeBackSource): Promise<void> {
    if (dueMinor(invoice) > 0n) await this.#options.pauses.pauseIn(transaction, invoice, type);
  }

  async #receive(transaction: Transaction, payment: Payment, invoice: Invoice | undefined): Promise<Payment> {
    const part = invoice === undefined ? 0n : least(payable(invoice), payment.amountMinor);
    const settled = part === 0n ? payment : await this.#apply(transaction, payment, invoice!, part);
    const { id, amountMinor, succeededAt } = payment;
    const entries = { cash: amountMinor, receivable: -part, credits: part - amountMinor };
    await insertPostings(transaction, [posting(payment, { type: 'payment', id }, succeededAt!, entries)]);
    const grantedMinor = await this.#options.credits.fulfilIn(transaction, settled);
    return { ...settled, grantedMinor };
  }

  async #apply(transaction: Transaction, payment: Payment, invoice: Invoice, amountMinor: bigint): Promise<Payment> {
    await this.#options.invoices.applySettlementIn(transaction, invoice.id, { paidMinor: amountMinor });
    await store.addAllocation(transaction, payment.id, { invoiceId: invoice.id, amountMinor });
    return { ...payment, appliedMinor: payment.appliedMinor + amountMinor };
  }

  #addTaken(before: Payment, { type }: TakeBackSource, amountMinor: bigint, appliedMinor: bigint, now: Date): Payment {
    return {
      ...before,
      appliedMinor: before.appliedMinor + appliedMinor,
      refundedMinor: before.refundedMinor + (type === 'refund' ? amountMinor : 0n),
      chargedBackMinor: before.chargedBackMinor + (type === 'chargeback' ? amountMinor : 0n),
      version: before.version + 1,
      updatedAt: now,
    };
  }
}

/** What of an invoice can be paid now; nothing of a draft or a void one. */
export function payable(invoice: Invoice): bigint {
  const due = dueMinor(invoice);
  return invoice.status === 'draft' || invoice.status === 'void' || due < 0n ? 0n : due;
}

async function getPayment(transaction: Transaction, id: string): Promise<Payment> {
  const payment = await store.findPayment(transaction, id);
  if (payment === undefined) throw new NotFoundError('payment', id);
  return payment;
}

async function lockPayment(transaction: Transaction, id: string): Promise<Payment> {
  const payment = await store.findPaymentForUpdate(transaction, id);
  if (payment === undefined) throw new NotFoundError('payment', id);
  return payment;
}

function posting(
  { legalEntityId, accountId, currency }: Payment,
  source: { readonly type: Posting['sourceType']; readonly id: string },
  postedAt: Date,
  amounts: Readonly<Partial<Record<'cash' | 'receivable' | 'credits', bigint>>>,
): Posting {
  const entries = (['cash', 'receivable', 'credits'] as const).map((account) => ({
    account,
    amountMinor: amounts[account] ?? 0n,
  }));
  return { legalEntityId, accountId, currency, sourceType: source.type, sourceId: source.id, postedAt, entries };
}

function recordStatus(transaction: Transaction, before: Payment, after: Payment): void {
  const { id: paymentId, accountId, invoiceId, currency, status } = after;
  if (before.status === status) return;
  const amountMinor = after.amountMinor.toString();
  transaction.audit({
    action: `payment.${status}`,
    resourceType: 'payment',
    resourceId: paymentId,
    before: { status: before.status },
    after: { status, accountId, invoiceId, currency, amountMinor, failureCode: after.failureCode },
  });
  const data = { paymentId, accountId, invoiceId, currency, amountMinor };
  if (status === 'succeeded')
    transaction.publish('payment.succeeded', accountId, { ...data, appliedMinor: after.appliedMinor.toString() });
  if (status === 'failed')
    transaction.publish('payment.failed', accountId, { ...data, failure: after.failure!, code: after.failureCode! });
  if (status === 'requires_action') transaction.publish('payment.requires_action', accountId, data);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
