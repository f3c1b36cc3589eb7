import type { ContractFunctions, tenantContract } from '@plinth/contracts';
import { newId, runInContext, type JobDefinition, type Logger, type TenantClock } from '@plinth/common';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { InvoiceRunService } from './invoice-run.service.ts';

const tenantsAtOnce = 1000;

export interface HourlyRunOptions {
  readonly tenants: ContractFunctions<typeof tenantContract>;
  readonly clock: TenantClock;
  /** How long after its end a period is billed. */
  readonly graceMs: number;
}

/**
 * Runs the invoice run of every active tenant, hourly, and marks what is past due. A tenant whose run fails does not
 * keep the others waiting.
 */
export function invoiceRunJob(
  runs: InvoiceRunService,
  invoices: Pick<InvoiceService, 'markPastDue'>,
  { tenants, clock, graceMs }: HourlyRunOptions,
  log: Logger,
): JobDefinition {
  const runTenant = async (tenantId: string): Promise<boolean> => {
    const context = {
      requestId: newId(),
      principal: { kind: 'service' as const, subject: 'subscription', tenant: tenantId, roles: [] },
    };
    try {
      await clock.load(tenantId);
      const summary = await runInContext(context, () => runs.run(tenantId, undefined, true, graceMs));
      const pastDue = await runInContext(context, () => invoices.markPastDue(tenantId));
      if (pastDue > 0) log.info({ tenantId, pastDue }, 'invoices are past due');
      if (summary.invoices > 0 || summary.failed > 0)
        log.info({ tenantId, ...summary, amounts: undefined }, 'invoices were run');
      return true;
    } catch (error) {
      log.error({ err: error, tenantId }, 'the invoice run of a tenant failed');
      return false;
    }
  };
  return {
    name: 'subscription.invoice-run',
    schedule: '0 * * * *',
    run: async () => {
      let failed = 0;
      let after: string | undefined;
      do {
        const page = await tenants.listActiveTenantIds({
          limit: tenantsAtOnce,
          ...(after === undefined ? {} : { after }),
        });
        for (const tenantId of page) if (!(await runTenant(tenantId))) failed += 1;
        after = page.length < tenantsAtOnce ? undefined : page.at(-1);
      } while (after !== undefined);
      // The queue tries again; tenants that are done have nothing due any more.
      if (failed > 0) throw new Error(`the invoice run failed for ${failed} tenants`);
    },
  };
}
