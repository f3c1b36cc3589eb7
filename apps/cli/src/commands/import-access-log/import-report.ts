import { renderTable } from '../../cli/table.ts';
import type { InvoiceReport } from './bill-usage.ts';
import { currency } from './billing-catalogue.ts';
import type { ReadingReport } from './read-requests.ts';
import type { UsageReport } from './send-usage.ts';

/** Everything that an import has to tell. */
export interface ImportReport {
  readonly reading: ReadingReport;
  readonly usage: UsageReport;
  readonly accounts: number;
  readonly invoices: InvoiceReport & { readonly created: number };
  readonly durationMs: number;
  readonly usageMs: number;
  readonly where: {
    readonly url: string | undefined;
    readonly dataDirectory: string | undefined;
    readonly keyFile: string;
  };
}

const shownLines = 10;

/** The report for people and for programs. */
export function renderReport(report: ImportReport) {
  const { reading, usage, invoices, durationMs, usageMs } = report;
  const eventsPerSecond = Math.round(((usage.accepted + usage.duplicates) / Math.max(usageMs, 1)) * 1000);
  const rows = [
    ['Requests', `${reading.requests}${reading.skipped > 0 ? ` (${reading.skipped} of other months left out)` : ''}`],
    ['Accounts', `${report.accounts} (${usage.accountsCreated} new)`],
    ['Events', `${usage.accepted} new, ${usage.duplicates} duplicates`],
    ['Malformed', `${reading.malformed} of ${reading.lines} lines`],
    ['Invoices', `${invoices.count} (${invoices.created} new), ${invoices.total} ${currency}`],
    ['', `with ${invoices.tax} VAT, after ${invoices.discount} discount`],
    ['Time', `${(durationMs / 1000).toFixed(1)} s, ${eventsPerSecond} events/s`],
  ];
  const more = reading.malformed - shownLines;
  const malformed = reading.malformedLines.slice(0, shownLines).map(({ line, fault }) => `  line ${line} ${fault}`);
  const table = renderTable(
    ['number', 'account', 'calls', 'quota', 'discount', 'VAT', `amount ${currency}`],
    invoices.largest.map(({ number, account, calls, quotaPercent, discount, tax, amount }) => [
      number,
      account,
      calls,
      `${quotaPercent} %`,
      discount,
      tax,
      amount,
    ]),
    [2, 3, 4, 5, 6],
  );
  return {
    text: [
      ...rows.map(([name, value]) => `${name!.padEnd(10)} ${value}`),
      ...(malformed.length === 0 ? [] : ['', 'Malformed lines:', ...malformed]),
      ...(more > 0 ? [`  and ${more} more`] : []),
      ...(invoices.largest.length === 0
        ? ['', 'No invoice yet: a month is invoiced when it is over.']
        : ['', 'Largest invoices:', table]),
      '',
      ...renderWhere(report.where, invoices.largest[0]?.id),
    ].join('\n'),
    json: {
      requests: reading.requests,
      skipped: reading.skipped,
      accounts: { total: report.accounts, created: usage.accountsCreated },
      events: { accepted: usage.accepted, duplicates: usage.duplicates },
      malformed: { count: reading.malformed, lines: reading.malformedLines },
      invoices: { ...invoices, currency },
      durationMs: Math.round(durationMs),
      eventsPerSecond,
      ...report.where,
    },
  };
}

function renderWhere({ url, dataDirectory, keyFile }: ImportReport['where'], largest: string | undefined): string[] {
  const start = url === undefined ? [`Start the platform: plinth up --data ${dataDirectory}`] : [];
  const base = url ?? 'http://localhost:3000';
  const key = keyFile.endsWith('.json')
    ? `$(node -p 'JSON.parse(fs.readFileSync("${keyFile}")).apiKey')`
    : `$(cat ${keyFile})`;
  return [
    ...start,
    'See the invoices:',
    `  curl "${base}/api/v1/invoices?sort=-total&currency=${currency}" -H "authorization: Bearer ${key}"`,
    ...(largest === undefined
      ? []
      : [`  curl "${base}/api/v1/invoices/${largest}/pdf" -H "authorization: Bearer ${key}" -o invoice.pdf`]),
  ];
}
