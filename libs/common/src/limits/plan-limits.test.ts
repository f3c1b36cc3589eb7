import type { TenantLimits } from '@plinth/contracts';
import { expect, test } from 'vitest';
import { createLogger } from '../logging/logger.ts';
import { PlanLimits } from './plan-limits.ts';

function build(load: () => TenantLimits) {
  const time = { now: 0, loads: 0 };
  const limits = new PlanLimits({
    tenants: {
      getLimits: async () => {
        time.loads += 1;
        return load();
      },
    },
    clock: { now: () => new Date(time.now) },
    log: createLogger({ level: 'silent' }),
  });
  return { limits, time };
}

test('refuses what would be more than the limit, and names it with its value', async () => {
  const { limits } = build(() => ({ members: 2 }));
  await limits.assertRoom('t', 'members', async () => 1);
  await expect(limits.assertRoom('t', 'members', async () => 2)).rejects.toMatchObject({
    code: 'tenant.limit_reached',
    details: { limit: 'members', value: 2 },
  });
  await expect(limits.assertRoom('t', 'members', async () => 1, 2)).rejects.toThrow('"members" of this tenant is 2');
});

test('does not count where nothing is limited', async () => {
  const { limits } = build(() => ({ members: 2 }));
  await limits.assertRoom('t', 'divisions', () => Promise.reject(new Error('counted')));
});

test('asks once in five seconds, and goes by what it knew while nobody answers', async () => {
  let answer: () => TenantLimits = () => ({ members: 1 });
  const { limits, time } = build(() => answer());
  const isRefused = () =>
    limits
      .assertRoom('t', 'members', async () => 1)
      .then(
        () => false,
        () => true,
      );
  expect([await isRefused(), await isRefused(), time.loads]).toEqual([true, true, 1]);
  answer = () => {
    throw new Error('away');
  };
  time.now = 5000;
  expect(await isRefused()).toBe(true);
  answer = () => ({});
  expect(await isRefused()).toBe(false);
});
