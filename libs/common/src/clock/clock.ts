import { randomFillSync } from 'node:crypto';
import { formatUuidV7 } from '@plinth/contracts';

/** Where time comes from; a test passes a frozen one. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

const pool = new Uint8Array(4096);
let used = pool.length;

/** A new UUIDv7 (RFC 9562). Random bytes are drawn from the system in blocks of 4 KiB. */
export function newId(milliseconds: number = Date.now()): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const id = formatUuidV7(milliseconds, pool.subarray(used, used + 10));
  used += 10;
  return id;
}
