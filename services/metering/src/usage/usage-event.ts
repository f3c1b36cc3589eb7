import { hash } from 'node:crypto';
import { findUnstorableTexts, isStorableText } from '@plinth/common';

/** A usage event as CloudEvents 1.0 carries it, checked. */
export interface UsageEvent {
  /** Identity of (source, id) within the tenant: 32 hexadecimal digits. */
  readonly hash: string;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** The customer account's key or id. */
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** The data as JSON. */
  readonly json: string;
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;
const EARLIEST = Date.UTC(2000, 0, 1);
const MAXIMUM_LEAD_MS = 24 * 3_600_000;
const MAXIMUM_LENGTH = 512;

/**
 * Checks one event (CloudEvents 1.0.2, JSON format). Written by hand, because it runs for each of many thousand
 * events a second. Gives the reason when it is not a usage event.
 */
export function parseUsageEvent(value: unknown, now: number): UsageEvent | string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'is not an object';
  const { specversion, id, source, type, subject, time, data } = value as Record<string, unknown>;
  if (specversion !== '1.0') return 'specversion must be "1.0"';
  if (!isText(id)) return 'id must be a text of 1 to 512 characters';
  if (!isText(source)) return 'source must be a text of 1 to 512 characters';
  if (!isText(type)) return 'type must be a text of 1 to 512 characters';
  if (!isText(subject)) return "subject must be the customer account's key or id";
  const at =
    time === undefined || time === null
      ? now
      : typeof time === 'string' && rfc3339.test(time)
        ? Date.parse(time)
        : Number.NaN;
  if (Number.isNaN(at)) return 'time must be an RFC 3339 time such as 2026-01-31T12:00:00Z';
  if (at < EARLIEST || at > now + MAXIMUM_LEAD_MS) return 'time must lie between the year 2000 and tomorrow';
  if (typeof time === 'string' && !isCalendarDay(time.slice(0, 10))) return 'time must be on a day that exists';
  const content = data ?? {};
  if (typeof content !== 'object' || Array.isArray(content)) return 'data must be an object';
  const json = JSON.stringify(content);
  // What cannot be stored is escaped in JSON, so that nearly all events need no closer look.
  if (json.includes('\\u') && findUnstorableTexts(content, '').length > 0)
    return 'data holds a character that cannot be stored';
  const event = { source, id, type, subject, time: at, data: content as Record<string, unknown>, json };
  return { hash: hashEvent(source, id), ...event };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAXIMUM_LENGTH && isStorableText(value);
}

const uuidVersion7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The first 128 bits of SHA-256 over source and id; zero bytes, which neither may contain, keep them apart. Where the id
 * is a UUID of version 7 (RFC 9562), its time stands in front of 80 of those bits: keys of events that come one after
 * the other then lie side by side in the index, and looking for duplicates costs the same however many there are.
 */
export function hashEvent(source: string, id: string): string {
  const digits = hashValue(`${source}\u0000${id}`);
  if (!uuidVersion7.test(id)) return digits;
  return `${id.slice(0, 8)}${id.slice(9, 13)}`.toLowerCase() + digits.slice(0, 20);
}

/** The first 128 bits of a value's SHA-256: 32 hexadecimal digits, which PostgreSQL takes for a UUID. */
export function hashValue(value: string): string {
  return hash('sha256', value, 'hex').slice(0, 32);
}

/** A UUID without hyphens. */
export function compactUuid(uuid: string): string {
  return uuid.replaceAll('-', '');
}

const knownDays = new Map<string, boolean>();

/** Whether a date exists: `Date.parse` takes 30 February for 2 March. */
function isCalendarDay(day: string): boolean {
  let exists = knownDays.get(day);
  if (exists === undefined) {
    exists = new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
    if (knownDays.size > 10_000) knownDays.clear();
    knownDays.set(day, exists);
  }
  return exists;
}
