import type { Transaction } from '@plinth/common';
import type { CreditMovement } from './credit-movement.ts';
import { fallsBelow, type CreditEntryKind, type CreditWallet } from './credit.ts';

const actions: Readonly<Record<CreditEntryKind, string>> = {
  grant: 'credit.granted',
  use: 'credit.used',
  return: 'credit.returned',
  expiry: 'credit.expired',
  void: 'credit.voided',
  refund: 'credit.refunded',
};

/** Writes a movement into the audit trail, and tells of credit that came or expired. */
export function recordMovement(transaction: Transaction, movement: CreditMovement): void {
  const { grant, kind, invoiceId, reason } = movement;
  const { accountId, currency, kind: creditKind } = grant;
  const size = movement.amountMinor < 0n ? -movement.amountMinor : movement.amountMinor;
  const amountMinor = size.toString();
  transaction.audit({
    action: actions[kind],
    resourceType: 'credit_grant',
    resourceId: grant.id,
    after: { accountId, currency, kind: creditKind, amountMinor, invoiceId, reason },
  });
  const data = { grantId: grant.id, accountId, currency, kind: creditKind, amountMinor };
  if (kind === 'grant')
    transaction.publish('credit.granted', accountId, {
      ...data,
      expiresAt: grant.expiresAt?.toISOString() ?? null,
      reason: grant.reason,
    });
  if (kind === 'expiry') transaction.publish('credit.expired', accountId, data);
}

/** Tells of a balance that has just fallen below the threshold that was set for it. */
export function recordBalance(transaction: Transaction, after: CreditWallet, changeMinor: bigint): void {
  const { accountId, currency, balanceMinor, lowBalanceMinor } = after;
  if (!fallsBelow(lowBalanceMinor, balanceMinor - changeMinor, balanceMinor)) return;
  transaction.publish('credit.low_balance', accountId, {
    accountId,
    currency,
    balanceMinor: balanceMinor.toString(),
    thresholdMinor: lowBalanceMinor!.toString(),
  });
}
