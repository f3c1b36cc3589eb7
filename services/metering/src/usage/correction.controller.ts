import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { CorrectionService, type CorrectionRequest } from './correction.service.ts';
import * as operations from './correction.dto.ts';
import { toEventResponse } from './correction.dto.ts';

@Controller('api/v1')
export class CorrectionController {
  readonly #corrections: CorrectionService;
  constructor(@Inject(CorrectionService) corrections: CorrectionService) {
    this.#corrections = corrections;
  }

  @Handles(operations.listUsageEvents)
  async list({
    tenantId,
    query: { from, to, order, ...query },
  }: OperationInput<typeof operations.listUsageEvents>): Promise<OperationOutput<typeof operations.listUsageEvents>> {
    const range = { from: new Date(from), to: new Date(to), oldestFirst: order === 'oldest' };
    const page = await this.#corrections.listEvents(tenantId, { ...query, ...range });
    return { ...page, data: page.data.map(toEventResponse) };
  }

  @Handles(operations.retractUsageEvent)
  async retract(
    input: OperationInput<typeof operations.retractUsageEvent>,
  ): Promise<OperationOutput<typeof operations.retractUsageEvent>> {
    return toEventResponse(await this.#corrections.retract(input.tenantId, toRequest(input)));
  }

  @Handles(operations.replaceUsageEvent)
  async replace(
    input: OperationInput<typeof operations.replaceUsageEvent>,
  ): Promise<OperationOutput<typeof operations.replaceUsageEvent>> {
    return toEventResponse(await this.#corrections.replace(input.tenantId, toRequest(input), input.body.data));
  }
}

function toRequest({
  body,
  principal,
}: Pick<OperationInput<typeof operations.retractUsageEvent>, 'body' | 'principal'>): CorrectionRequest {
  const { source, id, accountId, time, reason } = body;
  const at = time === undefined ? undefined : new Date(time);
  return { source, id, accountId, time: at, reason, correctedBy: principal.subject };
}
