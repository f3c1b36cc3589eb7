import { newId } from '@plinth/common';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPlan, openShop, pathsOf } from '../../test/builders.ts';
import { service } from '../index.ts';

let catalogue: ServiceUnderTest;
beforeAll(async () => {
  catalogue = await startServiceUnderTest(service);
});
afterAll(() => catalogue.stop());

test('creates a product, reads it back and records both in the audit trail', async () => {
  const { send, principal } = await openShop(catalogue);
  await catalogue.takeEvents();
  const created = await send('POST', '/products', { key: 'web', name: ' Web ', description: 'Sites' });
  expect(created).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: { key: 'web', name: 'Web', description: 'Sites', archived: false, version: 1 },
  });
  expect((await send('GET', `/products/${created.body.id}`)).body).toEqual(created.body);
  const events = await catalogue.takeEvents();
  expect(events).toMatchObject([{ type: 'audit.recorded', data: { action: 'product.created' } }]);
  expect(events[0]).toMatchObject({ data: { resourceId: created.body.id, actor: { id: principal.subject } } });
});

test('a key is taken once in a tenant and free in another', async () => {
  const { send } = await openShop(catalogue);
  expect(await send('POST', '/products', { key: 'api', name: 'Again' })).toMatchObject({
    status: 409,
    body: { code: 'resource.already_exists' },
  });
  await openShop(catalogue);
});

test('pages through products in the order of their creation', async () => {
  const { send } = await openShop(catalogue);
  for (const key of ['b', 'a', 'c']) await send('POST', '/products', { key, name: key });
  const first = (await send('GET', '/products?limit=3')).body;
  const second = (await send('GET', `/products?limit=3&cursor=${first.nextCursor}`)).body;
  expect([...first.data, ...second.data].map(({ key }: { key: string }) => key)).toEqual(['api', 'b', 'a', 'c']);
  expect(second.nextCursor).toBeNull();
  expect(pathsOf(await send('GET', '/products?cursor=x'))).toEqual(['/query/cursor']);
});

test('a merge patch changes what it names, null removes, and an empty one changes nothing', async () => {
  const { send } = await openShop(catalogue);
  const { body } = await send('POST', '/products', { key: 'web', name: 'Web', description: 'Sites' });
  const path = `/products/${body.id}`;
  const merge = { 'content-type': 'application/merge-patch+json', 'if-match': '"1"' };
  expect(await send('PATCH', path, { name: 'Hosting' }, merge)).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { name: 'Hosting', description: 'Sites' },
  });
  expect(await send('PATCH', path, { name: 'Late' }, merge)).toMatchObject({
    status: 412,
    body: { code: 'request.version_mismatch' },
  });
  expect((await send('PATCH', path, { description: null })).body).toMatchObject({ name: 'Hosting', description: null });
  await catalogue.takeEvents();
  expect(await send('PATCH', path, {})).toMatchObject({ status: 200, headers: { etag: '"3"' } });
  expect(await catalogue.takeEvents()).toEqual([]);
});

test('an archived product stays readable and gets no features and plans until it is brought back', async () => {
  const { send, productId } = await openShop(catalogue);
  const feature = { key: 'sso', name: 'SSO', productId, type: 'boolean' };
  expect((await send('PATCH', `/products/${productId}`, { archived: true })).body.archived).toBe(true);
  expect((await send('GET', `/products/${productId}`)).status).toBe(200);
  for (const [path, body] of [['/features', feature] as const, ['/plans', buildPlan(productId)] as const]) {
    expect(await send('POST', path, body)).toMatchObject({ status: 409, body: { code: 'product.archived' } });
  }
  await send('PATCH', `/products/${productId}`, { archived: false });
  expect((await send('POST', '/plans', buildPlan(productId))).status).toBe(201);
});

test('names every mistake of a request with its path', async () => {
  const { send, productId } = await openShop(catalogue);
  const body = { key: 'Not a key', name: 'nul\0', description: '\ud800', colour: 'red' };
  expect(pathsOf(await send('POST', '/products', body))).toEqual(['/colour', '/description', '/key', '/name']);
  expect(pathsOf(await send('PATCH', `/products/${productId}`, { key: 'new' }))).toEqual(['/key']);
});

test('members read and do not write', async () => {
  const { principal, productId } = await openShop(catalogue);
  const member = buildPrincipal({ tenant: principal.tenant!, roles: ['org_member'] });
  expect((await catalogue.request('GET', `/products/${productId}`, { principal: member })).status).toBe(200);
  const writes = [
    ['POST', '/products', { key: 'x', name: 'X' }],
    ['PATCH', `/products/${productId}`, { name: 'X' }],
    ['POST', '/features', { key: 'x', name: 'X', productId, type: 'boolean' }],
    ['POST', '/plans', buildPlan(productId)],
    ['POST', `/plans/${newId()}/versions`, { prices: [] }],
  ] as const;
  for (const [method, path, body] of writes) {
    const answer = await catalogue.request(method, path, { principal: member, body });
    expect([path, answer.body.code]).toEqual([path, 'auth.permission_denied']);
  }
});
