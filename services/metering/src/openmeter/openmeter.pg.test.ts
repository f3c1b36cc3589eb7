import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

const accounts = ['acme', 'globex'].map((key) => ({ key, accountId: newId() }));
let metering: ServiceUnderTest;
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) =>
          keys.flatMap((name) =>
            accounts.flatMap(({ key, accountId }) =>
              name === key || name === accountId ? [{ key: name, accountId }] : [],
            ),
          ),
      },
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
    },
  });
});
afterAll(() => metering.stop());

test('counts the accounts that both filters name, and never those that one of them leaves out', async () => {
  const principal = buildPrincipal();
  const meter = { key: 'calls', name: 'Calls', eventType: 'call', aggregation: 'count' };
  expect((await metering.request('POST', '/metering/meters', { principal, body: meter })).status).toBe(201);
  const event = { specversion: '1.0', source: 'test', type: 'call', time: '2025-01-10T10:00:00Z', data: {} };
  const sent = await metering.request('POST', '/metering/openmeter/api/v1/events', {
    principal,
    body: accounts.map(({ key }) => ({ ...event, id: key, subject: key })),
    headers: { 'content-type': 'application/cloudevents-batch+json' },
  });
  expect(sent.status).toBe(204);
  const count = async (filter: string): Promise<number> => {
    const range = 'from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z';
    const path = `/metering/openmeter/api/v1/meters/calls/query?${range}${filter}`;
    const { data } = (await metering.request('GET', path, { principal })).body;
    return data.length === 0 ? 0 : data[0].value;
  };
  const [acme, globex] = accounts.map(({ accountId }) => accountId);
  expect(await count('')).toBe(2);
  expect(await count('&subject=acme&subject=globex')).toBe(2);
  expect(await count(`&filterCustomerId=${globex}`)).toBe(1);
  expect(await count(`&subject=acme&filterCustomerId=${acme}`)).toBe(1);
  expect(await count(`&subject=acme&filterCustomerId=${globex}`)).toBe(0);
});
