import { expect, test } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

test('lets the limit through in a minute, refuses the next, and starts anew afterwards', () => {
  const limiter = new RateLimiter();
  const start = 1_000_000;
  expect([0, 1, 2].map((second) => limiter.take('ada', 2, start + second * 1000))).toEqual([
    { allowed: true, limit: 2, remaining: 1, resetSeconds: 60 },
    { allowed: true, limit: 2, remaining: 0, resetSeconds: 59 },
    { allowed: false, limit: 2, remaining: 0, resetSeconds: 58 },
  ]);
  expect(limiter.take('bob', 2, start).allowed).toBe(true);
  expect(limiter.take('ada', 2, start + 60_000)).toMatchObject({ allowed: true, remaining: 1 });
});

test('forgets callers who are gone', () => {
  const limiter = new RateLimiter();
  for (let caller = 0; caller < 1000; caller += 1) limiter.take(`caller ${caller}`, 5, 1_000_000);
  limiter.take('last', 5, 1_000_000 + 120_000);
  expect(limiter.size).toBe(1);
});
