import { Readable } from 'node:stream';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './export.dto.ts';
import { ExportService } from './export.service.ts';

@Controller('api/v1')
export class ExportController {
  readonly #exports: ExportService;
  constructor(@Inject(ExportService) exports: ExportService) {
    this.#exports = exports;
  }

  @Handles(operations.exportUsage)
  async export({
    tenantId,
    query,
  }: OperationInput<typeof operations.exportUsage>): Promise<OperationOutput<typeof operations.exportUsage>> {
    const stream = Readable.from(await this.#exports.exportLines(tenantId, query), { objectMode: false });
    const file = new StreamableFile(stream, {
      type: query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl',
      disposition: `attachment; filename="usage.${query.format}"`,
    });
    // Nest sends the stream as the body, which is the text that the operation describes.
    return file as unknown as string;
  }
}
