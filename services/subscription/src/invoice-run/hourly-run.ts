import type { JobDefinition } from '@plinth/common';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { tenantJob, type TenantJobOptions } from '../tenant-job/tenant-job.ts';
import type { InvoiceRunService } from './invoice-run.service.ts';

export interface HourlyRunOptions extends TenantJobOptions {
  readonly runs: InvoiceRunService;
  readonly invoices: Pick<InvoiceService, 'markPastDue'>;
  /** How long after its end a period is billed. */
  readonly graceMs: number;
}

/** Runs the invoice run of every active tenant, hourly, and marks what is past due. */
export function invoiceRunJob(options: HourlyRunOptions): JobDefinition {
  const { runs, invoices, graceMs, log } = options;
  return tenantJob(options, {
    name: 'subscription.invoice-run',
    schedule: '0 * * * *',
    work: async (tenantId) => {
      const summary = await runs.run(tenantId, undefined, true, graceMs);
      const pastDue = await invoices.markPastDue(tenantId);
      if (pastDue > 0) log.info({ tenantId, pastDue }, 'invoices are past due');
      if (summary.invoices > 0 || summary.failed > 0)
        log.info({ tenantId, ...summary, amounts: undefined }, 'invoices were run');
    },
  });
}
