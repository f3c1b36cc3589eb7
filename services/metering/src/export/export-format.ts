/** One line of CSV (RFC 4180). */
export function renderCsvLine(values: readonly string[]): string {
  return `${values.map(renderCell).join(',')}\r\n`;
}

const number = /^-?\d+(\.\d+)?$/;

function renderCell(value: string): string {
  // A spreadsheet takes a cell that starts like this for a formula and runs it; a negative number is none.
  const harmless = /^[=+\-@\t\r]/.test(value) && !number.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Writes rows of text by column in a format, with a header where the format has one. */
export async function* renderRows<Column extends string>(
  format: 'csv' | 'jsonl',
  columns: readonly Column[],
  batches: AsyncIterable<readonly Readonly<Record<Column, string | RawJson>>[]>,
): AsyncIterable<string> {
  if (format === 'csv') yield renderCsvLine(columns);
  for await (const rows of batches) {
    const lines = rows.map((row) =>
      format === 'csv'
        ? renderCsvLine(columns.map((column) => String(row[column])))
        : `{${columns.map((column) => `"${column}":${toJson(row[column])}`).join(',')}}\n`,
    );
    // A batch at once: a chunk for each line costs more than the line.
    if (lines.length > 0) yield lines.join('');
  }
}

/** JSON that is written as it is, so that its numbers stay as they were sent. */
export class RawJson {
  readonly #json: string;
  constructor(json: string) {
    this.#json = json;
  }
  toString(): string {
    return this.#json;
  }
}

function toJson(value: string | RawJson): string {
  return value instanceof RawJson ? value.toString() : JSON.stringify(value);
}
