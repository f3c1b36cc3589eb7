import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formatMinor } from '@plinth/contracts';
import { describe, expect, it, vi } from 'vitest';
import { buildAccessLog, seededRandom } from '../../../test/access-log.builders.ts';
import { billByHand, type ExpectedInvoice } from '../../../test/expected-bill.ts';
import { readInvoices } from '../../../test/read-invoices.ts';
import { runCli, startCli, temporaryDirectory } from '../../../test/run-cli.ts';

const realLog = fileURLToPath(new URL('../../../../../../shared/data/web-access-2015-05.log.gz', import.meta.url));
const minutes = 60_000;

async function importOk(file: string, data: string) {
  const { exitCode, stdout, stderr, durationMs } = await runCli('import', 'access-log', file, '--data', data, '--json');
  if (exitCode !== 0) throw new Error(`exit ${exitCode}: ${stdout}${stderr}`);
  return { report: JSON.parse(stdout), durationMs };
}

/** Kills an import at moments spread over its duration, then lets one finish. */
async function importWithKills(file: string, data: string, moments: readonly number[]): Promise<void> {
  for (const moment of moments) {
    const { child, finished } = startCli(['import', 'access-log', file, '--data', data, '--json']);
    await Promise.race([sleep(moment), finished]);
    child.kill('SIGKILL');
    await finished;
  }
  await importOk(file, data);
}

function momentsIn(durationMs: number, count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Math.round((0.1 + 0.9 * random()) * durationMs));
}

describe('plinth import access-log', () => {
  it(
    'invoices a log, and the same again when it is repeated, killed or cut off',
    { timeout: 6 * minutes },
    async () => {
      await using directory = await temporaryDirectory();
      const at = (name: string) => join(directory.path, name);
      const log = buildAccessLog(400, 7);
      await writeFile(at('access.log'), log.text);
      await writeFile(at('renamed.log.gz'), gzipSync(log.text));
      await writeFile(at('cut.log.gz'), gzipSync(log.text).subarray(0, 3000));

      const first = await importOk(at('access.log'), at('undisturbed'));
      expect(first.report).toMatchObject({
        requests: log.requests,
        accounts: { total: log.clients, created: log.clients },
        events: { accepted: log.requests + log.withBytes, duplicates: 0 },
        malformed: { count: log.malformedLines.length },
        invoices: { count: log.clients, created: log.clients },
      });
      expect(first.report.malformed.lines.map(({ line }: { line: number }) => line)).toEqual(log.malformedLines);
      expect((await stat(at('undisturbed/demo.json'))).mode & 0o777).toBe(0o600);
      expect(existsSync(at('undisturbed/instance.json'))).toBe(false);
      const expected = await readInvoices(at('undisturbed'));
      expect(expected).toHaveLength(log.clients);

      const again = await importOk(at('renamed.log.gz'), at('undisturbed'));
      expect(again.report).toMatchObject({
        accounts: { total: log.clients, created: 0 },
        events: { accepted: 0, duplicates: log.requests + log.withBytes },
        invoices: { ...first.report.invoices, created: 0 },
      });
      expect(await readInvoices(at('undisturbed'))).toEqual(expected);

      await importWithKills(at('access.log'), at('killed'), momentsIn(first.durationMs, 6, 42));
      expect(await readInvoices(at('killed'))).toEqual(expected);

      const cut = await runCli('import', 'access-log', at('cut.log.gz'), '--data', at('cut'), '--json');
      expect([cut.exitCode, JSON.parse(cut.stdout).error.code]).toEqual([65, 'access_log.damaged']);
      expect(existsSync(at('cut'))).toBe(false);
      await importOk(at('renamed.log.gz'), at('cut'));
      expect(await readInvoices(at('cut'))).toEqual(expected);
    },
  );

  it('uses the platform that runs, and ends in order on Ctrl-C', { timeout: 3 * minutes }, async () => {
    await using directory = await temporaryDirectory();
    const data = join(directory.path, 'data');
    const file = join(directory.path, 'access.log');
    const log = buildAccessLog(200, 11);
    await writeFile(file, log.text);

    const interrupted = startCli(['import', 'access-log', file, '--data', data]);
    while (!existsSync(join(data, 'postgres')) && interrupted.child.exitCode === null) await sleep(20);
    interrupted.child.kill('SIGINT');
    interrupted.child.kill('SIGINT');
    const end = await interrupted.finished;
    expect([end.exitCode, end.stderr]).toEqual([130, expect.stringContaining('Interrupted by SIGINT.')]);
    expect(existsSync(join(data, 'postgres/cluster/postmaster.pid'))).toBe(false);

    const platform = startCli(['up', '--data', data, '--port', '0', '--demo', '--json']);
    const { url, demo } = JSON.parse(await platform.firstLine);
    const { report } = await importOk(file, data);
    expect(report).toMatchObject({ url, requests: log.requests, invoices: { count: log.clients } });
    const { password } = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8'));
    expect(demo).toMatchObject({ email: 'demo@plinth.localhost', password });
    platform.child.kill('SIGTERM');
    expect(await platform.finished).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(data, 'instance.json'))).toBe(false);
  });

  it(
    'invoices 10,000 real requests as a bill by hand, alike with and without kills',
    { timeout: 10 * minutes },
    async (context) => {
      if (!existsSync(realLog)) context.skip(`SKIPPED: ${realLog} is not there`);
      await using directory = await temporaryDirectory();
      const [calm, killed] = ['calm', 'killed'].map((name) => join(directory.path, name));
      const { report, durationMs } = await importOk(realLog, calm!);
      const expected = billByHand(gunzipSync(await readFile(realLog)).toString('latin1'));
      expect(report).toMatchObject({ requests: 10_000, accounts: { total: 1753 }, malformed: { count: 0 } });
      expect(report.invoices).toMatchObject(sumByHand(expected));
      const largest = report.invoices.largest[0];
      expect(largest).toMatchObject({ account: '66.249.73.135', calls: '482', quotaPercent: '482' });
      const invoices = await readInvoices(calm!);
      expect(new Map(invoices.map(({ account, totalMinor }) => [account, BigInt(totalMinor)]))).toEqual(
        new Map([...expected].map(([client, { total }]) => [client, total])),
      );
      await importWithKills(realLog, killed!, momentsIn(durationMs, 3, 1753));
      expect(await readInvoices(killed!)).toEqual(invoices);
      await assertDocuments(calm!, largest);
      await assertAlerts(calm!, [...expected.values()]);
    },
  );
});

