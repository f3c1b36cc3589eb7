import { resolve } from 'node:path';
import { ApiClient } from '../../api/api-client.ts';
import { loadApiKey, parsePlatformUrl } from '../../api/api-options.ts';
import { UsageError } from '../../cli/cli.errors.ts';
import type { CommandContext, CommandInput } from '../../cli/command.ts';
import { demoFileIn } from '../../demo/demo-credentials.ts';
import { ensureDemoTenant } from '../../demo/ensure-demo-tenant.ts';
import { openPlatform } from '../../instance/open-platform.ts';
import { ensureSubscriptions, reportInvoices, runInvoices } from './bill-usage.ts';
import { ensureMeters, ensurePlan } from './billing-catalogue.ts';
import { ensureCoupons, ensureQuota, ensureSeller } from './billing-terms.ts';
import { ApiKeyFileError, NoRequestsError, PeriodInvalidError } from './import-access-log.errors.ts';
import { renderReport, type ImportReport } from './import-report.ts';
import { firstDayOf, isMonth } from './months.ts';
import { assertWhole } from './read-log-lines.ts';
import { ReadingReport, readRequests } from './read-requests.ts';
import { UsageSender } from './send-usage.ts';

export interface ImportAccessLogOptions {
  readonly data: string;
  readonly url: string | undefined;
  readonly 'api-key-file': string | undefined;
  readonly period: string | undefined;
}

/** Imports a log and prints what came of it. */
export async function importAccessLog({
  options,
  positionals,
  context,
}: CommandInput<ImportAccessLogOptions>): Promise<void> {
  const started = performance.now();
  const file = positionals[0]!;
  if (options.period !== undefined && !isMonth(options.period)) throw new PeriodInvalidError(options.period);
  // Before anything is started: a file that is not there is the commonest mistake.
  await assertWhole(file, (share) => context.progress.show(`checking ${file}: ${Math.floor(share * 100)} %`));
  context.stop.throwIfAborted();
  const target = await openTarget(options, context);
  try {
    const { client, ...where } = target;
    const report = await importFile(file, client, { ...options, keepsAll: context.output.isJson }, context);
    context.progress.clear();
    context.output.print(renderReport({ ...report, durationMs: performance.now() - started, where }));
  } finally {
    context.progress.clear();
    await target.close();
  }
}

interface Target {
  readonly client: ApiClient;
  /** Where it will be reached afterwards; undefined when it ends with this command. */
  readonly url: string | undefined;
  readonly dataDirectory: string | undefined;
  readonly keyFile: string;
  close(): Promise<void>;
}

async function openTarget(options: ImportAccessLogOptions, context: CommandContext): Promise<Target> {
  const keyFile = options['api-key-file'];
  const { stop, progress } = context;
  if (options.url !== undefined || keyFile !== undefined) {
    if (options.url === undefined || keyFile === undefined) {
      throw new UsageError(
        '--url and --api-key-file belong together.',
        'Name both, or neither to use the data directory.',
      );
    }
    const url = parsePlatformUrl(options.url);
    const headers = { authorization: `Bearer ${await loadApiKey(keyFile, toKeyError)}` };
    return {
      client: new ApiClient({ url, headers, stop }),
      url,
      dataDirectory: undefined,
      keyFile,
      close: async () => {},
    };
  }
  const dataDirectory = resolve(options.data);
  const platform = await openPlatform(dataDirectory, context);
  try {
    stop.throwIfAborted();
    progress.show('making the demo tenant');
    const { client } = await ensureDemoTenant({ url: platform.url, dataDirectory, stop });
    const url = platform.isOurs ? undefined : platform.url;
    return { client, url, dataDirectory, keyFile: demoFileIn(dataDirectory), close: () => platform.close() };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

function toKeyError(message: string, cause?: unknown): Error {
  return new ApiKeyFileError(message, cause);
}

type Imported = Omit<ImportReport, 'durationMs' | 'where'>;

interface FileOptions {
  readonly period: string | undefined;
  readonly keepsAll: boolean;
}

/**
 * Usage, seller and coupons first, subscriptions after all of it: no invoice can come into being, from here or from the platform's own
 * schedule, before everything that belongs on it is stored.
 */
async function importFile(
  file: string,
  client: ApiClient,
  options: FileOptions,
  context: CommandContext,
): Promise<Imported> {
  context.progress.show('making the meters');
  await ensureMeters(client);
  await ensureQuota(client);
  const usageStarted = performance.now();
  const reading = new ReadingReport(options.keepsAll ? Number.POSITIVE_INFINITY : 10);
  const sender = new UsageSender(client);
  await importUsage(sender, { file, period: options.period, report: reading }, context);
  const usageMs = performance.now() - usageStarted;
  if (reading.requests === 0) throw new NoRequestsError(file, reading);
  const invoices = await invoice(client, sender.accounts, reading, context);
  return { reading, usage: sender.report, accounts: sender.accounts.size, invoices, usageMs };
}

async function importUsage(
  sender: UsageSender,
  options: { readonly file: string; readonly period: string | undefined; readonly report: ReadingReport },
  { progress }: CommandContext,
): Promise<void> {
  const { report } = options;
  const onShare = (share: number): void =>
    progress.show(
      `importing: ${report.requests} requests, ${sender.accounts.size} accounts, ${Math.floor(share * 100)} %`,
    );
  try {
    for await (const requests of readRequests({ ...options, onShare })) await sender.send(requests);
    await sender.finish();
  } catch (error) {
    await sender.abandon();
    throw error;
  }
}

async function invoice(
  client: ApiClient,
  accounts: UsageSender['accounts'],
  { firstMonth, lastMonth }: ReadingReport,
  { progress }: CommandContext,
): Promise<Imported['invoices']> {
  progress.show('making the plan');
  const planId = await ensurePlan(client);
  await ensureSeller(client);
  await ensureCoupons(client, accounts);
  await ensureSubscriptions(client, planId, accounts, { first: firstMonth, last: lastMonth }, (count) =>
    progress.show(`subscribing: ${count} subscriptions`),
  );
  progress.show(`invoicing ${accounts.size} accounts`);
  const { created, until } = await runInvoices(client, lastMonth, new Date());
  progress.show('adding up the invoices');
  const after = `${firstDayOf(firstMonth)}T00:00:00Z`;
  return { ...(await reportInvoices(client, accounts, { after, until })), created };
}
