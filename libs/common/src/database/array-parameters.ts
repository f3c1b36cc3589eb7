/**
 * Array parameters for statements that carry thousands of rows. The driver's own encoding of arrays escapes each
 * element with regular expressions, which costs more than the rest of such a request.
 */

const textOid = 25;
const headerBytes = 20;

/**
 * An array of values that need no quotes in PostgreSQL's array literals (ids, numbers, ISO 8601 times) and null.
 * Texts of callers do not belong here: see `textArray`.
 */
export function plainArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/**
 * A `text[]` in PostgreSQL's binary format (`array_recv`: dimensions, null flag, element type, length and lower bound,
 * then each element with its length). Any text is safe in it.
 */
export function textArray(values: readonly string[]): Buffer {
  let size = headerBytes;
  // A UTF-16 unit takes at most three bytes in UTF-8.
  for (const value of values) size += 4 + value.length * 3;
  const buffer = Buffer.allocUnsafe(size);
  for (const [index, field] of [values.length === 0 ? 0 : 1, 0, textOid, values.length, 1].entries())
    buffer.writeInt32BE(field, index * 4);
  if (values.length === 0) return buffer.subarray(0, 12);
  let end = headerBytes;
  for (const value of values) {
    const length = buffer.write(value, end + 4, 'utf8');
    buffer.writeInt32BE(length, end);
    end += 4 + length;
  }
  return buffer.subarray(0, end);
}
