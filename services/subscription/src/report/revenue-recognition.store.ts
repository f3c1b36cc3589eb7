import type { Transaction } from '@plinth/common';
import type { MonthRange } from './mrr.store.ts';

export interface RecognitionFilter extends MonthRange {
  readonly currency: string;
  readonly legalEntityId?: string | undefined;
  readonly invoiceId?: string | undefined;
}

/** What was invoiced, credited and earned in a month, without tax, in smallest units. */
export interface RecognitionRow {
  /** First day of the month; null: everything before the range. */
  readonly month: string | null;
  readonly invoicedMinor: bigint;
  readonly creditedMinor: bigint;
  readonly recognizedMinor: bigint;
}

// Each line of a final invoice, and each line of a credit note with its sign turned, as an amount that is earned by day
// over [starts, ends). What a credit note takes back of months before its own is taken back in its own. Lines that were
// invoiced and earned before the range, or will be after it, change nothing and are left out; those that are alike are
// split once.
const items = `
  item AS (
    SELECT i.finalized_at AS booked_at, false AS credits, i.time_zone, l.period_start, l.period_end,
      l.amount_minor - l.discount_minor - CASE WHEN l.tax_inclusive THEN l.tax_minor ELSE 0 END AS amount
    FROM subscription.invoices i JOIN subscription.invoice_lines l ON l.invoice_id = i.id
    WHERE i.currency = $1 AND i.status NOT IN ('draft', 'void') AND ($4::uuid IS NULL OR i.legal_entity_id = $4) AND ($5::uuid IS NULL OR i.id = $5)
      AND (i.finalized_at >= $2::date - interval '1 day' OR greatest(l.period_end, l.period_start) >= $2::date - interval '1 day')
      AND (i.finalized_at < $3::date + interval '1 month 1 day' OR l.period_start < $3::date + interval '1 month 1 day')
    UNION ALL
    SELECT n.issued_at, true, i.time_zone, l.period_start, l.period_end, -c.net_minor
    FROM subscription.credit_notes n
    JOIN subscription.credit_note_lines c ON c.credit_note_id = n.id
    JOIN subscription.invoices i ON i.id = n.invoice_id
    JOIN subscription.invoice_lines l ON l.invoice_id = n.invoice_id AND l.position = c.position
    WHERE i.currency = $1 AND i.status NOT IN ('draft', 'void') AND ($4::uuid IS NULL OR i.legal_entity_id = $4) AND ($5::uuid IS NULL OR i.id = $5)
  ),
  alike AS MATERIALIZED (
    SELECT date_trunc('month', booked_at AT TIME ZONE time_zone)::date AS booked, credits, amount, (period_start AT TIME ZONE time_zone)::date AS starts,
      (period_end AT TIME ZONE time_zone)::date AS ends, count(*) AS lines
    FROM item WHERE amount <> 0 GROUP BY 1, 2, 3, 4, 5
  ),
  dated AS MATERIALIZED (
    SELECT row_number() OVER () AS id, booked, credits, CASE WHEN credits THEN booked END AS not_before, amount, lines, starts,
      greatest(ends, starts + 1) AS ends, date_trunc('month', starts)::date AS first_month,
      date_trunc('month', greatest(ends - 1, starts))::date AS last_month
    FROM alike
  )`;

// What lies in one month is earned in it. All else is split over its months by their days: whole units first, and the
// units left over to the largest remainders, earlier months first among equals, so that the parts add up. Of two months
// at most one unit is left over.
const parts = `
  whole AS (
    SELECT greatest(first_month, not_before) AS month, amount * lines AS amount FROM dated WHERE first_month = last_month
  ),
  pair AS (
    SELECT first_month, last_month, not_before, amount, lines, div(weighted, total) AS base, weighted % total AS remainder, total
    FROM (SELECT *, abs(amount) * (last_month - starts) AS weighted, ends - starts AS total FROM dated) d
    WHERE last_month = (first_month + interval '1 month')::date
  ),
  halved AS (
    SELECT *, sign(amount) * (base + CASE WHEN remainder * 2 >= total THEN 1 ELSE 0 END) AS first_part FROM pair
  ),
  share AS (
    SELECT d.id, d.not_before, d.amount, d.lines, m.month::date AS month, abs(d.amount) * days AS weighted, d.ends - d.starts AS total
    FROM dated d
    CROSS JOIN LATERAL generate_series(d.first_month, d.last_month, interval '1 month') AS m (month)
    CROSS JOIN LATERAL (SELECT least(d.ends, (m.month + interval '1 month')::date) - greatest(d.starts, m.month::date) AS days) AS n
    WHERE d.last_month > (d.first_month + interval '1 month')::date
  ),
  ranked AS (
    SELECT month, not_before, amount, lines, div(weighted, total) AS base, abs(amount) - sum(div(weighted, total)) OVER line AS left_over,
      row_number() OVER (PARTITION BY id ORDER BY weighted % total DESC, month) AS rank
    FROM share WINDOW line AS (PARTITION BY id)
  ),
  part AS (
    SELECT month, amount FROM whole
    UNION ALL SELECT greatest(first_month, not_before), first_part * lines FROM halved
    UNION ALL SELECT greatest(last_month, not_before), (amount - first_part) * lines FROM halved
    UNION ALL
    SELECT greatest(month, not_before), sign(amount) * (base + CASE WHEN rank <= left_over THEN 1 ELSE 0 END) * lines FROM ranked
  )`;

/** What was invoiced, credited and earned: one row for all before the range, and one for each month of it with anything. */
export async function listRecognition(transaction: Transaction, filter: RecognitionFilter): Promise<RecognitionRow[]> {
  const { currency, from, to, legalEntityId, invoiceId } = filter;
  const rows = await transaction.rows<{ month: string | null; invoiced: string; credited: string; recognized: string }>(
    `WITH ${items}, ${parts},
     booking AS (
       SELECT booked AS month, sum(amount * lines) FILTER (WHERE NOT credits) AS invoiced, -sum(amount * lines) FILTER (WHERE credits) AS credited,
         NULL::numeric AS recognized
       FROM dated WHERE booked <= $3::date GROUP BY booked
       UNION ALL SELECT month, NULL, NULL, sum(amount) FROM part WHERE month <= $3::date GROUP BY month
     )
     SELECT CASE WHEN month >= $2::date THEN to_char(month, 'YYYY-MM') END AS month, coalesce(sum(invoiced), 0)::text AS invoiced,
       coalesce(sum(credited), 0)::text AS credited, coalesce(sum(recognized), 0)::text AS recognized
     FROM booking GROUP BY 1 ORDER BY 1 NULLS FIRST`,
    [currency, from, to, legalEntityId ?? null, invoiceId ?? null],
  );
  return rows.map(({ month, invoiced, credited, recognized }) => ({
    month,
    invoicedMinor: BigInt(invoiced),
    creditedMinor: BigInt(credited),
    recognizedMinor: BigInt(recognized),
  }));
}
