/** A number as its text stands in the JSON: it never passes through a float. */
class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Reviver = (this: unknown, key: string, value: unknown) => unknown;

/** Parses JSON; numbers keep their text. The result is for `renderCanonical` only, apart from strings and objects. */
export function parseExact(json: string): unknown {
  const revive = (_key: string, value: unknown, context: { source: string }) =>
    typeof value === 'number' ? new ExactNumber(context.source) : value;
  // The source text of primitives is an argument that the type of a reviver does not have yet.
  return JSON.parse(json, revive as unknown as Reviver);
}

/**
 * One text for one value, as RFC 8785 (JSON Canonicalization Scheme): no white space, members sorted by UTF-16 code
 * units, strings escaped as ECMAScript does. Unlike there a number keeps the text that it is stored with.
 */
export function renderCanonical(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(renderCanonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${renderCanonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The canonical text of a JSON text. */
export function canonicalJson(json: string): string {
  return renderCanonical(parseExact(json));
}
