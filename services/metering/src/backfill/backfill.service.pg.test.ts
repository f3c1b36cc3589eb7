import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

let prometheus: Server;
let metering: ServiceUnderTest;
beforeAll(async () => {
  prometheus = createServer((_, response) => {
    const result = [{ metric: { account: 'acme' }, value: [0, '5'] }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  });
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  metering = await startServiceUnderTest(service, {
    contracts: {
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) => keys.map((key) => ({ key, accountId: newId() })),
      },
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
    },
    environment: { METERING_PROMETHEUS_URL: `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}` },
  });
});
afterAll(async () => {
  await metering.stop();
  prometheus.closeAllConnections();
  await new Promise((resolve) => prometheus.close(resolve));
});

test('tells the operator with its path what keeps a day from being filled', async () => {
  const principal = buildPrincipal({ roles: ['platform_admin'] });
  const tokens = { key: 'tokens', name: 'Tokens', eventType: 'done', aggregation: 'sum', valueProperty: 'count' };
  // Of the same events, and needs what the source does not give them.
  const users = { ...tokens, key: 'users', aggregation: 'unique_count', valueProperty: 'user' };
  for (const body of [tokens, users])
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  const path = `/metering/tenants/${principal.tenant!}/backfill-sources`;
  const source = { name: 'tokens', meter: 'tokens', selector: 'tokens_total', accountLabel: 'account' };
  const created = await metering.request('POST', path, { principal, body: source });
  expect(created.status).toBe(201);
  await metering.instance.jobs!.find(({ name }) => name === 'metering.backfill')!.run({});
  const { body: listed } = await metering.request('GET', path, { principal });
  expect(listed.data[0].lastError).toContain('/accounts/acme data.user must be');
});
