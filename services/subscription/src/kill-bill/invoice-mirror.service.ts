import type { Clock, Database } from '@plinth/common';
import { exact } from '../money/exact-decimal.ts';
import { roundMoney } from '../money/round-money.ts';
import * as store from './comparison.store.ts';
import type { KillBillClient, KillBillInvoice, KillBillInvoiceItem } from './kill-bill-client.ts';
import { listUnreadAccounts, noteRead } from './mirror.store.ts';

const accountsAtOnce = 500;

/** Reads Kill Bill's invoices back: those that are new, or not as they were. */
export class InvoiceMirror {
  readonly #database: Database;
  readonly #clock: Clock;
  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Of the accounts that were not read since an instant. Gives how many invoices were read. */
  async run(tenantId: string, client: KillBillClient, since: Date): Promise<number> {
    let read = 0;
    for (let after: string | undefined = ''; after !== undefined;) {
      const accounts: Account[] = await this.#database.transaction(tenantId, (transaction) =>
        listUnreadAccounts(transaction, since, after!, accountsAtOnce),
      );
      for (const account of accounts) read += await this.#readAccount(tenantId, client, account);
      after = accounts.length < accountsAtOnce ? undefined : accounts.at(-1)?.externalKey;
    }
    return read;
  }

  async #readAccount(
    tenantId: string,
    client: KillBillClient,
    { accountId, externalKey, killBillId }: Account,
  ): Promise<number> {
    const invoices = await client.listInvoices(killBillId);
    const known = await this.#database.transaction(tenantId, (transaction) =>
      store.listReadInvoices(
        transaction,
        invoices.map(({ invoiceId }) => invoiceId),
      ),
    );
    let read = 0;
    for (const listed of invoices) {
      const before = known.get(listed.invoiceId);
      const amountMinor = toMinor(listed.amount, listed.currency);
      if (before !== undefined && before.amountMinor === amountMinor && before.status === listed.status) continue;
      const invoice = (listed.items ?? []).length > 0 ? listed : await client.getInvoice(listed.invoiceId);
      await this.#database.transaction(tenantId, (transaction) =>
        store.replaceInvoice(
          transaction,
          toInvoice(invoice, accountId),
          (invoice.items ?? []).map(toItem),
          this.#clock.now(),
        ),
      );
      read += 1;
    }
    await this.#database.transaction(tenantId, (transaction) => noteRead(transaction, externalKey, this.#clock.now()));
    return read;
  }
}

interface Account {
  readonly accountId: string;
  readonly externalKey: string;
  readonly killBillId: string;
}

function toInvoice(invoice: KillBillInvoice, accountId: string): store.ReadInvoice {
  return {
    id: invoice.invoiceId,
    accountId,
    number: invoice.invoiceNumber,
    invoiceDate: invoice.invoiceDate,
    status: invoice.status,
    currency: invoice.currency,
    amountMinor: toMinor(invoice.amount, invoice.currency),
  };
}

function toItem(item: KillBillInvoiceItem): store.ReadItem {
  // What moves an account's credit is no charge for a subscription, even where it names one.
  const isCredit = item.itemType === 'CBA_ADJ';
  return {
    id: item.invoiceItemId,
    killBillSubscriptionId: isCredit ? null : item.subscriptionId,
    linkedItemId: isCredit ? null : item.linkedInvoiceItemId,
    type: item.itemType,
    planName: item.planName,
    usageName: item.usageName,
    startsOn: item.startDate,
    endsOn: item.endDate,
    currency: item.currency,
    amountMinor: toMinor(item.amount, item.currency),
  };
}

/** Kill Bill rounds to the digits of the currency before it answers. */
function toMinor(amount: number, currency: string): bigint {
  return roundMoney(exact(String(amount)), currency);
}
