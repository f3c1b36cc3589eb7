/**
 * Array parameters for statements that carry thousands of rows. The driver's own encoding of arrays escapes each
 * element with regular expressions, which costs more than the rest of such a request.
 */

const oids = { text: 25, timestamptz: 1184 } as const;
const headerBytes = 20;
const lengthBytes = 4;
/** PostgreSQL counts microseconds from here. */
const epochMs = Date.UTC(2000, 0, 1);
const twoToThe32 = 4_294_967_296;

/**
 * An array literal of values that need no quotes (UUIDs, numbers) and null. Texts of callers do not belong in it: see
 * `textArray`.
 */
export function plainArray(values: readonly (string | number | bigint | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** A `text[]` in PostgreSQL's binary format, with null. Any text is safe in it. */
export function textArray(values: readonly (string | null)[]): Buffer {
  // A UTF-16 unit takes at most three bytes in UTF-8.
  const content = values.reduce((sum, value) => sum + (value?.length ?? 0) * 3, 0);
  const { buffer, view } = startArray('text', values.length, content);
  let end = headerBytes;
  for (const value of values) {
    if (value === null) {
      end = writeNull(view, end);
      continue;
    }
    const length = writeText(buffer, end + lengthBytes, value);
    view.setInt32(end, length);
    end += lengthBytes + length;
  }
  return finishArray(buffer, values.length, end);
}

/** A `timestamptz[]` of times in milliseconds since 1970, and null, in PostgreSQL's binary format. */
export function timestampArray(values: readonly (number | null)[]): Buffer {
  const { buffer, view } = startArray('timestamptz', values.length, values.length * 8);
  let end = headerBytes;
  for (const value of values) {
    if (value === null) end = writeNull(view, end);
    else {
      const microseconds = (value - epochMs) * 1000;
      const high = Math.floor(microseconds / twoToThe32);
      view.setInt32(end, 8);
      view.setInt32(end + 4, high);
      view.setUint32(end + 8, microseconds - high * twoToThe32);
      end += lengthBytes + 8;
    }
  }
  return finishArray(buffer, values.length, end);
}

/** The header as `array_recv` reads it: dimensions, whether there is a null, element type, length, lower bound. */
function startArray(type: keyof typeof oids, length: number, contentBytes: number): { buffer: Buffer; view: DataView } {
  const buffer = Buffer.allocUnsafe(headerBytes + length * lengthBytes + contentBytes);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  view.setInt32(0, length === 0 ? 0 : 1);
  view.setInt32(4, 0);
  view.setInt32(8, oids[type]);
  view.setInt32(12, length);
  view.setInt32(16, 1);
  return { buffer, view };
}

/** Gives the place behind it. */
function writeNull(view: DataView, place: number): number {
  view.setInt32(4, 1);
  view.setInt32(place, -1);
  return place + lengthBytes;
}

/** An empty array has no dimensions, so that its header ends earlier. */
function finishArray(buffer: Buffer, length: number, end: number): Buffer {
  return buffer.subarray(0, length === 0 ? 12 : end);
}

/** Gives the number of bytes. For short texts the loop is faster than a call of the runtime. */
function writeText(buffer: Buffer, start: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return buffer.write(text, start, 'utf8');
    buffer[start + index] = code;
  }
  return text.length;
}
