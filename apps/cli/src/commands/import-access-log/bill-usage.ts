import { formatMinor } from '@plinth/contracts';
import { z } from 'zod';
import type { ApiClient } from '../../api/api-client.ts';
import { listAll } from '../../api/list-all.ts';
import { currency } from './billing-catalogue.ts';
import { readQuotaPercent } from './billing-terms.ts';
import { BillingIncompleteError } from './import-access-log.errors.ts';
import { firstDayOf, monthAfter } from './months.ts';
import { slices, type LoggedAccount } from './send-usage.ts';

const subscriptionBatchSize = 500;

const subscribedSchema = z.object({
  items: z.array(
    z.object({
      status: z.enum(['created', 'existing', 'refused']),
      error: z.object({ code: z.string(), detail: z.string() }).optional(),
    }),
  ),
});

/**
 * Subscribes every account for each month of the log from the one it first appears in, unless it is already. Each
 * subscription ends with its month: what the log does not cover is not billed, and a log that has grown adds months.
 */
export async function ensureSubscriptions(
  client: ApiClient,
  planId: string,
  accounts: ReadonlyMap<string, LoggedAccount>,
  months: { readonly first: string; readonly last: string },
  onDone: (count: number) => void,
): Promise<void> {
  let done = 0;
  for (let month = months.first; month <= months.last; month = monthAfter(month)) {
    const [startsOn, endsOn] = [firstDayOf(month), firstDayOf(monthAfter(month))];
    const subscribed = [...accounts.values()].filter(({ firstMonth }) => firstMonth <= month);
    for (const batch of slices(subscribed, subscriptionBatchSize)) {
      await subscribe(
        client,
        batch.map(({ id }) => ({ accountId: id, planId, startsOn, endsOn })),
      );
      done += batch.length;
      onDone(done);
    }
  }
}

async function subscribe(client: ApiClient, items: readonly object[]): Promise<void> {
  const answer = await client.call({
    method: 'POST',
    path: '/subscriptions/batch',
    body: { items, unlessSubscribed: true },
    response: subscribedSchema,
  });
  const refused = answer.items.find(({ status }) => status === 'refused');
  if (refused !== undefined) throw new BillingIncompleteError(refused.error?.detail ?? 'a subscription was refused');
}

const runSchema = z.object({ invoices: z.int(), skipped: z.int(), failed: z.int() });

/** Invoices everything that falls due with the end of the last month, as far as that lies in the past. */
export async function runInvoices(
  client: ApiClient,
  lastMonth: string,
  now: Date,
): Promise<{ created: number; until: string }> {
  const end = new Date(`${firstDayOf(monthAfter(lastMonth))}T00:00:00Z`);
  const until = (end < now ? end : now).toISOString();
  const body = { until, finalize: true };
  const answer = await client.call({ method: 'POST', path: '/invoices/runs', body, response: runSchema });
  if (answer.failed > 0) throw new BillingIncompleteError(`${answer.failed} subscriptions could not be rated`);
  return { created: answer.invoices, until };
}

const invoiceSchema = z.object({
  id: z.string(),
  number: z.string().nullable(),
  accountId: z.string(),
  billedAt: z.string(),
  currency: z.string(),
  status: z.string(),
  discountMinor: z.string(),
  taxMinor: z.string(),
  totalMinor: z.string(),
});

const detailSchema = z.object({
  lines: z.array(z.object({ kind: z.string(), priceKey: z.string().nullable(), quantityRaw: z.string() })),
});

export interface LargeInvoice {
  readonly id: string;
  readonly number: string;
  readonly account: string;
  readonly calls: string;
  /** Calls of all time in percent of the quota. */
  readonly quotaPercent: string;
  readonly discount: string;
  readonly tax: string;
  readonly amount: string;
}

/** The invoices of the log's months, all together and the ten largest. */
export interface InvoiceReport {
  readonly count: number;
  /** Major units, exact; as all amounts here. */
  readonly total: string;
  readonly discount: string;
  readonly tax: string;
  readonly largest: readonly LargeInvoice[];
}

/** Adds up the invoices billed in (first month's start, until] for accounts of the log. */
export async function reportInvoices(
  client: ApiClient,
  accounts: ReadonlyMap<string, LoggedAccount>,
  window: { readonly after: string; readonly until: string },
): Promise<InvoiceReport> {
  const keys = new Map([...accounts].map(([key, { id }]) => [id, key]));
  let count = 0;
  const sums = { discount: 0n, tax: 0n, total: 0n };
  let largest: z.output<typeof invoiceSchema>[] = [];
  for await (const invoice of listAll(client, `/invoices?sort=-total&currency=${currency}`, invoiceSchema)) {
    const billedAt = Date.parse(invoice.billedAt);
    const isOfLog = billedAt > Date.parse(window.after) && billedAt <= Date.parse(window.until);
    if (!isOfLog || invoice.status === 'void' || !keys.has(invoice.accountId)) continue;
    count += 1;
    sums.discount += BigInt(invoice.discountMinor);
    sums.tax += BigInt(invoice.taxMinor);
    sums.total += BigInt(invoice.totalMinor);
    if (largest.length < 10) largest = [...largest, invoice];
  }
  const rows: LargeInvoice[] = [];
  for (const invoice of largest) rows.push(await describeInvoice(client, invoice, keys.get(invoice.accountId)!));
  const [discount, tax, total] = [sums.discount, sums.tax, sums.total].map(format) as [string, string, string];
  return { count, total, discount, tax, largest: rows };
}

async function describeInvoice(
  client: ApiClient,
  invoice: z.output<typeof invoiceSchema>,
  account: string,
): Promise<LargeInvoice> {
  const { id, number, accountId, discountMinor, taxMinor, totalMinor } = invoice;
  const { lines } = await client.call({ method: 'GET', path: `/invoices/${id}`, response: detailSchema });
  return {
    id,
    number: number ?? 'draft',
    account,
    calls: lines.find(({ priceKey, kind }) => priceKey === 'calls' && kind === 'usage')?.quantityRaw ?? '0',
    quotaPercent: await readQuotaPercent(client, accountId),
    discount: format(BigInt(discountMinor)),
    tax: format(BigInt(taxMinor)),
    amount: format(BigInt(totalMinor)),
  };
}

function format(minor: bigint): string {
  return formatMinor(minor, currency);
}
