import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './webhook.dto.ts';
import { toDeliveryResponse, toResponse } from './webhook.dto.ts';
import { WebhookService, type WebhookSettings } from './webhook.service.ts';

@Controller('api/v1')
export class WebhookController {
  readonly #webhooks: WebhookService;
  constructor(@Inject(WebhookService) webhooks: WebhookService) {
    this.#webhooks = webhooks;
  }

  @Handles(operations.listWebhooks)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listWebhooks>): Promise<OperationOutput<typeof operations.listWebhooks>> {
    const page = await this.#webhooks.list(tenantId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getWebhook)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getWebhook>): Promise<OperationOutput<typeof operations.getWebhook>> {
    return toResponse(await this.#webhooks.get(tenantId, params.webhookId));
  }

  @Handles(operations.createWebhook)
  async create({
    principal,
    body,
  }: OperationInput<typeof operations.createWebhook>): Promise<OperationOutput<typeof operations.createWebhook>> {
    const { webhook, secret } = await this.#webhooks.create(principal, body);
    return { ...toResponse(webhook), secret };
  }

  @Handles(operations.updateWebhook)
  async update({
    tenantId,
    params,
    body,
    ifMatch,
  }: OperationInput<typeof operations.updateWebhook>): Promise<OperationOutput<typeof operations.updateWebhook>> {
    const change = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    ) as Partial<WebhookSettings>;
    return toResponse(await this.#webhooks.update(tenantId, params.webhookId, change, ifMatch));
  }

  @Handles(operations.rotateWebhookSecret)
  async rotate({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.rotateWebhookSecret>): Promise<
    OperationOutput<typeof operations.rotateWebhookSecret>
  > {
    const { webhook, secret } = await this.#webhooks.rotateSecret(tenantId, params.webhookId, body.overlapSeconds);
    return { ...toResponse(webhook), secret };
  }

  @Handles(operations.deleteWebhook)
  async remove({ tenantId, params }: OperationInput<typeof operations.deleteWebhook>): Promise<undefined> {
    await this.#webhooks.remove(tenantId, params.webhookId);
  }

  @Handles(operations.testWebhook)
  async test({
    tenantId,
    params,
  }: OperationInput<typeof operations.testWebhook>): Promise<OperationOutput<typeof operations.testWebhook>> {
    return toDeliveryResponse(await this.#webhooks.test(tenantId, params.webhookId));
  }

  @Handles(operations.listWebhookDeliveries)
  async listDeliveries({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listWebhookDeliveries>): Promise<
    OperationOutput<typeof operations.listWebhookDeliveries>
  > {
    const page = await this.#webhooks.listDeliveries(tenantId, params.webhookId, query);
    return { ...page, data: page.data.map(toDeliveryResponse) };
  }

  @Handles(operations.redeliverWebhook)
  async redeliver({
    tenantId,
    params,
  }: OperationInput<typeof operations.redeliverWebhook>): Promise<OperationOutput<typeof operations.redeliverWebhook>> {
    return toDeliveryResponse(await this.#webhooks.redeliver(tenantId, params.webhookId, params.deliveryId));
  }
}
