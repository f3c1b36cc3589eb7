import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { Handles, type OperationInput, type OperationOutput } from '@plinth/common';
import { toCsv } from './csv.ts';
import * as operations from './report.dto.ts';
import {
  toAged,
  toChurnColumns,
  toChurnRow,
  toCohortRow,
  toMeterRow,
  toMrrColumns,
  toMrrRow,
  toRecognitionRows,
  toVolumeRow,
} from './report.dto.ts';
import { ReportService } from './report.service.ts';
import { getServiceRevenue, toBilledMeterRow, toServiceRow } from './service-revenue.dto.ts';

@Controller('api/v1')
export class ReportController {
  readonly #reports: ReportService;
  constructor(@Inject(ReportService) reports: ReportService) {
    this.#reports = reports;
  }

  @Handles(operations.getRevenueRecognition)
  async getRecognition({
    tenantId,
    query,
  }: OperationInput<typeof operations.getRevenueRecognition>): Promise<
    OperationOutput<typeof operations.getRevenueRecognition>
  > {
    const { currency, format } = query;
    const schedule = await this.#reports.getRecognition(tenantId, query);
    const data = toRecognitionRows(schedule);
    if (format === 'csv') return toFile('revenue-recognition', currency, data);
    return { currency, openingDeferredMinor: schedule.openingDeferredMinor.toString(), data };
  }

  @Handles(operations.getMrr)
  async getMrr({
    tenantId,
    query,
  }: OperationInput<typeof operations.getMrr>): Promise<OperationOutput<typeof operations.getMrr>> {
    const { currency, format } = query;
    const months = await this.#reports.getMrr(tenantId, query);
    if (format === 'csv') return toFile('mrr', currency, months.map(toMrrColumns));
    return { currency, data: months.map(toMrrRow) };
  }

  @Handles(operations.getChurn)
  async getChurn({
    tenantId,
    query,
  }: OperationInput<typeof operations.getChurn>): Promise<OperationOutput<typeof operations.getChurn>> {
    const { currency, format } = query;
    const months = await this.#reports.getChurn(tenantId, query);
    if (format === 'csv') return toFile('churn', currency, months.map(toChurnColumns));
    return { currency, data: months.map(toChurnRow) };
  }

  @Handles(operations.getCohorts)
  async getCohorts({
    tenantId,
    query,
  }: OperationInput<typeof operations.getCohorts>): Promise<OperationOutput<typeof operations.getCohorts>> {
    const { currency, format } = query;
    const data = (await this.#reports.getCohorts(tenantId, query)).map(toCohortRow);
    return format === 'csv' ? toFile('cohorts', currency, data) : { currency, data };
  }

  @Handles(operations.getReceivables)
  async getReceivables({
    tenantId,
    query,
  }: OperationInput<typeof operations.getReceivables>): Promise<OperationOutput<typeof operations.getReceivables>> {
    const { currency, limit, format } = query;
    const { now, accounts, total } = await this.#reports.getReceivables(tenantId, currency, limit);
    const data = accounts.map((account) => ({ accountId: account.accountId, ...toAged(account) }));
    if (format === 'csv') return toFile('receivables', currency, data);
    return { currency, at: now.toISOString(), total: toAged(total), data };
  }

  @Handles(operations.getUsageRevenue)
  async getUsage({
    tenantId,
    query,
  }: OperationInput<typeof operations.getUsageRevenue>): Promise<OperationOutput<typeof operations.getUsageRevenue>> {
    const { currency, format } = query;
    const { meters, volumes } = await this.#reports.getUsage(tenantId, query);
    const data = meters.map(toMeterRow);
    if (format === 'csv') return toFile('usage', currency, data);
    return { currency, data, volumes: volumes.map(toVolumeRow) };
  }

  @Handles(getServiceRevenue)
  async getServices({
    tenantId,
    query,
  }: OperationInput<typeof getServiceRevenue>): Promise<OperationOutput<typeof getServiceRevenue>> {
    const { currency, format } = query;
    const { services, meters } = await this.#reports.getServices(tenantId, query);
    const data = services.map(toServiceRow);
    if (format === 'csv') return toFile('usage-by-service', currency, data);
    return { currency, data, meters: meters.map(toBilledMeterRow) };
  }
}

/** The rows as a file instead of the JSON that the operation describes. */
function toFile(name: string, currency: string, rows: Parameters<typeof toCsv>[0]): never {
  const content = Buffer.from(toCsv(rows));
  const disposition = `attachment; filename="${name}-${currency}.csv"`;
  return new StreamableFile(content, {
    type: 'text/csv; charset=utf-8',
    length: content.length,
    disposition,
  }) as never;
}
