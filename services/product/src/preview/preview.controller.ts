import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './preview.dto.ts';
import { PreviewService } from './preview.service.ts';

@Controller('api/v1')
export class PreviewController {
  readonly #previews: PreviewService;
  constructor(@Inject(PreviewService) previews: PreviewService) {
    this.#previews = previews;
  }

  @Handles(operations.previewPlanVersion)
  async preview({
    tenantId,
    params,
    query,
    body,
  }: OperationInput<typeof operations.previewPlanVersion>): Promise<
    OperationOutput<typeof operations.previewPlanVersion>
  > {
    return this.#previews.preview(tenantId, params.planId, body, query.limit);
  }
}
