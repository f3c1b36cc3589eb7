import { expect, test } from 'vitest';
import { CheckSampler } from './check-sampler.ts';

const minute = (number: number) => new Date(number * 60_000);
const takeMany = (sampler: CheckSampler, tenant: string, times: number, now: Date) =>
  Array.from({ length: times }, () => sampler.take(tenant, now)).filter(Boolean).length;

test('keeps sixty checks of each tenant in a minute, and sixty more in the next one', () => {
  const sampler = new CheckSampler();
  expect(takeMany(sampler, 'a', 100, minute(1))).toBe(60);
  expect(takeMany(sampler, 'b', 30, minute(1))).toBe(30);
  expect(takeMany(sampler, 'a', 100, minute(2))).toBe(60);
});

test('remembers ten thousand tenants at most', () => {
  const sampler = new CheckSampler();
  for (let tenant = 0; tenant < 10_000; tenant += 1) sampler.take(String(tenant), minute(1));
  expect(sampler.take('one more', minute(1))).toBe(false);
  expect(sampler.take('5', minute(1))).toBe(true);
});
