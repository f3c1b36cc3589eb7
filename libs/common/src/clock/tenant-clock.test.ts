import { expect, test } from 'vitest';
import { runInContext } from '../context/request-context.ts';
import { TenantClock } from './tenant-clock.ts';

const processTime = new Date('2024-05-01T00:00:00Z');
const inTenant = <Result>(tenant: string, work: () => Result): Result =>
  runInContext({ requestId: 'r', principal: { kind: 'service', subject: 's', tenant, roles: [] } }, work);

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
