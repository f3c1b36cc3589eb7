const SCALE = 12;
const decimal = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

/** A decimal as an integer of 10⁻¹² units; undefined when it is none or has more than 18 + 12 digits. */
export function parseQuantity(value: unknown): bigint | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * 1_000_000_000_000n;
  // A larger integer has lost digits before it came here; as text it is exact.
  if (typeof value === 'number' && Number.isInteger(value)) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const match = decimal.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const scaled = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -scaled : scaled;
}

/** Writes 10⁻¹² units as a decimal without trailing zeros. */
export function formatQuantity(scaled: bigint): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}
