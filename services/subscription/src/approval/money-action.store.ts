import type { Transaction } from '@plinth/common';

/** Something that was done with a customer's money or usage, and who answers for it. */
export interface MoneyAction {
  readonly id: string;
  readonly action: string;
  readonly accountId: string;
  /** Null: without an amount. */
  readonly currency: string | null;
  readonly amountMinor: bigint | null;
  readonly reason: string;
  readonly resultType: string;
  readonly resultId: string;
  readonly disputeId: string | null;
  readonly approvalRequestId: string | null;
  readonly actorKind: string;
  readonly actorId: string;
  readonly happenedAt: Date;
}

export async function insertMoneyAction(transaction: Transaction, action: MoneyAction): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.money_actions (tenant_id, id, action, account_id, currency, amount_minor, reason, result_type, result_id,
       dispute_id, approval_request_id, actor_kind, actor_id, happened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      transaction.tenantId,
      action.id,
      action.action,
      action.accountId,
      action.currency,
      action.amountMinor?.toString() ?? null,
      action.reason,
      action.resultType,
      action.resultId,
      action.disputeId,
      action.approvalRequestId,
      action.actorKind,
      action.actorId,
      action.happenedAt,
    ],
  );
}