function sumByHand(invoices: ReadonlyMap<string, ExpectedInvoice>) {
  const sum = (part: 'total' | 'tax' | 'discount'): string =>
    formatMinor(
      [...invoices.values()].reduce((total, invoice) => total + invoice[part], 0n),
      'EUR',
    );
  return { count: invoices.size, total: sum('total'), tax: sum('tax'), discount: sum('discount') };
}

/** Calls an operation as the demo of a data directory, with the command. */
async function callAsDemo({ data, url }: RunningPlatform, ...words: string[]) {
  const { apiKey } = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8')) as { apiKey: string };
  await writeFile(join(data, 'key.txt'), apiKey);
  const options = ['--url', url, '--api-key-file', join(data, 'key.txt'), '--json'];
  const { exitCode, stdout, stderr } = await runCli('call', ...words, ...options);
  if (exitCode !== 0) throw new Error(`exit ${exitCode}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}

interface RunningPlatform {
  readonly data: string;
  readonly url: string;
}

async function withPlatform(data: string, work: (running: RunningPlatform) => Promise<void>): Promise<void> {
  const platform = startCli(['up', '--data', data, '--port', '0', '--json']);
  try {
    const { url } = JSON.parse(await platform.firstLine) as { url: string };
    await work({ data, url });
  } finally {
    platform.child.kill('SIGTERM');
    await platform.finished;
  }
}

/** The invoice is a PDF, and an e-invoice with its number and amounts. */
async function assertDocuments(data: string, invoice: { id: string; number: string; tax: string; amount: string }) {
  await withPlatform(data, async (running) => {
    const [pdf, ubl] = [join(data, 'invoice.pdf'), join(data, 'invoice.xml')];
    await callAsDemo(running, 'getInvoicePdf', `invoiceId=${invoice.id}`, '--output', pdf);
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
    await callAsDemo(running, 'getInvoiceUbl', `invoiceId=${invoice.id}`, '--output', ubl);
    const xml = await readFile(ubl, 'utf8');
    for (const part of [
      `<cbc:ID>${invoice.number}</cbc:ID>`,
      `<cbc:TaxAmount currencyID="EUR">${invoice.tax}</cbc:TaxAmount>`,
      `<cbc:PayableAmount currencyID="EUR">${invoice.amount}</cbc:PayableAmount>`,
    ])
      expect(xml).toContain(part);
  });
}

/** Every account whose calls reached a threshold of the quota has raised its alert, once. */
async function assertAlerts(data: string, invoices: readonly ExpectedInvoice[]): Promise<void> {
  await withPlatform(data, async (running) => {
    const quotas = (await callAsDemo(running, 'listQuotas')).data as { id: string; accountId: string | null }[];
    const quota = quotas.find(({ accountId }) => accountId === null)!;
    const reached = (threshold: number): number => invoices.filter(({ calls }) => calls >= threshold).length;
    await vi.waitFor(
      async () => {
        const { data: alerts } = await callAsDemo(running, 'listQuotaAlerts', `quotaId=${quota.id}`, 'limit=200');
        const count = (percent: number): number =>
          alerts.filter(({ threshold }: { threshold: number }) => threshold === percent).length;
        expect([count(80), count(100)]).toEqual([reached(80), reached(100)]);
      },
      { timeout: 30_000, interval: 1000 },
    );
  });
}
