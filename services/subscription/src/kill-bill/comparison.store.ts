import type { Transaction } from '@plinth/common';
import type { LocalDate } from '@plinth/common/calendar';

export interface ReadInvoice {
  readonly id: string;
  readonly accountId: string;
  readonly number: string;
  readonly invoiceDate: LocalDate;
  readonly status: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

export interface ReadItem {
  readonly id: string;
  readonly killBillSubscriptionId: string | null;
  readonly linkedItemId: string | null;
  readonly type: string;
  readonly planName: string | null;
  readonly usageName: string | null;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** The amounts and states of the invoices that were read, by id. */
export async function listReadInvoices(
  transaction: Transaction,
  ids: readonly string[],
): Promise<Map<string, { amountMinor: bigint; status: string }>> {
  const rows = await transaction.rows<{ id: string; amount_minor: string; status: string }>(
    `SELECT id, amount_minor::text AS amount_minor, status FROM subscription.kill_bill_invoices WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { amountMinor: BigInt(row.amount_minor), status: row.status }]));
}

/** Writes an invoice as it was read, in the place of what was read before. */
export async function replaceInvoice(
  transaction: Transaction,
  invoice: ReadInvoice,
  items: readonly ReadItem[],
  readAt: Date,
): Promise<void> {
  const { tenantId } = transaction;
  await transaction.execute(
    `INSERT INTO subscription.kill_bill_invoices (tenant_id, id, account_id, number, invoice_date, status, currency, amount_minor, read_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, id) DO UPDATE SET status = excluded.status, amount_minor = excluded.amount_minor, read_at = excluded.read_at`,
    [
      tenantId,
      invoice.id,
      invoice.accountId,
      invoice.number,
      invoice.invoiceDate,
      invoice.status,
      invoice.currency,
      invoice.amountMinor.toString(),
      readAt,
    ],
  );
  await transaction.execute(`DELETE FROM subscription.kill_bill_invoice_items WHERE invoice_id = $1`, [invoice.id]);
  await transaction.execute(
    `INSERT INTO subscription.kill_bill_invoice_items
       (tenant_id, invoice_id, id, kill_bill_subscription_id, linked_item_id, type, plan_name, usage_name, starts_on, ends_on, currency, amount_minor)
     SELECT $1, $2, * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::date[], $10::date[], $11::text[], $12::numeric[])`,
    [
      tenantId,
      invoice.id,
      items.map((item) => item.id),
      items.map((item) => item.killBillSubscriptionId),
      items.map((item) => item.linkedItemId),
      items.map((item) => item.type),
      items.map((item) => item.planName),
      items.map((item) => item.usageName),
      items.map((item) => item.startsOn),
      items.map((item) => item.endsOn),
      items.map((item) => item.currency),
      items.map((item) => item.amountMinor.toString()),
    ],
  );
}

/** What an engine charged for a period, or from a date on. */
export interface ChargedPart {
  readonly subscriptionId: string;
  readonly amountMinor: bigint;
}

/** What our invoices that are not void charge for the mirrored subscriptions of an account, by period; before discounts and tax. */
export async function listOwnAmounts(
  transaction: Transaction,
  accountId: string,
): Promise<(ChargedPart & { readonly periodIndex: number })[]> {
  const rows = await transaction.rows<{ subscription_id: string; period_index: number; amount_minor: string }>(
    `SELECT l.subscription_id, l.period_index, sum(l.amount_minor)::text AS amount_minor
     FROM subscription.invoice_lines l JOIN subscription.invoices i ON i.id = l.invoice_id
     WHERE l.account_id = $1 AND i.status <> 'void'
       AND EXISTS (SELECT FROM subscription.kill_bill_subscriptions k
         WHERE k.subscription_id = l.subscription_id AND k.kill_bill_id IS NOT NULL)
     GROUP BY l.subscription_id, l.period_index`,
    [accountId],
  );
  return rows.map((row) => ({
    subscriptionId: row.subscription_id,
    periodIndex: row.period_index,
    amountMinor: BigInt(row.amount_minor),
  }));
}

/** What Kill Bill charged for the mirrored subscriptions of an account, by the first day that it is for. */
export async function listTheirAmounts(
  transaction: Transaction,
  accountId: string,
): Promise<(ChargedPart & { readonly startsOn: LocalDate })[]> {
  const rows = await transaction.rows<{ subscription_id: string; starts_on: string; amount_minor: string }>(
    `SELECT k.subscription_id, t.starts_on::text AS starts_on, sum(t.amount_minor)::text AS amount_minor
     FROM subscription.kill_bill_invoice_items t
       JOIN subscription.kill_bill_invoices i ON i.id = t.invoice_id
       LEFT JOIN subscription.kill_bill_invoice_items linked ON linked.id = t.linked_item_id
       JOIN subscription.kill_bill_subscriptions k
         ON k.kill_bill_id = coalesce(t.kill_bill_subscription_id, linked.kill_bill_subscription_id)
     WHERE i.account_id = $1 AND i.status <> 'VOID'
     GROUP BY k.subscription_id, t.starts_on`,
    [accountId],
  );
  return rows.map((row) => ({
    subscriptionId: row.subscription_id,
    startsOn: row.starts_on,
    amountMinor: BigInt(row.amount_minor),
  }));
}
