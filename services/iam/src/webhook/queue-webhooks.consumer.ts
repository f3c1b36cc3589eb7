import type { EventEnvelope } from '@plinth/contracts';
import { newId, type Clock, type Transaction, type UseCase } from '@plinth/common';
import type { DeliveryService } from './delivery.service.ts';
import { insertDelivery } from './delivery.store.ts';
import { renderMessage } from './webhook.ts';
import { listListening, listTenantsOf, seeAllTenants } from './webhook.store.ts';

/** Data of the events: of a tenant, or of a person, whose tenants then are told. */
interface EventSubject {
  readonly tenantId?: string;
  readonly userId?: string;
}

/** Queues a message for every webhook that wants the event. */
export class QueueWebhooks implements UseCase<EventSubject> {
  readonly #clock: Clock;
  readonly #deliveries: DeliveryService;

  constructor(clock: Clock, deliveries: DeliveryService) {
    this.#clock = clock;
    this.#deliveries = deliveries;
  }

  async handle(transaction: Transaction, event: EventEnvelope<EventSubject>): Promise<void> {
    const { tenantId = event.tenant, userId } = event.data;
    // A person's tenants are several, and each has its own webhooks.
    await seeAllTenants(transaction);
    const tenants =
      tenantId !== undefined ? [tenantId] : userId === undefined ? [] : await listTenantsOf(transaction, userId);
    const webhooks = await listListening(transaction, tenants, event.type);
    if (webhooks.length === 0) return;
    const now = this.#clock.now();
    const body = renderMessage(event.type, event.time, event.data);
    for (const webhook of webhooks)
      await insertDelivery(transaction, {
        id: newId(now.getTime()),
        tenantId: webhook.tenantId,
        webhookId: webhook.id,
        eventId: event.id,
        eventType: event.type,
        body,
        now,
      });
    transaction.afterCommit(async () => void this.#deliveries.flush());
  }
}
