import type { ContractFunctions, meteringContract, Permission, Principal } from '@plinth/contracts';
import { assertCan, newId, type Clock, type Database } from '@plinth/common';
import { runInAction } from '../approval/action-context.ts';
import type { GuardedActions } from '../approval/guarded-actions.service.ts';
import { insertMoneyAction } from '../approval/money-action.store.ts';
import type { CreditGrantService } from '../credit/credit-grant.service.ts';
import type { CreditRequest } from '../credit-note/credit-note.ts';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import type { RefundService } from '../refund/refund.service.ts';
import { DisputeStatusError, DisputeUnrelatedError } from './dispute.errors.ts';
import type { DisputeService } from './dispute.service.ts';
import { isClosed, type Dispute } from './dispute.ts';

export interface DisputeActionsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly disputes: Pick<DisputeService, 'get'>;
  readonly actions: GuardedActions;
  readonly invoices: Pick<InvoiceService, 'getInvoice'>;
  readonly payments: Pick<PaymentService, 'getPayment'>;
  readonly refunds: Pick<RefundService, 'refund'>;
  readonly credits: Pick<CreditGrantService, 'grant'>;
  readonly metering: Pick<ContractFunctions<typeof meteringContract>, 'correctEvent'>;
}

export type DisputeAction =
  | {
      readonly action: 'refund';
      readonly paymentId: string;
      readonly amountMinor?: bigint | undefined;
      readonly reason: string;
    }
  | {
      readonly action: 'credit_note';
      readonly invoiceId: string;
      readonly request: CreditRequest;
      readonly reason: string;
    }
  | {
      readonly action: 'write_off';
      readonly invoiceId: string;
      readonly amountMinor?: bigint | undefined;
      readonly reason: string;
    }
  | { readonly action: 'void'; readonly invoiceId: string; readonly reason: string }
  | {
      readonly action: 'credit';
      readonly amountMinor: bigint;
      readonly expiresAt: Date | null;
      readonly reason: string;
    }
  | {
      readonly action: 'adjustment';
      readonly amount: string;
      readonly taxCategory: string;
      readonly taxInclusive: boolean;
      readonly reason: string;
    }
  | {
      readonly action: 'usage_correction';
      readonly source: string;
      readonly eventId: string;
      readonly time?: string | undefined;
      /** Counted instead; absent: the event counts no more. */
      readonly data?: Record<string, unknown> | undefined;
      readonly reason: string;
    };

export interface ActionResult {
  readonly type: string;
  readonly id: string;
}

// What was given is used before what was paid.
const promotionPriority = 0;

/** What a caller needs beside dispute:write: a dispute opens no way around the permission of an action. */
const permissionOf: Readonly<Record<DisputeAction['action'], Permission>> = {
  refund: 'payment:refund',
  credit_note: 'credit-note:write',
  write_off: 'credit-note:write',
  void: 'invoice:write',
  credit: 'credit:write',
  adjustment: 'invoice:write',
  usage_correction: 'usage:correct',
};

/** Acts from a dispute, by the services that do such things and within the caller's limits. */
export class DisputeActions {
  readonly #options: DisputeActionsOptions;
  constructor(options: DisputeActionsOptions) {
    this.#options = options;
  }

