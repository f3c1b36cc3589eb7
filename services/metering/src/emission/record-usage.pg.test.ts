import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, createPool, Database, newId, runInContext, UsageEmitter } from '@plinth/common';
import type { EventData, Principal } from '@plinth/contracts';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

const log = createLogger({ level: 'silent' });
const accountId = newId();
const testClocks = new Map<string, string>();
let metering: ServiceUnderTest;
let emitter: UsageEmitter;
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: {
        findClock: async ({ tenantId }: { tenantId: string }) => ({
          sandbox: testClocks.has(tenantId),
          testClock: testClocks.get(tenantId) ?? null,
        }),
      },
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) =>
          keys.filter((key) => key === 'acme').map((key) => ({ key, accountId })),
      },
    },
  });
  emitter = new UsageEmitter({ database: metering.database, service: 'shop', log });
});
afterAll(() => metering.stop());

async function createTenant(): Promise<Principal & { tenant: string }> {
  const principal = buildPrincipal();
  const body = { key: 'mails', name: 'Mails', eventType: 'email.sent', aggregation: 'sum', valueProperty: 'quantity' };
  expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  await metering.takeEvents();
  return principal as Principal & { tenant: string };
}

/** Hands over what waits in the outbox, twice, as after a crash. */
async function relay(): Promise<EventData<'usage.recorded'>[]> {
  const events = await metering.takeEvents();
  for (const event of [...events, ...events])
    await metering.deliver('usage.recorded', event.data, event.tenant, event as never);
  return events.map((event) => event.data as EventData<'usage.recorded'>);
}

async function mails(principal: Principal): Promise<string> {
  const from = new Date(Math.floor(Date.now() / 900_000) * 900_000 - 900_000).toISOString();
  const { body } = await metering.request('GET', `/usage/current?accountId=${accountId}&from=${from}`, { principal });
  return body.data[0].quantity;
}

const mail = { account: 'acme', unit: 'email.sent', quantity: '2.5', metadata: { endpoint: 'POST /mails' } };

test('records usage if and only if the transaction commits, and counts it once however often it is delivered', async () => {
  const { tenant, ...principal } = await createTenant();
  await metering.database.transaction(tenant, (transaction) => emitter.emit(mail, transaction));
  const undone = metering.database.transaction(tenant, async (transaction) => {
    await emitter.emit(mail, transaction);
    throw new Error('the request failed');
  });
  await expect(undone).rejects.toThrow('the request failed');
  expect(await relay()).toMatchObject([{ account: 'acme', service: 'shop', metadata: { endpoint: 'POST /mails' } }]);
  expect(await mails({ ...principal, tenant })).toBe('2.5');
});

test("counts what a sandbox's requests cause at the sandbox's own time", async () => {
  const { tenant, ...principal } = await createTenant();
  testClocks.set(tenant, '2031-05-10T12:00:00.000Z');
  await emitter.emit({ ...mail, tenantId: tenant });
  await relay();
  const from = '2031-05-10T12:00:00.000Z';
  const path = `/usage/current?accountId=${accountId}&from=${from}`;
  const { body } = await metering.request('GET', path, { principal: { ...principal, tenant } });
  expect(body).toMatchObject({ from, to: '2031-05-10T12:15:00.000Z', data: [{ quantity: '2.5' }] });
});

test('without a transaction requests share one, each for its own tenant, also in the middle of another one', async () => {
  const [first, second] = [await createTenant(), await createTenant()];
  await Promise.all(
    [first, second, first].map(({ tenant: tenantId }) => emitter.emit({ ...mail, tenantId, quantity: '1' })),
  );
  const undone = metering.database.transaction(first.tenant, async () => {
    await emitter.emit({ ...mail, tenantId: first.tenant, quantity: '10' });
    throw new Error('the request failed');
  });
  await expect(undone).rejects.toThrow('the request failed');
  expect(await relay()).toHaveLength(4);
  expect([await mails(first), await mails(second)]).toEqual(['12', '1']);
});

test('takes account and tenant from the caller, and one id counts once', async () => {
  const principal = await createTenant();
  const usage = { unit: 'email.sent', quantity: '1', id: 'order-1' };
  await runInContext({ requestId: 'test', principal }, () => emitter.emit(usage));
  await emitter.emit({ ...mail, quantity: '1', id: 'order-2', tenantId: principal.tenant });
  await emitter.emit({ ...mail, quantity: '1', id: 'order-2', tenantId: principal.tenant });
  expect((await relay()).map(({ account }) => account)).toEqual([principal.organization, 'acme', 'acme']);
  // The organization has no account yet: accepted, and counted when it does.
  expect((await metering.request('GET', '/usage/unmatched', { principal })).body.data).toMatchObject([{ count: 1 }]);
  expect(await mails(principal)).toBe('1');
  await expect(emitter.emit(usage)).rejects.toMatchObject({ code: 'usage.without_account' });
  await expect(emitter.emit({ ...mail, tenantId: principal.tenant, quantity: '1e3' })).rejects.toThrow(RangeError);
});

test('keeps usage on disk while the database does not answer, and a later process writes it', async () => {
  const principal = await createTenant();
  const directory = await mkdtemp(join(tmpdir(), 'plinth-usage-'));
  const pool = createPool({ url: 'postgres://nobody@127.0.0.1:1/nothing', applicationName: 'test', log });
  const gone = new Database({ pool, service: 'shop', schema: 'metering', role: 'plinth_metering' });
  const options = { service: 'shop', log, directory, patienceMs: 100 };
  const cutOff = new UsageEmitter({ ...options, database: gone });
  const usages = Array.from({ length: 20 }, () => ({ ...mail, quantity: '1', tenantId: principal.tenant }));
  await Promise.all(usages.map((usage) => cutOff.emit(usage)));
  await cutOff.stop();
  expect(await readdir(directory)).toHaveLength(1);

  const later = new UsageEmitter({ ...options, database: metering.database });
  await later.start();
  await later.stop();
  expect(await readdir(directory)).toEqual([]);
  await relay();
  expect(await mails(principal)).toBe('20');

  const homeless = new UsageEmitter({ database: gone, service: 'shop', log, patienceMs: 100 });
  await expect(homeless.emit(usages[0]!)).rejects.toMatchObject({ code: 'usage.not_recorded' });
  await pool.end();
  await rm(directory, { recursive: true });
});

test('tries usage again that cannot be ingested, instead of dropping it', async () => {
  const { tenant } = await createTenant();
  const data = { id: '1', account: 'acme', unit: 'email.sent', quantity: '1', service: 'shop', metadata: {} };
  const refused = metering.deliver('usage.recorded', { ...data, time: '1990-01-01T00:00:00.000Z' }, tenant);
  await expect(refused).rejects.toMatchObject({ code: 'usage.emission_refused' });
});
