import { expect, test } from 'vitest';
import { retryDelayMs } from './event-driver.ts';

test('delays grow by two, with jitter of half, up to the most', () => {
  const policy = { attempts: 8, firstDelayMs: 100, maximumDelayMs: 1000 };
  expect([1, 2, 3, 4, 5].map((attempt) => retryDelayMs(policy, attempt, 0.999999))).toEqual([100, 200, 400, 800, 1000]);
  expect(retryDelayMs(policy, 3, 0)).toBe(200);
});
