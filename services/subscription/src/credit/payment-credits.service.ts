import type { Transaction } from '@plinth/common';
import type { Payment } from '../payment/payment.ts';
import { listUsesOfGrants } from './credit-entry.store.ts';
import { listGrantsOfSource } from './credit-grant.store.ts';
import type { CreditMovements } from './credit-movement.service.ts';
import type { CreditMovement } from './credit-movement.ts';
import { findPurchase, setPurchaseGrant } from './credit-purchase.store.ts';
import { lockWalletsById } from './credit-wallet.store.ts';
import { least } from './credit.ts';

/** What a chargeback took of credit: what was left of it, and what it had paid, by invoice. */
export interface TakenCredit {
  readonly leftMinor: bigint;
  readonly used: ReadonlyMap<string, bigint>;
}

/** What becomes of credit when the money that it was made of comes or goes. */
export class PaymentCredits {
  readonly #movements: CreditMovements;
  constructor(movements: CreditMovements) {
    this.#movements = movements;
  }

  /** The invoices that are paid with credit which a payment was turned into. */
  async listInvoiceIdsIn(transaction: Transaction, paymentId: string): Promise<string[]> {
    const grants = await listGrantsOfSource(transaction, paymentId);
    if (grants.length === 0) return [];
    const uses = await listUsesOfGrants(
      transaction,
      grants.map(({ id }) => id),
    );
    return [...new Set(uses.map(({ invoiceId }) => invoiceId))];
  }

  /** Grants what a payment without an invoice was made for, once it is received. Gives how much of it that is. */
  async fulfilIn(transaction: Transaction, payment: Payment): Promise<bigint> {
    if (payment.invoiceId !== null) return 0n;
    const purchase = await findPurchase(transaction, payment.id);
    if (purchase === undefined) return 0n;
    const [wallet] = await lockWalletsById(transaction, [purchase.walletId]);
    const grant = await this.#movements.grantIn(
      transaction,
      wallet!,
      {
        ...purchase.terms,
        legalEntityId: payment.legalEntityId,
        kind: 'paid',
        amountMinor: payment.amountMinor,
        source: { type: 'payment', id: payment.id },
      },
      null,
    );
    await setPurchaseGrant(transaction, payment.id, grant.id);
    return payment.amountMinor;
  }

  /**
   * Takes credit back whose payment was charged back: what remains of the newest grant first, then what it paid, which
   * is owed again. Who calls opens the invoices and posts it.
   */
  async takeBackIn(
    transaction: Transaction,
    paymentId: string,
    amountMinor: bigint,
    reason: string,
  ): Promise<TakenCredit> {
    const known = await listGrantsOfSource(transaction, paymentId);
    await lockWalletsById(transaction, [...new Set(known.map(({ walletId }) => walletId))]);
    const grants = await listGrantsOfSource(transaction, paymentId);
    const movements: CreditMovement[] = [];
    let left = amountMinor;
    for (const grant of grants) {
      const part = least(grant.remainingMinor, left);
      left -= part;
      if (part > 0n) movements.push(refund(grant, part, reason));
    }
    const leftMinor = amountMinor - left;
    const used = new Map<string, bigint>();
    const uses = await listUsesOfGrants(
      transaction,
      grants.map(({ id }) => id),
    );
    for (const { grantId, invoiceId, amountMinor: usedMinor } of uses) {
      const part = least(usedMinor, left);
      if (part === 0n) break;
      left -= part;
      used.set(invoiceId, (used.get(invoiceId) ?? 0n) + part);
      const grant = grants.find(({ id }) => id === grantId)!;
      movements.push({ grant, kind: 'return', amountMinor: part, invoiceId, reason, against: null });
      movements.push(refund(grant, part, reason));
    }
    await this.#movements.moveIn(transaction, movements);
    return { leftMinor, used };
  }
}

function refund(grant: CreditMovement['grant'], amountMinor: bigint, reason: string): CreditMovement {
  return { grant, kind: 'refund', amountMinor: -amountMinor, invoiceId: null, reason, against: null };
}
