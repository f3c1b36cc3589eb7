import type { Principal } from '@plinth/contracts';
import {
  decodeCursor,
  drawWebhookSecret,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { DeliveryService } from './delivery.service.ts';
import { findDelivery, insertDelivery, listDeliveries, resetDelivery } from './delivery.store.ts';
import { findUrlFault } from './webhook-url.ts';
import { TooManyWebhooksError, WebhookDisabledError } from './webhook.errors.ts';
import { renderMessage, testEventType, type Webhook, type WebhookDelivery, type WebhookEventType } from './webhook.ts';
import * as store from './webhook.store.ts';

export interface WebhookServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly deliveries: DeliveryService;
  readonly allowLoopback: boolean;
}

export interface WebhookSettings {
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly WebhookEventType[];
}

const mostWebhooks = 20;

/** Keeps the webhooks of tenants. */
export class WebhookService {
  readonly #options: WebhookServiceOptions;

  constructor(options: WebhookServiceOptions) {
    this.#options = options;
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Webhook>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, (transaction) =>
      store.listWebhooks(transaction, { after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (webhook) => [webhook.id],
      (webhook) => webhook,
    );
  }

  async get(tenantId: string, id: string): Promise<Webhook> {
    return this.#options.database.transaction(tenantId, (transaction) => getWebhook(transaction, id));
  }

  /** Makes a webhook; its secret is in this answer and nowhere else. */
  async create(caller: Principal, settings: WebhookSettings): Promise<{ webhook: Webhook; secret: string }> {
    this.#assertUrl(settings.url);
    const { database, clock, deliveries } = this.#options;
    const now = clock.now();
    const webhook: Webhook = {
      ...settings,
      eventTypes: [...new Set(settings.eventTypes)].sort(),
      id: newId(now.getTime()),
      overlapUntil: null,
      createdBy: caller.kind === 'user' ? caller.subject : null,
      createdAt: now,
      updatedAt: now,
      disabledAt: null,
      disabledBecause: null,
      version: 1,
    };
    const secret = drawWebhookSecret();
    await database.transaction(caller.tenant, async (transaction) => {
      if ((await store.countWebhooks(transaction)) >= mostWebhooks) throw new TooManyWebhooksError(mostWebhooks);
      await store.insertWebhook(transaction, webhook, deliveries.encryptSecret(webhook.id, secret));
      audit(transaction, 'created', webhook.id, undefined, webhook);
    });
    return { webhook, secret };
  }

  async update(
    tenantId: string,
    id: string,
    change: Partial<WebhookSettings> & { readonly enabled?: boolean },
    version: number | undefined,
  ): Promise<Webhook> {
    if (change.url !== undefined) this.#assertUrl(change.url);
    const { enabled, ...settings } = change;
    return this.#change(tenantId, id, async (transaction, before) => {
      if (version !== undefined && version !== before.version) throw new VersionMismatchError();
      const now = this.#options.clock.now();
      const isDisabled = enabled === undefined ? before.disabledAt !== null : !enabled;
      const after: Webhook = {
        ...before,
        ...settings,
        updatedAt: now,
        disabledAt: isDisabled ? (before.disabledAt ?? now) : null,
        disabledBecause: isDisabled ? (before.disabledBecause ?? 'owner') : null,
        version: before.version + 1,
      };
      await store.updateWebhook(transaction, after);
      audit(transaction, 'updated', id, before, after);
      return after;
    });
  }

  async rotateSecret(
    tenantId: string,
    id: string,
    overlapSeconds: number,
  ): Promise<{ webhook: Webhook; secret: string }> {
    const secret = drawWebhookSecret();
    const webhook = await this.#change(tenantId, id, async (transaction, before) => {
      const now = this.#options.clock.now().getTime();
      const after = { ...before, overlapUntil: overlapSeconds === 0 ? null : new Date(now + overlapSeconds * 1000) };
      const encrypted = this.#options.deliveries.encryptSecret(id, secret);
      await store.replaceSecret(transaction, { ...after, secret: encrypted });
      audit(transaction, 'secret_rotated', id, undefined, { overlapUntil: after.overlapUntil });
      return after;
    });
    return { webhook, secret };
  }

  async remove(tenantId: string, id: string): Promise<void> {
    await this.#change(tenantId, id, async (transaction, before) => {
      await store.deleteWebhook(transaction, id);
      audit(transaction, 'deleted', id, before, undefined);
      return before;
    });
  }

  /** Queues a message that says nothing but that it arrived. */
  async test(tenantId: string, id: string): Promise<WebhookDelivery> {
    return this.#send(tenantId, id, async (transaction) => {
      const now = this.#options.clock.now();
      const deliveryId = newId(now.getTime());
      await insertDelivery(transaction, {
        id: deliveryId,
        tenantId,
        webhookId: id,
        eventId: deliveryId,
        eventType: testEventType,
        body: renderMessage(testEventType, now.toISOString(), { tenantId, webhookId: id }),
        now,
      });
      return deliveryId;
    });
  }

  async redeliver(tenantId: string, id: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.#send(tenantId, id, async (transaction) => {
      await resetDelivery(transaction, (await getDelivery(transaction, id, deliveryId)).id, this.#options.clock.now());
      return deliveryId;
    });
  }

  async listDeliveries(
    tenantId: string,
    id: string,
    query: { readonly limit: number; readonly cursor?: string | undefined; readonly status?: string | undefined },
  ): Promise<Page<WebhookDelivery>> {
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#options.database.transaction(tenantId, async (transaction) => {
      await getWebhook(transaction, id);
      const { status, limit } = query;
      return listDeliveries(transaction, { webhookId: id, status, before, limit: limit + 1 });
    });
    return toPage(
      rows,
      query.limit,
      (delivery) => [delivery.id],
      (delivery) => delivery,
    );
  }

  async #send(
    tenantId: string,
    id: string,
    queue: (transaction: Transaction) => Promise<string>,
  ): Promise<WebhookDelivery> {
    const { database, deliveries } = this.#options;
    return database.transaction(tenantId, async (transaction) => {
      if ((await getWebhook(transaction, id)).disabledAt !== null) throw new WebhookDisabledError(id);
      const deliveryId = await queue(transaction);
      transaction.audit({ action: 'webhook.message_queued', resourceType: 'webhook_delivery', resourceId: deliveryId });
      transaction.afterCommit(async () => void deliveries.flush());
      return getDelivery(transaction, id, deliveryId);
    });
  }

  #assertUrl(url: string): void {
    const fault = findUrlFault(url, this.#options.allowLoopback);
    if (fault !== undefined) throw new InvalidInputError([{ path: '/url', message: fault }]);
  }

  #change(
    tenantId: string,
    id: string,
    work: (transaction: Transaction, before: Webhook) => Promise<Webhook>,
  ): Promise<Webhook> {
    return this.#options.database.transaction(tenantId, async (transaction) => {
      const before = await store.findWebhookForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('webhook', id);
      return work(transaction, before);
    });
  }
}

async function getWebhook(transaction: Transaction, id: string): Promise<Webhook> {
  const webhook = await store.findWebhook(transaction, id);
  if (webhook === undefined) throw new NotFoundError('webhook', id);
  return webhook;
}

async function getDelivery(transaction: Transaction, webhookId: string, id: string): Promise<WebhookDelivery> {
  const delivery = await findDelivery(transaction, webhookId, id);
  if (delivery === undefined) throw new NotFoundError('delivery', id);
  return delivery;
}

function audit(transaction: Transaction, what: string, id: string, before: unknown, after: unknown): void {
  transaction.audit({
    action: `webhook.${what}`,
    resourceType: 'webhook',
    resourceId: id,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}
