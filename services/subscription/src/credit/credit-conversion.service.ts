import type { Clock, Transaction } from '@plinth/common';
import type { CreditNoteService } from '../credit-note/credit-note.service.ts';
import { refundableMinor } from '../credit-note/credit-note.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { dueMinor } from '../invoice/invoice.ts';
import type { PaymentSettlementService } from '../payment/payment-settlement.service.ts';
import { unappliedMinor, type Payment } from '../payment/payment.ts';
import { listUsesOfInvoice } from './credit-entry.store.ts';
import type { CreditMovements } from './credit-movement.service.ts';
import { lockWallet } from './credit-wallet.store.ts';
import { CreditSourceExceededError, CreditSourceMismatchError } from './credit.errors.ts';
import { least, type CreditGrant, type CreditTerms } from './credit.ts';

export interface CreditConversionDependencies {
  readonly clock: Clock;
  readonly invoices: InvoiceService;
  readonly creditNotes: CreditNoteService;
  readonly settlement: PaymentSettlementService;
  readonly movements: CreditMovements;
}

/** Whose credit it is. */
export interface CreditOwner {
  readonly accountId: string;
  readonly currency: string;
  readonly legalEntityKey: string | undefined;
}

/** Money that is there already; all of it where no amount is said. */
export type MoneyToTurn =
  | { readonly type: 'payment'; readonly paymentId: string; readonly amountMinor: bigint | undefined }
  | { readonly type: 'credit_note'; readonly creditNoteId: string; readonly amountMinor: bigint | undefined };

/** What came of a request. */
export interface GrantResult {
  /** Null while the payment for it is not there, and where all of it went back to where it came from. */
  readonly grant: CreditGrant | null;
  readonly payment: Payment | null;
  /** What of a credit note was paid with credit before and went back to those grants. */
  readonly returnedMinor: bigint;
}

/** Turns money that is owed back into credit, and back again. */
export class CreditConversion {
  readonly #dependencies: CreditConversionDependencies;
  constructor(dependencies: CreditConversionDependencies) {
    this.#dependencies = dependencies;
  }

  /** Money of a payment that settles nothing becomes credit: all of it, or as much as is asked for. */
  async turnPaymentIn(
    transaction: Transaction,
    owner: CreditOwner,
    terms: CreditTerms,
    source: MoneyToTurn & { readonly type: 'payment' },
  ): Promise<GrantResult> {
    const { settlement, movements, clock } = this.#dependencies;
    const payment = await settlement.lockPaymentIn(transaction, source.paymentId);
    assertSame('payment', payment, owner);
    const most = unappliedMinor(payment);
    const amountMinor = source.amountMinor ?? most;
    if (amountMinor > most || amountMinor === 0n) throw new CreditSourceExceededError('payment', most);
    const after = await settlement.addGrantedIn(transaction, payment, amountMinor);
    const wallet = await lockWallet(transaction, owner.accountId, owner.currency, clock.now());
    const { legalEntityId, id } = payment;
    const input = {
      ...terms,
      kind: 'paid' as const,
      legalEntityId,
      amountMinor,
      source: { type: 'payment' as const, id },
    };
    // What settles nothing is owed to the customer already.
    return { grant: await movements.grantIn(transaction, wallet, input, null), payment: after, returnedMinor: 0n };
  }

  /**
   * What a credit note leaves to be given back becomes credit. The part that credit had paid goes back to the grants it
   * came from, after what money had paid, so that no promotion turns into money.
   */
  async turnCreditNoteIn(
    transaction: Transaction,
    owner: CreditOwner,
    terms: CreditTerms,
    source: MoneyToTurn & { readonly type: 'credit_note' },
  ): Promise<GrantResult> {
    const { creditNotes, invoices, movements, clock } = this.#dependencies;
    const { id, invoiceId } = await creditNotes.get(transaction.tenantId!, source.creditNoteId);
    const invoice = await invoices.lockInvoiceIn(transaction, invoiceId);
    const note = await creditNotes.get(transaction.tenantId!, id);
    assertSame('credit note', note, owner);
    // Less than the note says where a refund gave part of it back already.
    const most = largest(0n, least(refundableMinor(note), -dueMinor(invoice)));
    const amountMinor = source.amountMinor ?? most;
    if (amountMinor > most || amountMinor === 0n) throw new CreditSourceExceededError('credit note', most);
    await creditNotes.addRefundIn(transaction, id, amountMinor);
    const uses = await listUsesOfInvoice(transaction, invoiceId);
    const used = uses.reduce((sum, use) => sum + use.amountMinor, 0n);
    const paidByMoney = largest(0n, invoice.paidMinor + invoice.creditsMinor - used);
    const fromMoney = least(amountMinor, paidByMoney);
    await invoices.applySettlementIn(transaction, invoiceId, { creditsMinor: -amountMinor });
    const returnedMinor = await movements.returnIn(transaction, invoiceId, amountMinor - fromMoney, terms.reason);
    if (fromMoney === 0n) return { grant: null, payment: null, returnedMinor };
    const wallet = await lockWallet(transaction, owner.accountId, owner.currency, clock.now());
    const input = {
      ...terms,
      kind: 'paid' as const,
      legalEntityId: note.legalEntityId,
      amountMinor: fromMoney,
      source: { type: 'credit_note' as const, id },
    };
    const grant = await movements.grantIn(transaction, wallet, input, 'receivable');
    return { grant, payment: null, returnedMinor };
  }

  /** Locks what a grant was made of. The result gives an amount back to it. */
  async lockSourceIn(
    transaction: Transaction,
    { source }: CreditGrant,
  ): Promise<(amountMinor: bigint) => Promise<void>> {
    const { settlement, creditNotes, invoices } = this.#dependencies;
    if (source.type === 'promotion') return async () => {};
    if (source.type === 'payment') {
      const payment = await settlement.lockPaymentIn(transaction, source.id);
      return async (amountMinor) => void (await settlement.addGrantedIn(transaction, payment, -amountMinor));
    }
    const { invoiceId } = await creditNotes.get(transaction.tenantId!, source.id);
    await invoices.lockInvoiceIn(transaction, invoiceId);
    return async (amountMinor) => {
      await creditNotes.addRefundIn(transaction, source.id, -amountMinor);
      await invoices.applySettlementIn(transaction, invoiceId, { creditsMinor: amountMinor });
    };
  }
}

function assertSame(
  name: string,
  source: { readonly accountId: string; readonly currency: string },
  owner: CreditOwner,
): void {
  if (source.accountId !== owner.accountId) throw new CreditSourceMismatchError(name, 'account');
  if (source.currency !== owner.currency) throw new CreditSourceMismatchError(name, 'currency');
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
