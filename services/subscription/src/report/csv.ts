/** Rows as CSV (RFC 4180) with a header line; the columns are those of the first row. Empty without rows. */
export function toCsv(rows: readonly Readonly<Record<string, string | number | null>>[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const columns = Object.keys(first);
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((values) => `${values.map(toField).join(',')}\r\n`)
    .join('');
}

function toField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
