import { Controller, Inject } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './invoice.dto.ts';
import { toLineResponse, toResponse } from './invoice.dto.ts';
import { InvoiceService } from './invoice.service.ts';

type Response = OperationOutput<typeof operations.payInvoice>;

@Controller('api/v1')
export class InvoiceController {
  readonly #invoices: InvoiceService;
  constructor(@Inject(InvoiceService) invoices: InvoiceService) {
    this.#invoices = invoices;
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
    return toResponse(await this.#invoices.changeStatus(tenantId, params.invoiceId, 'finalized', ifMatch));
  }

  @Handles(operations.payInvoice)
  async pay({ tenantId, params, ifMatch }: OperationInput<typeof operations.payInvoice>): Promise<Response> {
    return toResponse(await this.#invoices.changeStatus(tenantId, params.invoiceId, 'paid', ifMatch));
  }

  @Handles(operations.voidInvoice)
  async void({ tenantId, params, ifMatch }: OperationInput<typeof operations.voidInvoice>): Promise<Response> {
    return toResponse(await this.#invoices.changeStatus(tenantId, params.invoiceId, 'void', ifMatch));
  }
}
