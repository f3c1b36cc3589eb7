import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import type { ChangeRequest } from './change-request.ts';
import { listScheduledChanges } from './scheduled-changes.ts';
import * as operations from './subscription-change.dto.ts';
import { toResponse } from './subscription.dto.ts';
import { SubscriptionService } from './subscription.service.ts';

type Response = OperationOutput<typeof operations.changeSubscription>;
type Target = {
  readonly tenantId: string;
  readonly params: { readonly subscriptionId: string };
  readonly ifMatch: number | undefined;
};

@Controller('api/v1')
export class SubscriptionChangeController {
  readonly #subscriptions: SubscriptionService;
  constructor(@Inject(SubscriptionService) subscriptions: SubscriptionService) {
    this.#subscriptions = subscriptions;
  }

  @Handles(operations.changeSubscription)
  change(input: OperationInput<typeof operations.changeSubscription>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'change' });
  }

  @Handles(operations.cancelSubscription)
  cancel(input: OperationInput<typeof operations.cancelSubscription>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'cancel' });
  }

  @Handles(operations.reactivateSubscription)
  reactivate(input: OperationInput<typeof operations.reactivateSubscription>): Promise<Response> {
    return this.#apply(input, { action: 'reactivate' });
  }

  @Handles(operations.pauseSubscription)
  pause(input: OperationInput<typeof operations.pauseSubscription>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'pause' });
  }

  @Handles(operations.resumeSubscription)
  resume(input: OperationInput<typeof operations.resumeSubscription>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'resume' });
  }

  @Handles(operations.addAddOn)
  addAddOn(input: OperationInput<typeof operations.addAddOn>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'add_add_on' });
  }

  @Handles(operations.changeAddOn)
  changeAddOn(input: OperationInput<typeof operations.changeAddOn>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'change_add_on', addOnId: input.params.addOnId });
  }

  @Handles(operations.removeAddOn)
  removeAddOn(input: OperationInput<typeof operations.removeAddOn>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'remove_add_on', addOnId: input.params.addOnId });
  }

  @Handles(operations.changeCommitment)
  changeCommitment(input: OperationInput<typeof operations.changeCommitment>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'commit' });
  }

  @Handles(operations.changeTerm)
  changeTerm(input: OperationInput<typeof operations.changeTerm>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'set_term' });
  }

  @Handles(operations.changeRenewal)
  changeRenewal(input: OperationInput<typeof operations.changeRenewal>): Promise<Response> {
    return this.#apply(input, { ...input.body, action: 'renew' });
  }

  @Handles(operations.listScheduled)
  async listScheduled({
    tenantId,
    params,
  }: OperationInput<typeof operations.listScheduled>): Promise<OperationOutput<typeof operations.listScheduled>> {
    const subscription = await this.#subscriptions.getSubscription(tenantId, params.subscriptionId);
    return {
      data: listScheduledChanges(subscription, this.#subscriptions.now()).map(operations.toScheduledResponse),
    };
  }

  @Handles(operations.removeScheduledChange)
  removeScheduled(input: OperationInput<typeof operations.removeScheduledChange>): Promise<Response> {
    const { scheduledChangeId } = input.params;
    return this.#apply(input, { action: 'remove_scheduled', scheduledChangeId });
  }

  async #apply({ tenantId, params, ifMatch }: Target, request: ChangeRequest): Promise<Response> {
    const subscription = await this.#subscriptions.change(tenantId, params.subscriptionId, request, ifMatch);
    return toResponse(subscription, this.#subscriptions.now());
  }
}
