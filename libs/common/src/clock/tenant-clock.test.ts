import { afterEach, expect, test, vi } from 'vitest';
import { runInContext } from '../context/request-context.ts';
import { TenantClock } from './tenant-clock.ts';

const processTime = new Date('2024-05-01T00:00:00Z');
const inTenant = <Result>(tenant: string, work: () => Result): Result =>
  runInContext({ requestId: 'r', principal: { kind: 'service', subject: 's', tenant, roles: [] } }, work);

afterEach(() => vi.useRealTimers());

function buildClock() {
  const testClocks = new Map<string, string>([['frozen', '2030-01-01T00:00:00.000Z']]);
  const asked: string[] = [];
  const clock = new TenantClock({ now: () => processTime }, async ({ tenantId }) => {
    asked.push(tenantId);
    return { testClock: testClocks.get(tenantId) ?? null };
  });
  return { clock, asked };
}

test("gives a sandbox its frozen instant, and everybody else the process's time", async () => {
  const { clock } = buildClock();
  expect(await clock.nowOf('frozen')).toEqual(new Date('2030-01-01T00:00:00Z'));
  expect(await clock.nowOf('other')).toEqual(processTime);
  expect(inTenant('frozen', () => clock.now())).toEqual(new Date('2030-01-01T00:00:00Z'));
  expect(inTenant('other', () => clock.now())).toEqual(processTime);
  expect(clock.now()).toEqual(processTime);
});

test('asks once a second at most, and takes over what was written at once', async () => {
  const { clock, asked } = buildClock();
  await clock.nowOf('frozen');
  await clock.nowOf('frozen');
  expect(asked).toEqual(['frozen']);
  clock.set('frozen', new Date('2030-02-01T00:00:00Z'));
  expect(await clock.nowOf('frozen')).toEqual(new Date('2030-02-01T00:00:00Z'));
});

test('asks anew each time for a sandbox where nothing may lag behind, and knows of all others for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const asked: string[] = [];
  const sandboxes = new Map<string, string | null>([['sandbox', null]]);
  let isAway = false;
  const clock = new TenantClock(
    { now: () => processTime },
    async ({ tenantId }) => {
      asked.push(tenantId);
      if (isAway) throw new Error('the tenant service is away');
      return { sandbox: sandboxes.has(tenantId), testClock: sandboxes.get(tenantId) ?? null };
    },
    { sandboxMs: 0 },
  );
  expect(await clock.isStopped('sandbox')).toBe(false);
  sandboxes.set('sandbox', '2030-01-01T00:00:00.000Z');
  expect(await clock.nowOf('sandbox')).toEqual(new Date('2030-01-01T00:00:00Z'));
  expect(await clock.isStopped('sandbox')).toBe(true);
  expect(asked.splice(0)).toEqual(['sandbox', 'sandbox', 'sandbox']);

  await clock.load('other');
  vi.advanceTimersByTime(4000);
  await clock.load('other');
  expect(asked.splice(0)).toEqual(['other']);
  vi.advanceTimersByTime(2000);
  await Promise.all([clock.load('other'), clock.load('other')]);
  expect(asked.splice(0)).toEqual(['other']);
  // It is read beside the work.
  await new Promise((resolve) => setImmediate(resolve));

  // That a tenant is none holds on where nobody answers; where a sandbox's time stands has to be known.
  isAway = true;
  vi.advanceTimersByTime(60_000);
  expect(await clock.nowOf('other')).toEqual(processTime);
  await expect(clock.nowOf('sandbox')).rejects.toThrow('away');
  expect(asked).toEqual(['other', 'sandbox']);
  isAway = false;
  vi.advanceTimersByTime(10_000);
  sandboxes.set('other', '2031-01-01T00:00:00.000Z');
  expect(await clock.nowOf('other')).toEqual(new Date('2031-01-01T00:00:00Z'));
});
