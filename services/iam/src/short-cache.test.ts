import { expect, it } from 'vitest';
import { ShortCache } from './short-cache.ts';

it('forgets an answer when its time is over', () => {
  let now = 0;
  const cache = new ShortCache<string>({ lifetimeMs: 1000, limit: 10, now: () => now });
  cache.set('a', 'x');
  now = 999;
  expect(cache.find('a')).toBe('x');
  now = 1000;
  expect(cache.find('a')).toBeUndefined();
});

it('holds no more than its limit and lets the oldest go', () => {
  const cache = new ShortCache<number>({ lifetimeMs: 1000, limit: 2 });
  for (const key of ['a', 'b', 'c']) cache.set(key, 1);
  expect([cache.find('a'), cache.find('b'), cache.find('c')]).toEqual([undefined, 1, 1]);
});

it('forgets what fits', () => {
  const cache = new ShortCache<number>({ lifetimeMs: 1000, limit: 10 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.forget((value) => value === 1);
  expect([cache.find('a'), cache.find('b')]).toEqual([undefined, 2]);
});
