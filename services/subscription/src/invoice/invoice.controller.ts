import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { DraftCompletion } from './draft-completion.service.ts';
import * as operations from './invoice.dto.ts';
import { toLineResponse, toResponse } from './invoice.dto.ts';
import { GuardedActions } from '../approval/guarded-actions.service.ts';
import { InvoiceService } from './invoice.service.ts';

type Response = OperationOutput<typeof operations.finalizeInvoice>;

@Controller('api/v1')
export class InvoiceController {
  readonly #invoices: InvoiceService;
  readonly #completion: DraftCompletion;
  readonly #guarded: GuardedActions;
  constructor(
    @Inject(InvoiceService) invoices: InvoiceService,
    @Inject(DraftCompletion) completion: DraftCompletion,
    @Inject(GuardedActions) guarded: GuardedActions,
  ) {
    this.#invoices = invoices;
    this.#completion = completion;
    this.#guarded = guarded;
  }

  @Handles(operations.listInvoices)
  async list({
    tenantId,
    query,
  }: OperationInput<typeof operations.listInvoices>): Promise<OperationOutput<typeof operations.listInvoices>> {
    const page = await this.#invoices.listInvoices(tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getInvoice)
  async get({
    tenantId,
    params,
  }: OperationInput<typeof operations.getInvoice>): Promise<OperationOutput<typeof operations.getInvoice>> {
    const { invoice, lines } = await this.#invoices.getInvoice(tenantId, params.invoiceId);
    return { ...toResponse(invoice), lines: lines.data.map(toLineResponse), nextLinesCursor: lines.nextCursor };
  }

  @Handles(operations.listInvoiceLines)
  async listLines({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.listInvoiceLines>): Promise<OperationOutput<typeof operations.listInvoiceLines>> {
    const page = await this.#invoices.listLines(tenantId, params.invoiceId, query.limit, query.cursor);
    return { ...page, data: page.data.map(toLineResponse) };
  }

  @Handles(operations.finalizeInvoice)
  async finalize({ tenantId, params, ifMatch }: OperationInput<typeof operations.finalizeInvoice>): Promise<Response> {
    return toResponse(await this.#completion.finalize(tenantId, params.invoiceId, ifMatch));
  }

  @Handles(operations.voidInvoice)
  async void({ tenantId, params, body, ifMatch }: OperationInput<typeof operations.voidInvoice>): Promise<Response> {
    return toResponse(await this.#guarded.voidInvoice(tenantId, params.invoiceId, ifMatch, body?.reason));
  }
}
