import { Controller, Inject } from '@nestjs/common';
import { Handles, InvalidInputError, type OperationInput, type OperationOutput } from '@plinth/common';
import * as operations from './usage.dto.ts';
import { UsageService } from './usage.service.ts';

const MOST_EVENTS = 10_000;

@Controller('api/v1')
export class UsageController {
  readonly #usage: UsageService;
  constructor(@Inject(UsageService) usage: UsageService) {
    this.#usage = usage;
  }

  @Handles(operations.ingestUsage)
  async ingest({
    tenantId,
    body,
    headers,
  }: OperationInput<typeof operations.ingestUsage>): Promise<OperationOutput<typeof operations.ingestUsage>> {
    const values = Array.isArray(body)
      ? (body as unknown[])
      : [headers['ce-id'] === undefined ? body : fromBinaryMode(headers, body)];
    if (values.length > MOST_EVENTS)
      throw new InvalidInputError([{ path: '', message: `has more than ${MOST_EVENTS} events` }]);
    const result = await this.#usage.ingest(tenantId, values);
    // A request for one event is answered as that event deserves; a batch is answered event by event.
    const [fault] = result.rejected;
    if (!Array.isArray(body) && fault !== undefined) throw new InvalidInputError([{ path: '', message: fault.reason }]);
    return result;
  }

  @Handles(operations.getUsage)
  async get({
    tenantId,
    query,
  }: OperationInput<typeof operations.getUsage>): Promise<OperationOutput<typeof operations.getUsage>> {
    const { meter, windowSize, timeZone, groupBy } = query;
    if (meter === undefined || (windowSize ?? groupBy) === undefined)
      return this.#list(tenantId, query, new Date(query.to));
    const [from, to] = [new Date(query.from), new Date(query.to)];
    const { accountId } = query;
    const asked = { meter, accountIds: [accountId], from, to, windowSize, windowTimeZone: timeZone, groupBy };
    const { rows, aggregation, unit } = await this.#usage.queryMeter(tenantId, asked);
    const data = rows.map((row) => ({
      meter,
      aggregation,
      unit,
      quantity: row.quantity,
      from: row.from.toISOString(),
      to: row.to.toISOString(),
      values: { ...row.values },
    }));
    return { accountId, from: from.toISOString(), to: to.toISOString(), data };
  }

  @Handles(operations.getCurrentUsage)
  async getCurrent({
    tenantId,
    query,
  }: OperationInput<typeof operations.getCurrentUsage>): Promise<OperationOutput<typeof operations.getCurrentUsage>> {
    return this.#list(tenantId, query, await this.#usage.currentWindowEnd(tenantId));
  }

  @Handles(operations.listUnmatchedUsage)
  async listUnmatched({
    tenantId,
  }: OperationInput<typeof operations.listUnmatchedUsage>): Promise<
    OperationOutput<typeof operations.listUnmatchedUsage>
  > {
    return { data: await this.#usage.unmatched.listReasons(tenantId) };
  }

  @Handles(operations.replayUnmatchedUsage)
  async replay({
    tenantId,
  }: OperationInput<typeof operations.replayUnmatchedUsage>): Promise<
    OperationOutput<typeof operations.replayUnmatchedUsage>
  > {
    return this.#usage.unmatched.replay(tenantId);
  }

  @Handles(operations.listUnmatchedUsageEvents)
  async listUnmatchedEvents({
    tenantId,
    query,
  }: OperationInput<typeof operations.listUnmatchedUsageEvents>): Promise<
    OperationOutput<typeof operations.listUnmatchedUsageEvents>
  > {
    const page = await this.#usage.unmatched.list(tenantId, query);
    const data = page.data.map(({ reason, event: { source, id, type, subject, time, data: content }, receivedAt }) => ({
      reason,
      event: {
        specversion: '1.0' as const,
        source,
        id,
        type,
        subject,
        time: new Date(time).toISOString(),
        data: content,
      },
      receivedAt: receivedAt.toISOString(),
    }));
    return { ...page, data };
  }

  @Handles(operations.correctUnmatchedUsage)
  async correctUnmatched({
    tenantId,
    body,
  }: OperationInput<typeof operations.correctUnmatchedUsage>): Promise<
    OperationOutput<typeof operations.correctUnmatchedUsage>
  > {
    return this.#usage.unmatched.correct(tenantId, body.event);
  }

  @Handles(operations.listRejectionReasons)
  async listReasons({
    tenantId,
  }: OperationInput<typeof operations.listRejectionReasons>): Promise<
    OperationOutput<typeof operations.listRejectionReasons>
  > {
    const counts = await this.#usage.rejections.listCounts(tenantId);
    return {
      data: counts.map((one) => ({ ...one, firstAt: one.firstAt.toISOString(), lastAt: one.lastAt.toISOString() })),
    };
  }

  @Handles(operations.listRejectedUsage)
  async listRejected({
    tenantId,
    query,
  }: OperationInput<typeof operations.listRejectedUsage>): Promise<
    OperationOutput<typeof operations.listRejectedUsage>
  > {
    const page = await this.#usage.rejections.list(tenantId, query);
    return { ...page, data: page.data.map((one) => ({ ...one, receivedAt: one.receivedAt.toISOString() })) };
  }

  @Handles(operations.resendRejectedUsage)
  async resend({
    tenantId,
    params,
    body,
  }: OperationInput<typeof operations.resendRejectedUsage>): Promise<
    OperationOutput<typeof operations.resendRejectedUsage>
  > {
    const { rejected: _, ...result } = await this.#usage.resend(tenantId, params.rejectedId, body.event);
    return result;
  }

  async #list(
    tenantId: string,
    query: { accountId: string; from: string; meter?: string | undefined },
    to: Date,
  ): Promise<OperationOutput<typeof operations.getUsage>> {
    const from = new Date(query.from);
    const data = await this.#usage.listUsage(tenantId, query.accountId, from, to, query.meter);
    return { accountId: query.accountId, from: from.toISOString(), to: to.toISOString(), data };
  }
}

/** CloudEvents' HTTP binding, binary mode: attributes in `ce-` headers, percent-encoded; the body is the data. */
function fromBinaryMode(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  data: unknown,
): Record<string, unknown> {
  const event: Record<string, unknown> = { data };
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('ce-') || typeof value !== 'string') continue;
    try {
      event[name.slice(3)] = decodeURIComponent(value);
    } catch {
      event[name.slice(3)] = value;
    }
  }
  return event;
}
