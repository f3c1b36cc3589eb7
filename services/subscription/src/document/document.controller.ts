import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './document.dto.ts';
import { toStatementResponse } from './document.dto.ts';
import { DocumentService, type DocumentFile } from './document.service.ts';
import { StatementService } from './statement.service.ts';

@Controller('api/v1')
export class DocumentController {
  readonly #documents: DocumentService;
  readonly #statements: StatementService;
  constructor(
    @Inject(DocumentService) documents: DocumentService,
    @Inject(StatementService) statements: StatementService,
  ) {
    this.#documents = documents;
    this.#statements = statements;
  }

  @Handles(operations.getInvoicePdf)
  async getPdf({
    tenantId,
    params,
  }: OperationInput<typeof operations.getInvoicePdf>): Promise<OperationOutput<typeof operations.getInvoicePdf>> {
    return toFile(await this.#documents.renderInvoicePdf(tenantId, params.invoiceId), 'application/pdf');
  }

  @Handles(operations.getInvoiceUbl)
  async getUbl({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.getInvoiceUbl>): Promise<OperationOutput<typeof operations.getInvoiceUbl>> {
    const file = await this.#documents.renderInvoiceUbl(tenantId, params.invoiceId, query.profile);
    return toFile(file, 'application/xml');
  }

  @Handles(operations.getCreditNotePdf)
  async getCreditNotePdf({
    tenantId,
    params,
  }: OperationInput<typeof operations.getCreditNotePdf>): Promise<OperationOutput<typeof operations.getCreditNotePdf>> {
    return toFile(await this.#documents.renderCreditNotePdf(tenantId, params.creditNoteId), 'application/pdf');
  }

  @Handles(operations.getCreditNoteUbl)
  async getCreditNoteUbl({
    tenantId,
    params,
    query,
  }: OperationInput<typeof operations.getCreditNoteUbl>): Promise<OperationOutput<typeof operations.getCreditNoteUbl>> {
    const file = await this.#documents.renderCreditNoteUbl(tenantId, params.creditNoteId, query.profile);
    return toFile(file, 'application/xml');
  }

  @Handles(operations.getStatement)
  async getStatement({
    tenantId,
    query,
  }: OperationInput<typeof operations.getStatement>): Promise<OperationOutput<typeof operations.getStatement>> {
    return toStatementResponse(await this.#statements.getStatement(tenantId, query));
  }

  @Handles(operations.getStatementPdf)
  async getStatementPdf({
    tenantId,
    query,
  }: OperationInput<typeof operations.getStatementPdf>): Promise<OperationOutput<typeof operations.getStatementPdf>> {
    return toFile(await this.#statements.renderStatementPdf(tenantId, query), 'application/pdf');
  }
}

/** The file as the body, which is the text that the operation describes. */
function toFile({ name, content }: DocumentFile, type: string): string {
  const file = new StreamableFile(content, {
    type,
    length: content.length,
    disposition: `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
  });
  return file as unknown as string;
}
