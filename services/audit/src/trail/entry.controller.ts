import { Readable } from 'node:stream';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './entry.dto.ts';
import { toResponse } from './entry.dto.ts';
import { EntryService } from './entry.service.ts';

@Controller('api/v1')
export class EntryController {
  readonly #entries: EntryService;
  constructor(@Inject(EntryService) entries: EntryService) {
    this.#entries = entries;
  }

  @Handles(operations.listAuditEntries)
  async list({
    principal,
    query,
  }: OperationInput<typeof operations.listAuditEntries>): Promise<OperationOutput<typeof operations.listAuditEntries>> {
    const { chain, limit, cursor, ...filter } = query;
    const page = await this.#entries.listEntries(principal, chain, filter, limit, cursor);
    return { ...page, data: page.data.map(toResponse) };
  }

  @Handles(operations.getAuditEntry)
  async get({
    principal,
    params,
    query,
  }: OperationInput<typeof operations.getAuditEntry>): Promise<OperationOutput<typeof operations.getAuditEntry>> {
    return toResponse(await this.#entries.getEntry(principal, query.chain, params.entryId));
  }

  @Handles(operations.exportAuditTrail)
  async export({
    principal,
    query,
  }: OperationInput<typeof operations.exportAuditTrail>): Promise<OperationOutput<typeof operations.exportAuditTrail>> {
    const stream = Readable.from(this.#entries.exportLines(principal, query), { objectMode: false });
    const file = new StreamableFile(stream, {
      type: query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl',
      disposition: `attachment; filename="audit-trail.${query.format}"`,
    });
    // Nest sends the stream as the body, which is the text that the operation describes.
    return file as unknown as string;
  }
}
