import { randomBytes } from 'node:crypto';

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The trace context (W3C Trace Context, level 1) for our part of a trace: the caller's trace with a new span, or a
 * new trace when the header is absent or malformed.
 */
export function continueTrace(traceparent: string | undefined): string {
  const match = traceparent === undefined ? null : pattern.exec(traceparent);
  const usable = match !== null && !/^0+$/.test(match[1] ?? '') && !/^0+$/.test(match[2] ?? '');
  const random = randomBytes(24).toString('hex');
  const traceId = usable ? match[1] : random.slice(0, 32);
  return `00-${traceId}-${random.slice(32)}-${usable ? match[3] : '01'}`;
}
