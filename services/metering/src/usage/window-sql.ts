import { plainArray, timestampArray } from '@plinth/common';
import type { WindowChange } from './usage-windows.ts';

/** What windows and days hold: the columns of a sum, in the order of `changeRows`. */
export const sumColumns = 'events, quantity, maximum, last_value, last_time';

/** Changes as rows of account, series, start of the window and sum; their parameters are `changeParameters`, from $2 on. */
export const changeRows =
  'unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::numeric[], $7::numeric[], $8::numeric[], $9::timestamptz[])';

export function changeParameters(windows: readonly WindowChange[]): unknown[] {
  return [
    plainArray(windows.map((window) => window.accountId)),
    plainArray(windows.map((window) => window.seriesId)),
    timestampArray(windows.map((window) => window.windowStart)),
    plainArray(windows.map((window) => window.events)),
    plainArray(windows.map((window) => window.quantity)),
    plainArray(windows.map((window) => window.maximum)),
    plainArray(windows.map((window) => window.lastValue)),
    timestampArray(windows.map((window) => window.lastTime)),
  ];
}

/** Adds the sum that came to the one that is stored: the assignments of ON CONFLICT DO UPDATE. */
export function addSum(stored: string): string {
  return `
    events = ${stored}.events + excluded.events,
    quantity = ${stored}.quantity + excluded.quantity,
    maximum = greatest(${stored}.maximum, excluded.maximum),
    last_value = CASE
      WHEN ${stored}.last_time IS NULL OR excluded.last_time > ${stored}.last_time THEN excluded.last_value
      WHEN excluded.last_time = ${stored}.last_time THEN greatest(${stored}.last_value, excluded.last_value)
      ELSE ${stored}.last_value END,
    last_time = greatest(${stored}.last_time, excluded.last_time)`;
}
