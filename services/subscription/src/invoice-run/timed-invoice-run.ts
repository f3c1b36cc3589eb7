import type { Database } from '@plinth/common';
import type { DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { TimedWork } from '../test-clock/timed-work.ts';
import type { InvoiceRunService } from './invoice-run.service.ts';

/** The invoice run as a test clock lets it happen: at each instant at which a billing falls due. */
export function timedInvoiceRun(database: Database, due: DueSubscriptions, runs: InvoiceRunService): TimedWork {
  return {
    name: 'invoices',
    nextAt: (tenantId, after) => database.transaction(tenantId, (transaction) => due.findNextDueIn(transaction, after)),
    run: async (tenantId) => (await runs.run(tenantId, undefined, true)).invoices,
  };
}
