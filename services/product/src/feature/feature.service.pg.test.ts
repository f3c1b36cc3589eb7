import { startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, pathsOf } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service);
});
afterAll(() => catalogue.stop());

test.each([
  ['boolean', undefined],
  ['limit', undefined],
  ['metered', 'api_call'],
])('keeps a feature of type %s', async (type, meter) => {
  const { send, productId } = await openShop(catalogue);
  const created = await send('POST', '/features', { key: 'thing', name: 'Thing', productId, type, meter });
  expect(created).toMatchObject({
    status: 201,
    body: { key: 'thing', productId, type, meter: meter ?? null, version: 1 },
  });
  expect((await send('GET', `/features/${created.body.id}`)).body).toEqual(created.body);
  expect((await send('GET', '/features')).body).toEqual({ data: [created.body], nextCursor: null });
});

test('a meter belongs to metered features, on creation and on change', async () => {
  const { send, productId } = await openShop(catalogue);
  const feature = { key: 'calls', name: 'Calls', productId };
  expect(pathsOf(await send('POST', '/features', { ...feature, type: 'metered' }))).toEqual(['/meter']);
  expect(pathsOf(await send('POST', '/features', { ...feature, type: 'limit', meter: 'api_call' }))).toEqual([
    '/meter',
  ]);
  const { body: seats } = await send('POST', '/features', { ...feature, key: 'seats', type: 'limit' });
  expect(pathsOf(await send('PATCH', `/features/${seats.id}`, { meter: 'api_call' }))).toEqual(['/meter']);
  const { body: calls } = await send('POST', '/features', { ...feature, type: 'metered', meter: 'api_call' });
  expect((await send('PATCH', `/features/${calls.id}`, { meter: 'call' }, { 'if-match': '"1"' })).body).toMatchObject({
    name: 'Calls',
    meter: 'call',
    version: 2,
  });
  expect((await send('PATCH', `/features/${calls.id}`, { name: 'API calls' }, { 'if-match': '"1"' })).status).toBe(412);
});

test('its key is taken once in a tenant and never changes', async () => {
  const { send, productId } = await openShop(catalogue);
  const feature = { key: 'sso', name: 'SSO', productId, type: 'boolean' };
  const { body } = await send('POST', '/features', feature);
  expect(await send('POST', '/features', feature)).toMatchObject({
    status: 409,
    body: { code: 'resource.already_exists' },
  });
  expect(pathsOf(await send('PATCH', `/features/${body.id}`, { key: 'x', type: 'limit' }))).toEqual(['/key', '/type']);
});
