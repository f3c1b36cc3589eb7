import type { Transaction } from '@plinth/common';
import type { GatewayMovement } from '../payment-gateway/payment-gateway.ts';
import type { OwnMovement } from './reconciliation.ts';

interface MovementRow extends Omit<OwnMovement, 'amountMinor'> {
  readonly amountMinor: string;
}

/** Payments, refunds and chargebacks as movements of money. */
const movements = `
  SELECT 'payment' AS kind, id, gateway, gateway_account_id, gateway_payment_id AS gateway_id, currency, amount_minor,
    succeeded_at AS moved_at FROM subscription.payments WHERE status = 'succeeded'
  UNION ALL
  SELECT 'refund', r.id, p.gateway, p.gateway_account_id, r.gateway_refund_id, p.currency,
    CASE WHEN r.status = 'succeeded' THEN -r.amount_minor ELSE 0 END, r.updated_at
    FROM subscription.refunds r JOIN subscription.payments p ON p.id = r.payment_id WHERE r.gateway_refund_id IS NOT NULL
  UNION ALL
  SELECT 'chargeback', c.id, p.gateway, c.gateway_account_id, c.gateway_dispute_id, p.currency,
    CASE WHEN c.withdrawn THEN -c.amount_minor ELSE 0 END, c.created_at
    FROM subscription.chargebacks c JOIN subscription.payments p ON p.id = c.payment_id`;

const select = `SELECT kind, id, gateway, gateway_account_id AS "gatewayAccountId", gateway_id AS "gatewayId", currency,
  amount_minor::text AS "amountMinor", moved_at AS "movedAt" FROM (${movements}) AS movement`;

/** What moved in [from, to), of all gateways. */
export async function listOwnMovements(transaction: Transaction, from: Date, to: Date): Promise<OwnMovement[]> {
  const rows = await transaction.rows<MovementRow>(
    `${select} WHERE moved_at >= $1 AND moved_at < $2 ORDER BY moved_at, id`,
    [from, to],
  );
  return rows.map(fromRow);
}

/** What a gateway names, whenever it moved. */
export async function listNamedMovements(
  transaction: Transaction,
  gatewayAccountId: string,
  theirs: readonly GatewayMovement[],
): Promise<OwnMovement[]> {
  const rows = await transaction.rows<MovementRow>(
    `${select} WHERE gateway_account_id = $1 AND gateway_id = ANY ($2::text[]) ORDER BY moved_at, id`,
    [gatewayAccountId, theirs.map(({ gatewayId }) => gatewayId)],
  );
  return rows.map(fromRow);
}

function fromRow(row: MovementRow): OwnMovement {
  return { ...row, amountMinor: BigInt(row.amountMinor) };
}
