import type { Transaction } from '@plinth/common';
import type { MonthRange } from './mrr.store.ts';

/** What a meter's usage was charged with in a month; without tax, after discounts, in smallest units. */
export interface MeterMonth {
  readonly month: string;
  readonly meter: string;
  /** As metered. */
  readonly quantity: string;
  readonly accounts: number;
  readonly amountMinor: bigint;
}

/** What was invoiced in a month, and how much of it was for usage. */
export interface InvoiceVolume {
  readonly month: string;
  readonly invoices: number;
  readonly netMinor: bigint;
  readonly usageMinor: bigint;
}

// By the month in which an invoice was billed, in its own zone.
const lines = `SELECT to_char(i.billed_at AT TIME ZONE i.time_zone, 'YYYY-MM') AS month, i.id AS invoice_id, l.account_id, l.kind, l.meter, l.quantity_raw, l.period_start, l.period_end,
    l.amount_minor - l.discount_minor - CASE WHEN l.tax_inclusive THEN l.tax_minor ELSE 0 END AS net
  FROM subscription.invoices i JOIN subscription.invoice_lines l ON l.invoice_id = i.id
  WHERE i.currency = $1 AND i.status NOT IN ('draft', 'void')
    AND i.billed_at >= $2::date - interval '1 day' AND i.billed_at < $3::date + interval '1 month 1 day'
    AND (i.billed_at AT TIME ZONE i.time_zone) >= $2::date AND (i.billed_at AT TIME ZONE i.time_zone) < $3::date + interval '1 month'`;

export async function listMeterMonths(
  transaction: Transaction,
  currency: string,
  { from, to }: MonthRange,
): Promise<MeterMonth[]> {
  const rows = await transaction.rows<Omit<MeterMonth, 'amountMinor'> & { readonly net: string }>(
    `SELECT month, meter, sum(quantity_raw)::text AS quantity, count(DISTINCT account_id)::int AS accounts, sum(net)::text AS net
     FROM (${lines} AND l.kind = 'usage' AND l.meter IS NOT NULL) line GROUP BY month, meter ORDER BY month, meter`,
    [currency, from, to],
  );
  return rows.map(({ net, ...row }) => ({ ...row, amountMinor: BigInt(net) }));
}

export async function listVolumes(
  transaction: Transaction,
  currency: string,
  { from, to }: MonthRange,
): Promise<InvoiceVolume[]> {
  const rows = await transaction.rows<{ month: string; invoices: number; net: string; usage: string }>(
    `SELECT month, count(DISTINCT invoice_id)::int AS invoices, sum(net)::text AS net,
       coalesce(sum(net) FILTER (WHERE kind = 'usage'), 0)::text AS usage
     FROM (${lines}) line GROUP BY month ORDER BY month`,
    [currency, from, to],
  );
  return rows.map(({ net, usage, ...row }) => ({ ...row, netMinor: BigInt(net), usageMinor: BigInt(usage) }));
}

/** What a window of a meter's usage was billed with in a month; without tax, after discounts, in smallest units. */
export interface BilledWindow {
  readonly month: string;
  readonly meter: string;
  readonly from: Date;
  readonly to: Date;
  /** Whose usage of it was billed, each once. */
  readonly accountIds: string[];
  /** As metered, once for each price that billed it. */
  readonly quantity: string;
  readonly amountMinor: bigint;
}

export async function listBilledWindows(
  transaction: Transaction,
  currency: string,
  { from, to }: MonthRange,
): Promise<BilledWindow[]> {
  const rows = await transaction.rows<Omit<BilledWindow, 'amountMinor'> & { readonly net: string }>(
    `SELECT month, meter, period_start AS "from", period_end AS "to", array_agg(DISTINCT account_id) AS "accountIds",
       sum(quantity_raw)::text AS quantity, sum(net)::text AS net
     FROM (${lines} AND l.kind = 'usage' AND l.meter IS NOT NULL) line GROUP BY month, meter, period_start, period_end ORDER BY 1, 2, 3, 4`,
    [currency, from, to],
  );
  return rows.map(({ net, ...row }) => ({ ...row, amountMinor: BigInt(net) }));
}
