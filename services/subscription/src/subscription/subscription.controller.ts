import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { SaleService } from './sale.service.ts';
import * as operations from './subscription.dto.ts';
import { toResponse } from './subscription.dto.ts';
import { SubscriptionService } from './subscription.service.ts';
import type { Subscription } from './subscription.ts';

type Response = OperationOutput<typeof operations.getSubscription>;

@Controller('api/v1')
export class SubscriptionController {
  readonly #subscriptions: SubscriptionService;
  readonly #sales: SaleService;
  constructor(
    @Inject(SubscriptionService) subscriptions: SubscriptionService,
    @Inject(SaleService) sales: SaleService,
  ) {
    this.#subscriptions = subscriptions;
    this.#sales = sales;
  }

  @Handles(operations.createSubscription)
  async create({ tenantId, body }: OperationInput<typeof operations.createSubscription>): Promise<Response> {
    return this.#toResponse(await this.#sales.createSubscription(tenantId, body));
  }

  @Handles(operations.createSubscriptions)
  async createBatch({
    tenantId,
    body,
  }: OperationInput<typeof operations.createSubscriptions>): Promise<
    OperationOutput<typeof operations.createSubscriptions>
  > {
    const outcomes = await this.#sales.createSubscriptions(tenantId, body.items, body.unlessSubscribed);
    return {
      items: outcomes.map((outcome) =>
        'error' in outcome
          ? { status: 'refused' as const, error: { code: outcome.error.code, detail: outcome.error.message } }
          : {
              status: outcome.created ? ('created' as const) : ('existing' as const),
              subscriptionId: outcome.subscriptionId,
            },
      ),
    };
  }

  @Handles(operations.listSubscriptions)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listSubscriptions>): Promise<
    OperationOutput<typeof operations.listSubscriptions>
  > {
    const page = await this.#subscriptions.listSubscriptions(tenantId, query);
    return { ...page, data: page.data.map((subscription) => this.#toResponse(subscription)) };
  }

  @Handles(operations.getSubscription)
  async get({ tenantId, params }: OperationInput<typeof operations.getSubscription>): Promise<Response> {
    return this.#toResponse(await this.#subscriptions.getSubscription(tenantId, params.subscriptionId));
  }

  #toResponse(subscription: Subscription): Response {
    return toResponse(subscription, this.#subscriptions.now());
  }
}
