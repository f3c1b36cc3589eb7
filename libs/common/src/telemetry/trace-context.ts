import { randomFillSync } from 'node:crypto';

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const ID_BYTES = 24;
const entropy = Buffer.alloc(ID_BYTES * 128);
let used = entropy.length;

/** Random text for a trace and a span. Drawn in advance: asking the system for each request costs more than all else here. */
function randomHex(): string {
  if (used === entropy.length) {
    randomFillSync(entropy);
    used = 0;
  }
  return entropy.toString('hex', used, (used += ID_BYTES));
}

/**
 * The trace context (W3C Trace Context, level 1) for our part of a trace: the caller's trace with a new span, or a
 * new trace when the header is absent or malformed.
 */
export function continueTrace(traceparent: string | undefined): string {
  const match = traceparent === undefined ? null : pattern.exec(traceparent);
  const usable = match !== null && !/^0+$/.test(match[1] ?? '') && !/^0+$/.test(match[2] ?? '');
  const random = randomHex();
  const traceId = usable ? match[1] : random.slice(0, 32);
  return `00-${traceId}-${random.slice(32)}-${usable ? match[3] : '01'}`;
}
