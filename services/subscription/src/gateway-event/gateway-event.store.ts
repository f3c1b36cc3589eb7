import type { Transaction } from '@plinth/common';
import type { EventOutcome } from './event-outcome.ts';
import type { GatewayEvent } from '../payment-gateway/gateway-event.ts';

/** Remembers an event; false when it is known already. Two that come at once wait for each other here. */
export async function insertEvent(
  transaction: Transaction,
  gatewayAccountId: string,
  event: GatewayEvent,
  receivedAt: Date,
): Promise<boolean> {
  const rows = await transaction.execute(
    `INSERT INTO subscription.gateway_events (tenant_id, gateway_account_id, event_id, type, outcome, payload, happened_at,
       received_at) VALUES ($1, $2, $3, $4, 'ignored', $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      gatewayAccountId,
      event.id,
      event.type,
      JSON.stringify(event.payload),
      event.happenedAt,
      receivedAt,
    ],
  );
  return rows === 1;
}

export async function setOutcome(
  transaction: Transaction,
  gatewayAccountId: string,
  eventId: string,
  outcome: EventOutcome,
): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.gateway_events SET outcome = $3 WHERE gateway_account_id = $1 AND event_id = $2`,
    [gatewayAccountId, eventId, outcome],
  );
}
