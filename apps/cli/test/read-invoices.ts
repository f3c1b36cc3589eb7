import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCli } from './run-cli.ts';

interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

/** One invoice as far as two imports must agree on it. */
export interface ComparedInvoice {
  readonly account: string;
  readonly billedAt: string;
  readonly status: string;
  readonly totalMinor: string;
}

/** Starts the platform on a data directory and reads all invoices of the demo, by account. */
export async function readInvoices(dataDirectory: string): Promise<ComparedInvoice[]> {
  const platform = startCli(['up', '--data', dataDirectory, '--port', '0', '--json']);
  try {
    const { port } = JSON.parse(await platform.firstLine) as { port: number };
    const { apiKey } = JSON.parse(await readFile(join(dataDirectory, 'demo.json'), 'utf8')) as { apiKey: string };
    const listAll = async <Item>(path: string): Promise<Item[]> => {
      const items: Item[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const url = `http://127.0.0.1:${port}/api/v1${path}?limit=200${cursor === undefined ? '' : `&cursor=${cursor}`}`;
        const response = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
        if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
        const page = (await response.json()) as Page<Item>;
        items.push(...page.data);
        cursor = page.nextCursor;
      }
      return items;
    };
    const accounts = await listAll<{ id: string; key: string }>('/accounts');
    const keys = new Map(accounts.map(({ id, key }) => [id, key]));
    const invoices = await listAll<ComparedInvoice & { accountId: string }>('/invoices');
    return invoices
      .filter(({ billedAt }) => billedAt.startsWith('2015-06-01'))
      .map(({ accountId, billedAt, status, totalMinor }) => ({
        account: keys.get(accountId)!,
        billedAt,
        status,
        totalMinor,
      }))
      .sort((a, b) => (`${a.account} ${a.billedAt}` < `${b.account} ${b.billedAt}` ? -1 : 1));
  } finally {
    platform.child.kill('SIGTERM');
    await platform.finished;
  }
}
