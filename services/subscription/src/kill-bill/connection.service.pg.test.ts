import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';
import { FakePlatform } from '../../test/subscription.builders.ts';

let under: ServiceUnderTest;
beforeAll(async () => {
  under = await startServiceUnderTest(service, {
    contracts: new FakePlatform().contracts,
    environment: { SUBSCRIPTION_SECRET: 'a secret of a test, 32 characters' },
  });
});
afterAll(() => under.stop());

const settings = { baseUrl: 'https://killbill.example.com', user: 'admin', apiKey: 'acme' };
const secrets = { password: 'the password', apiSecret: 'the secret' };

test('keeps the secrets while the base URL stays, and never for another one', async () => {
  const principal = buildPrincipal();
  const connect = async (changes: object) =>
    (await under.request('PUT', '/invoices/kill-bill', { principal, body: { ...settings, ...changes } })).body;
  expect(await connect({})).toMatchObject({ status: 400, code: 'kill_bill.secrets_needed' });
  expect(await connect(secrets)).toMatchObject({ baseUrl: settings.baseUrl, version: 1 });
  expect(await connect({ user: 'mirror', baseUrl: `${settings.baseUrl}/` })).toMatchObject({ user: 'mirror' });
  for (const given of [{}, { password: 'a guess' }, { apiSecret: 'a guess' }])
    expect(await connect({ ...given, baseUrl: 'https://thief.example.com' })).toMatchObject({
      status: 400,
      code: 'kill_bill.secrets_needed',
    });
  const { body } = await under.request('GET', '/invoices/kill-bill', { principal });
  expect(body).toMatchObject({ baseUrl: `${settings.baseUrl}/`, user: 'mirror', version: 2 });
  expect(await connect({ ...secrets, baseUrl: 'https://moved.example.com' })).toMatchObject({ version: 3 });
});
