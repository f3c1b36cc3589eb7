import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractOf, createOrganization, startAccount, type AccountUnderTest } from '../../test/builders.ts';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => account.stop());

type Caller = ReturnType<typeof buildPrincipal>;

const create = (principal: Caller, body: object = {}) =>
  account.request('POST', '/accounts', { principal, body: { name: 'Customer', ...body } });
const createId = async (principal: Caller, body: object = {}): Promise<string> =>
  (await create(principal, body)).body.id as string;
const patch = (principal: Caller, id: string, body: object) =>
  account.request('PATCH', `/accounts/${id}`, {
    principal,
    body,
    headers: { 'content-type': 'application/merge-patch+json' },
  });
const faultsOf = (response: { body: { errors: { path: string; message: string }[] } }) =>
  response.body.errors.map(({ path, message }) => `${path} ${message}`);

test('keeps a billing profile and merges changes into it, down into the address', async () => {
  const principal = buildPrincipal();
  const billing = {
    name: 'Acme GmbH',
    taxId: 'ATU12345678',
    address: { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' },
  };
  const id = await createId(principal, { billing });
  expect((await account.request('GET', `/accounts/${id}`, { principal })).body.billing).toEqual(billing);
  const changed = await patch(principal, id, {
    billing: { taxId: null, language: 'de-AT', address: { line1: 'Ring 2', postalCode: null } },
  });
  expect(changed.body.billing).toEqual({
    name: 'Acme GmbH',
    language: 'de-AT',
    address: { line1: 'Ring 2', city: 'Wien', country: 'AT' },
  });
  const [summary] = await contractOf(account).listAccountsByIds({ tenantId: principal.tenant!, ids: [id] });
  expect(summary).toMatchObject({ billing: changed.body.billing, parentId: null, customerTenantId: null });
  expect((await patch(principal, id, { billing: null })).body.billing).toEqual({});
});

test('refuses a profile that is wrong, or that a change would leave incomplete', async () => {
  const principal = buildPrincipal();
  const wrong = await create(principal, {
    billing: { email: 'nobody', address: { line1: 'x', city: 'y', country: 'at' } },
  });
  expect(faultsOf(wrong).map((fault) => fault.split(' ')[0])).toEqual(['/billing/email', '/billing/address/country']);
  const id = await createId(principal, { billing: { address: { line1: 'x', city: 'y', country: 'AT' } } });
  expect(faultsOf(await patch(principal, id, { billing: { address: { city: null } } }))[0]).toMatch(
    /^\/billing\/address\/city /,
  );
  expect(faultsOf(await patch(principal, id, { billing: { colour: 'red' } }))[0]).toMatch(/^\/billing\/colour /);
});

test('a parent pays in the same tenant and the same currency', async () => {
  const [principal, other] = [buildPrincipal(), buildPrincipal()];
  const [parentId, foreign] = [await createId(principal), await createId(other)];
  const child = await create(principal, { parentId: parentId.toUpperCase() });
  expect(child).toMatchObject({ status: 201, body: { parentId } });
  for (const stranger of [foreign, newId()]) {
    expect(faultsOf(await create(principal, { parentId: stranger }))).toEqual([
      '/parentId must be the id of an account of this tenant',
    ]);
  }
  const batch = await account.request('POST', '/accounts/batch', {
    principal,
    body: {
      accounts: [
        { name: 'a', parentId },
        { name: 'b', parentId, currency: 'USD' },
        { name: 'c', parentId: foreign },
      ],
    },
  });
  expect(faultsOf(batch)).toEqual([
    '/accounts/1/parentId makes an account in USD be paid for by one in EUR',
    '/accounts/2/parentId must be the id of an account of this tenant',
  ]);
  const children = await account.request('GET', `/accounts?parentId=${parentId}`, { principal });
  expect(children.body.data.map(({ id }: { id: string }) => id)).toEqual([child.body.id]);
  expect((await patch(principal, child.body.id, { parentId: null })).body.parentId).toBeNull();
});

test('nobody pays for themselves, directly or around a corner, also when two changes meet', async () => {
  const principal = buildPrincipal();
  const top = await createId(principal);
  const middle = await createId(principal, { parentId: top });
  const low = await createId(principal, { parentId: middle });
  for (const parentId of [top, middle, low]) {
    expect(await patch(principal, top, { parentId })).toMatchObject({
      status: 409,
      body: { code: 'account.would_cycle' },
    });
  }
  const [left, right] = [await createId(principal), await createId(principal)];
  const race = await Promise.all([
    patch(principal, left, { parentId: right }),
    patch(principal, right, { parentId: left }),
  ]);
  expect(race.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a line of payers has at most ten accounts, however it is put together', async () => {
  const principal = buildPrincipal();
  const line: string[] = [];
  for (let level = 0; level < 10; level += 1)
    line.push(await createId(principal, level === 0 ? {} : { parentId: line[level - 1] }));
  const tooDeep = ['/parentId must leave at most 10 accounts in one line of payers'];
  expect(faultsOf(await create(principal, { parentId: line[9] }))).toEqual(tooDeep);
  const above = await createId(principal);
  expect(faultsOf(await patch(principal, line[0]!, { parentId: above }))).toEqual(tooDeep);
  expect((await patch(principal, line[1]!, { parentId: above })).status).toBe(200);
});

test('the currency stays while there is somebody to pay for or somebody who pays', async () => {
  const principal = buildPrincipal();
  const parentId = await createId(principal);
  const child = await createId(principal, { parentId });
  expect(await patch(principal, parentId, { currency: 'USD' })).toMatchObject({
    status: 409,
    body: { code: 'account.currency_shared', detail: `The currency stays EUR while the account pays for ${child}.` },
  });
  expect(faultsOf(await patch(principal, child, { currency: 'USD' }))).toEqual([
    '/currency makes an account in USD be paid for by one in EUR',
  ]);
  expect((await patch(principal, child, { currency: 'USD', parentId: null })).status).toBe(200);
  expect((await patch(principal, parentId, { currency: 'USD' })).status).toBe(200);
});

test("only the platform's operator links an account to the tenant that it pays for, and one only", async () => {
  const customer = await createOrganization(account);
  const admin = buildPrincipal();
  const operator = { ...admin, roles: ['platform_admin'] };
  const link = { customerTenantId: customer.tenantId };
  for (const refused of [await create(admin, link), await patch(admin, await createId(admin), link)]) {
    expect(refused).toMatchObject({ status: 403, body: { code: 'auth.permission_denied' } });
  }
  expect((await create(admin, { customerTenantId: null, parentId: null })).status).toBe(201);
  expect(faultsOf(await create(operator, { customerTenantId: newId() }))).toEqual([
    '/customerTenantId must be the id of a tenant of this platform that is not closed',
  ]);
  const linked = await create(operator, link);
  expect(linked).toMatchObject({ status: 201, body: link });
  expect(await create(operator, link)).toMatchObject({ status: 409, body: { code: 'account.tenant_taken' } });
  const found = await account.request('GET', `/accounts?customerTenantId=${customer.tenantId}`, { principal: admin });
  expect(found.body.data).toEqual([linked.body]);
  expect((await patch(admin, linked.body.id, { customerTenantId: null })).status).toBe(403);
  await account.takeEvents();
  expect((await patch(operator, linked.body.id, { customerTenantId: null })).body.customerTenantId).toBeNull();
  expect((await account.takeEvents()).filter(({ type }) => type === 'account.tenant_linked')).toMatchObject([
    { data: { accountId: linked.body.id, customerTenantId: null, previousTenantId: customer.tenantId } },
  ]);
});

test('other services learn who pays for a tenant, and nothing else of accounts of other tenants', async () => {
  const customer = await createOrganization(account);
  const operator = buildPrincipal({ roles: ['org_admin', 'platform_admin'] });
  const link = { customerTenantId: customer.tenantId };
  const find = () => contractOf(account).findAccountOfTenant(link);
  expect(await find()).toBeNull();
  const first = await createId(operator, link);
  const payer = { tenantId: operator.tenant, accountId: first };
  expect(await find()).toEqual(payer);
  const rival = buildPrincipal({ roles: ['org_admin', 'platform_admin'] });
  const second = await createId(rival, link);
  expect(await find()).toEqual(payer);
  await patch(operator, first, { customerTenantId: null });
  expect(await find()).toEqual({ tenantId: rival.tenant, accountId: second });
  await patch(rival, second, { name: 'Renamed' });
  expect(await find()).toEqual({ tenantId: rival.tenant, accountId: second });
  await patch(rival, second, { customerTenantId: (await createOrganization(account)).tenantId });
  expect(await find()).toBeNull();
  await account.database.platformTransaction(async (transaction) => {
    expect(await transaction.rows('SELECT id FROM account.accounts')).toEqual([]);
    expect((await transaction.rows('SELECT account_id FROM account.tenant_payers')).length).toBeGreaterThan(0);
  });
  await account.database.transaction(operator.tenant, async (transaction) => {
    expect(await transaction.rows('SELECT account_id FROM account.tenant_payers')).toEqual([]);
  });
});
