import { expect, test } from 'vitest';
import { parseRetryAfter, planRetry } from './retry.ts';

test('reads Retry-After as seconds or as a date', () => {
  expect(parseRetryAfter('7', 0)).toBe(7);
  expect(parseRetryAfter('Thu, 01 Jan 1970 00:00:10 GMT', 4000)).toBe(6);
  expect(parseRetryAfter('Thu, 01 Jan 1970 00:00:10 GMT', 60_000)).toBe(0);
  expect(parseRetryAfter('soon', 0)).toBeUndefined();
  expect(parseRetryAfter(null, 0)).toBeUndefined();
});

test('waits as asked, or longer after each attempt, and ends', () => {
  const options = { attempts: 4, maximumDelayMs: 1000 };
  expect(planRetry(options, 1, 0.5, 0)).toBe(500);
  expect(planRetry(options, 1, 2, 0)).toBeUndefined();
  expect([1, 2, 3].map((attempt) => planRetry(options, attempt, undefined, 0))).toEqual([125, 250, 500]);
  expect(planRetry({ ...options, attempts: 9 }, 8, undefined, 0.99)).toBeLessThanOrEqual(1000);
  expect(planRetry(options, 4, 0, 0)).toBeUndefined();
});
