import type { ContractFunctions, meteringContract } from '@plinth/contracts';
import { newId, systemClock } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';
import { ServiceUsage } from './service-usage.service.ts';

type Contract = ContractFunctions<typeof meteringContract>;

let metering: ServiceUnderTest;
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) => keys.map((key) => ({ key, accountId: key })),
      },
    },
  });
});
afterAll(() => metering.stop());

const range = { from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' };
const filters = [{ property: 'outcome', operator: 'not_equals', values: ['error'] }];
const sum = { aggregation: 'sum', valueProperty: 'bytes', filters };
const meters = [
  { key: 'read', ...sum },
  { key: 'grouped', ...sum, dimensions: ['service', 'region'] },
  { key: 'calls', aggregation: 'count' },
  { key: 'users', aggregation: 'unique_count', valueProperty: 'user' },
];

async function openTenant() {
  const principal = buildPrincipal();
  const tenantId = principal.tenant!;
  for (const meter of meters) {
    const body = { name: 'meter', eventType: 'call', ...meter };
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  }
  const contract = metering.instance.contract as Contract;
  return {
    principal,
    tenantId,
    contract,
    accountIds: [newId(), newId(), newId()],
    post: (path: string, body: unknown, type = 'application/json') =>
      metering.request('POST', path, { principal, body, headers: { 'content-type': type } }),
  };
}

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** Every way to write a quantity, of three accounts and two services; gives how many events there are. */
async function fill({ accountIds, post }: Tenant): Promise<number> {
  const values = [1, '2', 0.1, '0.000000000001', -3, '-0.5', 9007199254740991, '123456789012345678'];
  const events = accountIds.flatMap((subject, account) =>
    values.map((bytes, index) => ({
      specversion: '1.0',
      id: `${account}/${index}`,
      source: '/services/shop',
      type: 'call',
      subject,
      time: index === 0 ? range.from : '2025-01-31T23:59:59.999Z',
      data: {
        bytes,
        user: `${index}`,
        region: index % 3 === 0 ? 'eu' : 'us',
        outcome: index === 4 ? 'error' : 'ok',
        service: (account + index) % 2 === 0 ? 'shop' : 'mail',
      },
    })),
  );
  const outside = { ...events[0]!, id: 'later', time: range.to };
  const sent = [...events, outside];
  const answer = await post('/usage/events', sent, 'application/cloudevents-batch+json');
  expect(answer.body).toMatchObject({ accepted: sent.length, rejected: [] });
  return events.length;
}

const exactSum = (quantities: readonly string[]): bigint =>
  quantities.reduce((total, quantity) => {
    const [whole = '0', fraction = ''] = quantity.replace('-', '').split('.');
    const scaled = BigInt(whole + fraction.padEnd(12, '0'));
    return quantity.startsWith('-') ? total - scaled : total + scaled;
  }, 0n);

test('quantities of services add up to those of the accounts, read from events as from what was added up', async () => {
  const tenant = await openTenant();
  await fill(tenant);
  const { tenantId, contract, accountIds, post } = tenant;
  const retracted = { accountId: accountIds[0], source: '/services/shop', id: '0/7', reason: 'sent twice' };
  expect((await post('/usage/events/retract', retracted)).status).toBe(200);
  const asked = accountIds.slice(0, 2);
  const list = async (meter: string) =>
    (await contract.listServiceQuantities({ tenantId, meter, accountIds: asked, ...range })).services!;
  const read = await list('read');
  expect(read.map((one) => one.service)).toEqual(['mail', 'shop']);
  expect(await list('grouped')).toEqual(read);
  for (const meter of ['read', 'grouped', 'calls']) {
    const requests = asked.map((accountId) => ({ accountId, meter, ...range }));
    const totals = await contract.listQuantities({ tenantId, requests });
    const services = (await list(meter)).map(({ quantity }) => quantity);
    expect({ [meter]: exactSum(services) }).toEqual({ [meter]: exactSum(totals) });
  }
});

test('a meter counts what came while it counted, as its quantities do', async () => {
  const tenant = await openTenant();
  await fill(tenant);
  const { principal, tenantId, contract, accountIds } = tenant;
  const body = { key: 'late', name: 'Late', eventType: 'call', aggregation: 'count' };
  expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  const asked = { tenantId, meter: 'late', accountIds, ...range };
  expect(await contract.listServiceQuantities(asked)).toEqual({ services: [] });
});

test('quantities that do not add up have no services, and those of another tenant are not there', async () => {
  const tenant = await openTenant();
  await fill(tenant);
  const { tenantId, contract, accountIds } = tenant;
  const asked = { tenantId, accountIds, ...range };
  expect(await contract.listServiceQuantities({ ...asked, meter: 'users' })).toEqual({ services: null });
  expect(await contract.listServiceQuantities({ ...asked, meter: 'nothing' })).toEqual({ services: null });
  const stranger = await openTenant();
  for (const meter of ['read', 'grouped'])
    expect(await contract.listServiceQuantities({ ...asked, tenantId: stranger.tenantId, meter })).toEqual({
      services: [],
    });
});

test('refuses to read more events than its limit, and ranges off the quarters of an hour', async () => {
  const tenant = await openTenant();
  const events = await fill(tenant);
  const { tenantId, accountIds } = tenant;
  const asked = { tenantId, meter: 'calls', accountIds, ...range };
  const enough = new ServiceUsage(metering.database, systemClock, events);
  expect((await enough.list(asked)).services).toHaveLength(2);
  const tooFew = new ServiceUsage(metering.database, systemClock, events - 1);
  await expect(tooFew.list(asked)).rejects.toMatchObject({
    code: 'request.invalid',
    faults: [{ path: '/to', message: expect.stringContaining('let it group by service') }],
  });
  const off = enough.list({ ...asked, from: '2025-01-01T00:01:00Z', to: '2025-01-01T00:01:00Z' });
  await expect(off).rejects.toMatchObject({ faults: [{ path: '/from' }, { path: '/to' }, { path: '/to' }] });
});
