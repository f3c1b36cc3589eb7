import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './subscription-preview.dto.ts';
import { toResponse } from './subscription-preview.dto.ts';
import { SubscriptionPreviewService } from './subscription-preview.service.ts';

type Response = OperationOutput<typeof operations.previewSubscription>;

@Controller('api/v1')
export class SubscriptionPreviewController {
  readonly #previews: SubscriptionPreviewService;
  constructor(@Inject(SubscriptionPreviewService) previews: SubscriptionPreviewService) {
    this.#previews = previews;
  }

  @Handles(operations.previewSubscription)
  async previewNew({ tenantId, body }: OperationInput<typeof operations.previewSubscription>): Promise<Response> {
    return toResponse(await this.#previews.previewNew(tenantId, body));
  }

  @Handles(operations.previewSubscriptionChange)
  async previewChange({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.previewSubscriptionChange>): Promise<Response> {
    return toResponse(await this.#previews.previewChange(tenantId, params.subscriptionId, body));
  }
}