  /**
   * Does something for an open dispute. Above the caller's limit it waits, and this throws `approval.required`.
   * `requestKey`: the same key is the same refund.
   */
  async act(
    principal: Principal,
    disputeId: string,
    action: DisputeAction,
    requestKey: string | null,
  ): Promise<ActionResult> {
    assertCan(principal, permissionOf[action.action]);
    const dispute = await this.#options.disputes.get(principal.tenant!, disputeId);
    if (isClosed(dispute)) throw new DisputeStatusError(dispute.status);
    return runInAction({ disputeId, approvalRequestId: null }, () => this.#do(principal, dispute, action, requestKey));
  }

  async #do(
    principal: Principal,
    dispute: Dispute,
    action: DisputeAction,
    requestKey: string | null,
  ): Promise<ActionResult> {
    const { actions, refunds, credits } = this.#options;
    const tenantId = principal.tenant!;
    switch (action.action) {
      case 'refund': {
        await this.#assertOwnPayment(tenantId, dispute, action.paymentId);
        const { paymentId, amountMinor, reason } = action;
        const refund = await refunds.refund(tenantId, {
          paymentId,
          amountMinor,
          reason,
          note: null,
          reference: null,
          requestKey,
        });
        return { type: 'refund', id: refund.id };
      }
      case 'credit_note': {
        await this.#assertOwnInvoice(tenantId, dispute, action.invoiceId);
        const note = await actions.issueCreditNote(tenantId, action.invoiceId, action.request, action.reason);
        return { type: 'credit_note', id: note.id };
      }
      case 'write_off':
        await this.#assertOwnInvoice(tenantId, dispute, action.invoiceId);
        await actions.writeOff(tenantId, action.invoiceId, action.amountMinor, action.reason);
        return { type: 'invoice', id: action.invoiceId };
      case 'void':
        await this.#assertOwnInvoice(tenantId, dispute, action.invoiceId);
        await actions.voidInvoice(tenantId, action.invoiceId, undefined, action.reason);
        return { type: 'invoice', id: action.invoiceId };
      case 'credit': {
        const { amountMinor, expiresAt, reason } = action;
        const { grant } = await credits.grant(tenantId, {
          accountId: dispute.accountId,
          currency: dispute.currency,
          terms: { priority: promotionPriority, expiresAt, reason },
          source: { type: 'promotion', amountMinor },
          requestKey: null,
        });
        return { type: 'credit_grant', id: grant!.id };
      }
      case 'adjustment': {
        const { amount, reason, taxCategory, taxInclusive } = action;
        const { accountId, currency } = dispute;
        const given = { accountId, currency, description: reason, quantity: '1', unitAmount: `-${amount}` };
        const charge = await actions.charge(tenantId, { ...given, taxCategory, taxInclusive }, 'next_invoice');
        return { type: 'charge', id: charge.id };
      }
      case 'usage_correction':
        return this.#correctUsage(principal, dispute, action);
    }
  }

  /** Has no amount of its own: what it changes is billed by the next invoice, as late usage. */
  async #correctUsage(
    { kind, subject, tenant: tenantId }: Principal,
    { id: disputeId, accountId }: Dispute,
    { source, eventId, time, data, reason }: DisputeAction & { readonly action: 'usage_correction' },
  ): Promise<ActionResult> {
    const { metering, database, clock } = this.#options;
    await metering.correctEvent({
      tenantId: tenantId!,
      accountId,
      source,
      id: eventId,
      reason,
      correctedBy: subject,
      ...(time === undefined ? {} : { time }),
      ...(data === undefined ? {} : { data }),
    });
    const result = { type: 'usage_event', id: `${source} ${eventId}` };
    await database.transaction(tenantId, async (transaction) => {
      await insertMoneyAction(transaction, {
        id: newId(),
        action: 'usage_correction',
        accountId,
        currency: null,
        amountMinor: null,
        reason,
        resultType: result.type,
        resultId: result.id,
        disputeId,
        approvalRequestId: null,
        actorKind: kind,
        actorId: subject,
        happenedAt: clock.now(),
      });
      transaction.audit({
        action: 'dispute.usage_corrected',
        resourceType: 'dispute',
        resourceId: disputeId,
        after: { source, eventId, data: data ?? null, reason },
      });
    });
    return result;
  }

  async #assertOwnInvoice(tenantId: string, dispute: Dispute, invoiceId: string): Promise<void> {
    if (dispute.invoices.some((one) => one.invoiceId === invoiceId)) return;
    const { invoice } = await this.#options.invoices.getInvoice(tenantId, invoiceId);
    if (invoice.accountId !== dispute.accountId) throw new DisputeUnrelatedError('invoice');
  }

  async #assertOwnPayment(tenantId: string, dispute: Dispute, paymentId: string): Promise<void> {
    const { accountId, invoiceId } = await this.#options.payments.getPayment(tenantId, paymentId);
    const isOfInvoice = dispute.invoices.some((one) => one.invoiceId === invoiceId);
    if (accountId !== dispute.accountId && !isOfInvoice) throw new DisputeUnrelatedError('payment');
  }
}
