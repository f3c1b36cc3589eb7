import type { Transaction } from '@plinth/common';

/** How long open invoices are past due, in days: not at all, 1 to 30, 31 to 60, 61 to 90, more. */
export const ages = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90Days'] as const;
export type Age = (typeof ages)[number];
export type AgedAmounts = Readonly<Record<Age, bigint>>;

/** What is open of an account, in smallest units. */
export interface AgedReceivable {
  readonly accountId: string;
  readonly invoices: number;
  readonly amounts: AgedAmounts;
  readonly openMinor: bigint;
  /** What was paid or given back above what was owed, and was not given back yet. */
  readonly overpaidMinor: bigint;
}

interface Row extends Readonly<Record<Age, string>> {
  readonly accountId: string;
  readonly invoices: number;
  readonly open: string;
  readonly overpaid: string;
}

const sums = `(count(*) FILTER (WHERE due_minor > 0))::int AS invoices,
  coalesce(sum(due_minor) FILTER (WHERE due_minor > 0), 0)::text AS open, coalesce(-sum(due_minor) FILTER (WHERE due_minor < 0), 0)::text AS overpaid,
  ${(['late <= 0', 'late BETWEEN 1 AND 30', 'late BETWEEN 31 AND 60', 'late BETWEEN 61 AND 90', 'late > 90'] as const)
    .map(
      (condition, position) =>
        `coalesce(sum(due_minor) FILTER (WHERE due_minor > 0 AND ${condition}), 0)::text AS "${ages[position]}"`,
    )
    .join(', ')}`;

// Days past the due date in the invoice's own zone.
const open = `SELECT account_id, due_minor, coalesce(($1::timestamptz AT TIME ZONE time_zone)::date - due_on, 0) AS late
  FROM subscription.invoices WHERE currency = $2 AND status NOT IN ('draft', 'void') AND due_minor <> 0`;

/** What is open by account, the largest first, and of all accounts together. */
export async function listReceivables(
  transaction: Transaction,
  { now, currency, limit }: { readonly now: Date; readonly currency: string; readonly limit: number },
): Promise<{ readonly accounts: AgedReceivable[]; readonly total: Omit<AgedReceivable, 'accountId'> }> {
  const rows = await transaction.rows<Row>(
    `SELECT account_id AS "accountId", ${sums} FROM (${open}) invoice GROUP BY account_id ORDER BY sum(due_minor) DESC, account_id LIMIT $3`,
    [now, currency, limit],
  );
  const total = await transaction.findRow<Row>(`SELECT ${sums} FROM (${open}) invoice`, [now, currency]);
  const { accountId: _none, ...all } = fromRow(total!);
  return { accounts: rows.map(fromRow), total: all };
}

function fromRow(row: Row): AgedReceivable {
  return {
    accountId: row.accountId,
    invoices: row.invoices,
    amounts: Object.fromEntries(ages.map((age) => [age, BigInt(row[age])])) as Record<Age, bigint>,
    openMinor: BigInt(row.open),
    overpaidMinor: BigInt(row.overpaid),
  };
}
