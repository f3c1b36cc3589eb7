import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toResponse as toInvoiceResponse } from '../invoice/invoice.dto.ts';
import * as operations from './credit-note.dto.ts';
import { toCreditRequest, toResponse } from './credit-note.dto.ts';
import { GuardedActions } from '../approval/guarded-actions.service.ts';
import { CreditNoteService } from './credit-note.service.ts';

type Response = OperationOutput<typeof operations.getCreditNote>;

@Controller('api/v1')
export class CreditNoteController {
  readonly #notes: CreditNoteService;
  readonly #guarded: GuardedActions;
  constructor(@Inject(CreditNoteService) notes: CreditNoteService, @Inject(GuardedActions) guarded: GuardedActions) {
    this.#notes = notes;
    this.#guarded = guarded;
  }

  @Handles(operations.issueCreditNote)
  async issue({ tenantId, params, body }: OperationInput<typeof operations.issueCreditNote>): Promise<Response> {
    return toResponse(
      await this.#guarded.issueCreditNote(tenantId, params.invoiceId, toCreditRequest(body), body.reason),
    );
  }

  @Handles(operations.listCreditNotes)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listCreditNotes>): Promise<OperationOutput<typeof operations.listCreditNotes>> {
    const page = await this.#notes.list(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getCreditNote)
  async get({ tenantId, params }: OperationInput<typeof operations.getCreditNote>): Promise<Response> {
    return toResponse(await this.#notes.get(tenantId, params.creditNoteId));
  }

  @Handles(operations.writeOffInvoice)
  async writeOff({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.writeOffInvoice>): Promise<OperationOutput<typeof operations.writeOffInvoice>> {
    const amount = body.amountMinor === undefined ? undefined : BigInt(body.amountMinor);
    return toInvoiceResponse(await this.#guarded.writeOff(tenantId, params.invoiceId, amount, body.reason));
  }
}
