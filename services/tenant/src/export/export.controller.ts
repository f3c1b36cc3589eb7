import { Readable } from 'node:stream';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './export.dto.ts';
import { toResponse } from './export.dto.ts';
import { ExportService } from './export.service.ts';

@Controller('api/v1')
export class ExportController {
  readonly #exports: ExportService;
  constructor(@Inject(ExportService) exports: ExportService) {
    this.#exports = exports;
  }

  @Handles(operations.requestTenantExport)
  async request({
    principal,
    params,
  }: OperationInput<typeof operations.requestTenantExport>): Promise<
    OperationOutput<typeof operations.requestTenantExport>
  > {
    return toResponse(await this.#exports.request(principal, params.tenantId));
  }

  @Handles(operations.listTenantExports)
  async list({
    principal,
    params,
    query,
  }: OperationInput<typeof operations.listTenantExports>): Promise<
    OperationOutput<typeof operations.listTenantExports>
  > {
    const page = await this.#exports.list(principal, params.tenantId, query);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getTenantExport)
  async get({
    principal,
    params,
  }: OperationInput<typeof operations.getTenantExport>): Promise<OperationOutput<typeof operations.getTenantExport>> {
    return toResponse(await this.#exports.get(principal, params.tenantId, params.exportId));
  }

  @Handles(operations.downloadTenantExport)
  async download({
    principal,
    params,
  }: OperationInput<typeof operations.downloadTenantExport>): Promise<
    OperationOutput<typeof operations.downloadTenantExport>
  > {
    const { size, chunks } = await this.#exports.open(principal, params.tenantId, params.exportId);
    const file = new StreamableFile(Readable.from(chunks, { objectMode: false }), {
      type: 'application/gzip',
      disposition: `attachment; filename="tenant-${params.tenantId}.tar.gz"`,
      length: size,
    });
    // Nest sends the stream as the body, which is the text that the operation describes.
    return file as unknown as string;
  }
}
