import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { GuardedActions } from '../approval/guarded-actions.service.ts';
import * as operations from './draft-editing.dto.ts';
import { toResponse } from './invoice.dto.ts';

type Response = OperationOutput<typeof operations.addDraftLine>;

@Controller('api/v1')
export class DraftEditingController {
  readonly #guarded: GuardedActions;
  constructor(@Inject(GuardedActions) guarded: GuardedActions) {
    this.#guarded = guarded;
  }

  @Handles(operations.addDraftLine)
  async add({ tenantId, params, body, ifMatch }: OperationInput<typeof operations.addDraftLine>): Promise<Response> {
    return toResponse(await this.#guarded.editDraft({ tenantId, ...params, ifMatch }, { kind: 'add', line: body }));
  }

  @Handles(operations.changeDraftLine)
  async change({
    tenantId,
    params: { invoiceId, position },
    body,
    ifMatch,
  }: OperationInput<typeof operations.changeDraftLine>): Promise<Response> {
    const edit = { kind: 'change', position, change: body } as const;
    return toResponse(await this.#guarded.editDraft({ tenantId, invoiceId, ifMatch }, edit));
  }

  @Handles(operations.removeDraftLine)
  async remove({
    tenantId,
    params: { invoiceId, position },
    query,
    ifMatch,
  }: OperationInput<typeof operations.removeDraftLine>): Promise<Response> {
    const edit = { kind: 'remove', position, reason: query.reason } as const;
    return toResponse(await this.#guarded.editDraft({ tenantId, invoiceId, ifMatch }, edit));
  }
}
