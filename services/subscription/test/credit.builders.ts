import type { Transaction } from '@plinth/common';
import type { AccountSummary } from '@plinth/contracts';
import { expect } from 'vitest';
import { buildPayer, sumLedger, type PaymentsUnderTest } from './payment.builders.ts';

/** A payer with short ways to credit: grants of promotions and of money, invoices of one charge, what is there. */
export async function buildCreditor(payments: PaymentsUnderTest, changes: Partial<AccountSummary> = {}) {
  const payer = await buildPayer(payments, [], true);
  const { under, platform } = payments;
  const { tenantId, get, post } = payer;
  const account = Object.keys(changes).length === 0 ? payer.account : platform.addAccount(tenantId, changes);
  const accountId = account.id;
  const grant = async (source: object, more: object = {}) =>
    post('/credits/grants', { accountId, source, reason: 'as agreed', ...more });
  const give = async (amountMinor: number, more: object = {}, type: 'promotion' | 'received' = 'promotion') => {
    const by = type === 'received' ? { by: 'manual' } : {};
    const { status, body } = await grant({ type, amountMinor: String(amountMinor), ...by }, more);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.grant;
  };
  return {
    ...payer,
    account,
    grant,
    give,
    pay: (amountMinor: number, more: object = {}) => give(amountMinor, more, 'received'),
    /** A final invoice of one charge in major units. */
    bill: async (unitAmount: string) => {
      const { body } = await post('/invoices/charges', {
        accountId,
        currency: account.currency,
        description: 'Work',
        unitAmount,
        when: 'now',
      });
      return get(`/invoices/${body.invoiceId}`);
    },
    /** Balance and what remains of each grant, the oldest first. */
    credits: async () => {
      const [wallet] = (await get(`/credits?accountId=${accountId}`)).data;
      const { data } = await get(`/credits/grants?limit=200&accountId=${accountId}`);
      return {
        balance: wallet?.balanceMinor,
        grants: data.toReversed().map(({ remainingMinor }: { remainingMinor: string }) => remainingMinor),
      };
    },
    entries: async () =>
      (await get(`/credits/entries?limit=200&accountId=${accountId}`)).data
        .toReversed()
        .map(({ kind, amountMinor }: { kind: string; amountMinor: string }) => `${kind} ${amountMinor}`),
    ledger: () => sumLedger(under, tenantId),
    assertConsistent: () => under.database.transaction(tenantId, assertConsistent),
  };
}

/** Balances are the sums of entries and of what remains of grants, and the books owe as much as wallets and unapplied money say. */
export async function assertConsistent(transaction: Transaction): Promise<void> {
  const wallets = await transaction.rows<Record<string, string>>(
    `SELECT w.account_id, w.currency, w.balance_minor::text AS balance,
       (SELECT coalesce(sum(remaining_minor), 0)::text FROM subscription.credit_grants g WHERE g.wallet_id = w.id) AS remaining,
       (SELECT coalesce(sum(amount_minor), 0)::text FROM subscription.credit_entries e WHERE e.wallet_id = w.id) AS entries,
       (SELECT coalesce(-sum(amount_minor), 0)::text FROM subscription.ledger_entries l
          WHERE l.account_id = w.account_id AND l.currency = w.currency AND ledger_account = 'credits') AS ledger,
       (SELECT coalesce(sum(amount_minor - applied_minor - refunded_minor - charged_back_minor - granted_minor), 0)::text
          FROM subscription.payments p WHERE p.account_id = w.account_id AND p.currency = w.currency AND p.status = 'succeeded') AS unapplied
     FROM subscription.credit_wallets w`,
  );
  for (const { balance, remaining, entries, ledger, unapplied } of wallets) {
    expect({ remaining, entries, ledger }).toEqual({
      remaining: balance,
      entries: balance,
      ledger: String(BigInt(balance!) + BigInt(unapplied!)),
    });
  }
  const invoices = await transaction.rows<{ due: string; receivable: string }>(
    `SELECT coalesce(sum(due_minor), 0)::text AS due,
       (SELECT coalesce(sum(amount_minor), 0)::text FROM subscription.ledger_entries WHERE ledger_account = 'receivable') AS receivable
     FROM subscription.invoices WHERE status NOT IN ('draft', 'void')`,
  );
  expect(invoices[0]!.due).toBe(invoices[0]!.receivable);
}
