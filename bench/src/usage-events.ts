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

/** A batch of CloudEvents; the same run and index give the same batch. A twentieth are events of an earlier batch. */
export function makeBatch(run: string, index: number, accounts: readonly string[], time: Date): UsageEvent[] {
  const earlier = Math.max(0, index - repeatedAfterBatches);
  return Array.from({ length: batchSize }, (_, position) => {
    if (position >= repeated) return makeEvent(run, index, position, accounts, time);
    // The first batches have nothing earlier and repeat their own. Position 0 to 4 of a batch is never an event itself.
    return makeEvent(run, earlier, position + repeated, accounts, time);
  });
}

/** Number of different events in batches 0 to `batches` − 1. */
export function countDistinct(batches: number): number {
  const ids = new Set<string>();
  for (let index = 0; index < batches; index += 1)
    for (const event of makeBatch('', index, [''], new Date(0))) ids.add(event.id);
  return ids.size;
}

function makeEvent(run: string, batch: number, position: number, accounts: readonly string[], time: Date): UsageEvent {
  const number = batch * batchSize + position;
  return {
    specversion: '1.0',
    id: `${run}-${number}`,
    source: '/bench',
    type: number % 2 === 0 ? 'api_call' : 'egress_bytes',
    // Spread without a pattern, the same in each run.
    subject: accounts[(Math.imul(number, 2_654_435_761) >>> 0) % accounts.length] ?? '',
    time: time.toISOString(),
    data: { bytes: 100 + (number % 5000), endpoint: '/api/v1/orders', status: 200 },
  };
}
