import { hash } from 'node:crypto';

export const batchSize = 100;
/** How many events of a batch were sent before. */
const repeated = 5;
/** Retries come a while after the first attempt, not beside it. */
const repeatedAfterBatches = 40;

/** Two meters, as a service that bills calls and traffic has them. */
export const meters = [
  { key: 'api_call', name: 'API calls', eventType: 'api_call', aggregation: 'count' },
  { key: 'egress_bytes', name: 'Egress', eventType: 'egress_bytes', aggregation: 'sum', valueProperty: 'bytes' },
] as const;

export interface UsageEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly bytes: number; readonly endpoint: string; readonly status: number };
}

/** Events that are sent together: the same run gives the same events. */
export interface EventRun {
  readonly run: string;
  readonly accounts: readonly string[];
  readonly time: Date;
}

/** A batch of CloudEvents. A twentieth are events of an earlier batch. */
export function makeBatch(run: EventRun, index: number): UsageEvent[] {
  const earlier = Math.max(0, index - repeatedAfterBatches);
  return Array.from({ length: batchSize }, (_, position) => {
    if (position >= repeated) return makeEvent(run, index * batchSize + position);
    // The first batches have nothing earlier and repeat their own. Position 0 to 4 of a batch is never an event itself.
    return makeEvent(run, earlier * batchSize + position + repeated);
  });
}

/** Number of different events in batches 0 to `batches` − 1. */
export function countDistinct(batches: number): number {
  const ids = new Set<string>();
  for (let index = 0; index < batches; index += 1)
    for (const event of makeBatch({ run: '', accounts: [''], time: new Date(0) }, index)) ids.add(event.id);
  return ids.size;
}

/**
 * The key by which the platform knows an event again: 128 bits of SHA-256 over source and id, behind the time of an id
 * that is a UUID of version 7.
 */
export function keyOf(source: string, id: string): string {
  const digits = hash('sha256', `${source}\u0000${id}`, 'hex');
  return id[14] === '7' ? id.slice(0, 8) + id.slice(9, 13) + digits.slice(0, 20) : digits.slice(0, 32);
}

/** A UUID of version 7, of milliseconds since 1970 and 18 hexadecimal digits. */
export function uuidVersion7(timeMs: number, digits: string): string {
  const time = timeMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-8${digits.slice(3, 6)}-${digits.slice(6, 18)}`;
}

/** Events that are made in a millisecond. */
const eventsPerMs = 40;

function makeEvent({ run, accounts, time }: EventRun, number: number): UsageEvent {
  const digits = hash('md5', `${run}-${number}`, 'hex');
  return {
    specversion: '1.0',
    // As event emitters make them.
    id: uuidVersion7(time.getTime() + Math.floor(number / eventsPerMs), digits),
    source: '/bench',
    type: number % 2 === 0 ? 'api_call' : 'egress_bytes',
    // Spread without a pattern, the same in each run.
    subject: accounts[(Math.imul(number, 2_654_435_761) >>> 0) % accounts.length] ?? '',
    time: time.toISOString(),
    data: { bytes: 100 + (number % 5000), endpoint: '/api/v1/orders', status: 200 },
  };
}
