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

async function createAccount(principal: Caller, changes: object = {}) {
  const response = await account.request('POST', '/accounts', { principal, body: { name: 'Customer', ...changes } });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return response.body;
}

function importBatch(principal: Caller, accounts: object[], headers: Record<string, string> = {}) {
  return account.request('POST', '/accounts/batch', { principal, body: { accounts }, headers });
}

test('creates an account with defaults; its key is its id when none is given', async () => {
  const principal = buildPrincipal();
  await account.takeEvents();
  const response = await account.request('POST', '/accounts', { principal, body: { name: 'Customer' } });
  expect(response).toMatchObject({
    status: 201,
    headers: { etag: '"1"' },
    body: {
      name: 'Customer',
      email: null,
      currency: 'EUR',
      timeZone: 'UTC',
      metadata: {},
      parentId: null,
      customerTenantId: null,
      billing: {},
      version: 1,
    },
  });
  expect(response.body.key).toBe(response.body.id);
  expect((await account.request('GET', `/accounts/${response.body.id}`, { principal })).body).toEqual(response.body);
  expect(await account.takeEvents()).toMatchObject([
    {
      type: 'audit.recorded',
      tenant: principal.tenant,
      data: { action: 'account.created', resourceId: response.body.id },
    },
  ]);
});

test('a key is unique in its tenant, free in others, and never changes', async () => {
  const [principal, other] = [buildPrincipal(), buildPrincipal()];
  await createAccount(principal, { key: 'acme' });
  const again = await account.request('POST', '/accounts', { principal, body: { key: 'acme', name: 'x' } });
  expect(again).toMatchObject({ status: 409, body: { code: 'resource.already_exists' } });
  await createAccount(other, { key: 'acme' });
  const second = await createAccount(principal, { key: 'second' });
  expect(await account.request('PATCH', `/accounts/${second.id}`, { principal, body: { key: 'acme' } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/key' }] },
  });
  const race = await Promise.all(
    [1, 2, 3].map(() => account.request('POST', '/accounts', { principal, body: { key: 'race', name: 'x' } })),
  );
  expect(race.map((response) => response.status).sort()).toEqual([201, 409, 409]);
});

test('a repeated request with the same Idempotency-Key creates one account', async () => {
  const principal = buildPrincipal();
  const send = () =>
    account.request('POST', '/accounts', {
      principal,
      body: { name: 'Customer' },
      headers: { 'idempotency-key': 'k' },
    });
  const [first, second] = [await send(), await send()];
  expect(second).toMatchObject({ status: 201, body: first.body, headers: { 'idempotency-replayed': 'true' } });
  expect((await account.request('GET', '/accounts', { principal })).body.data).toHaveLength(1);
});

test('changes by merge patch and version', async () => {
  const principal = buildPrincipal();
  const { id } = await createAccount(principal, { email: 'a@example.test', metadata: { plan: 'gold', seats: 3 } });
  const patch = (body: object, version: number) =>
    account.request('PATCH', `/accounts/${id}`, {
      principal,
      body,
      headers: { 'if-match': `"${version}"`, 'content-type': 'application/merge-patch+json' },
    });
  const changed = await patch(
    { email: null, currency: 'USD', timeZone: 'Europe/Vienna', metadata: { plan: null, active: true } },
    1,
  );
  expect(changed).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { email: null, currency: 'USD', timeZone: 'Europe/Vienna', version: 2 },
  });
  expect(changed.body.metadata).toEqual({ seats: 3, active: true });
  expect(await patch({ name: 'x' }, 1)).toMatchObject({ status: 412, body: { code: 'request.version_mismatch' } });
  await account.takeEvents();
  expect((await patch({ currency: 'USD' }, 2)).body.version).toBe(2);
  expect(await account.takeEvents()).toEqual([]);
  expect((await patch({ metadata: null }, 2)).body.metadata).toEqual({});
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, index]));
  expect((await patch({ metadata: many }, 3)).body.errors).toEqual([
    { path: '/metadata', message: 'must have at most 50 entries' },
  ]);
});

test('of two changes made from one version at the same time one is refused', async () => {
  const principal = buildPrincipal();
  const { id } = await createAccount(principal);
  const results = await Promise.all(
    ['A', 'B'].map((name) =>
      account.request('PATCH', `/accounts/${id}`, { principal, body: { name }, headers: { 'if-match': '"1"' } }),
    ),
  );
  expect(results.map((result) => result.status).sort()).toEqual([200, 412]);
});

test('lists in a stable order while accounts are added and filters by key', async () => {
  const principal = buildPrincipal();
  const created = (
    await importBatch(
      principal,
      Array.from({ length: 7 }, (_, index) => ({ key: `key-${index}`, name: 'x' })),
    )
  ).body.data;
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await account.request('GET', `/accounts?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`, {
      principal,
    });
    seen.push(...page.body.data.map((item: { id: string }) => item.id));
    cursor = page.body.nextCursor;
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (seen.length === 3) await createAccount(principal);
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.slice().sort()).toEqual(seen);
  expect(seen).toEqual(expect.arrayContaining(created.map((item: { id: string }) => item.id)));
  const filtered = await account.request('GET', '/accounts?key=key-3', { principal });
  expect(filtered.body).toMatchObject({ data: [{ key: 'key-3' }], nextCursor: null });
});

test('a batch creates what is new, names what exists, and repeats without a change', async () => {
  const principal = buildPrincipal();
  const existing = await createAccount(principal, { key: 'old', name: 'Old' });
  await account.takeEvents();
  const accounts = [
    { key: 'z', name: 'Z', email: 'z@example.test' },
    { key: 'old', name: 'Changed' },
    { key: 'a', name: 'A', metadata: { size: 1 } },
    { key: 'z', name: 'Twice' },
    { name: 'No key' },
  ];
  const response = await importBatch(principal, accounts);
  expect(response.status).toBe(200);
  expect(response.body.data.map((item: { key: string; created: boolean }) => item.created)).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(response.body.data.map((item: { key: string }) => item.key).slice(0, 4)).toEqual(['z', 'old', 'a', 'z']);
  expect(response.body.data[1].id).toBe(existing.id);
  expect(response.body.data[3].id).toBe(response.body.data[0].id);
  expect(await account.takeEvents()).toHaveLength(3);
  expect((await account.request('GET', '/accounts?key=z', { principal })).body.data).toMatchObject([
    { name: 'Z', email: 'z@example.test', metadata: {}, version: 1 },
  ]);
  expect((await account.request('GET', `/accounts/${existing.id}`, { principal })).body).toEqual(existing);
  const again = await importBatch(principal, accounts.slice(0, 4));
  expect(again.body.data).toEqual(response.body.data.slice(0, 4).map((item: object) => ({ ...item, created: false })));
});

test('a thousand accounts are one batch, overlapping ones at the same time do not meet, and more are refused', async () => {
  const principal = buildPrincipal();
  const accounts = Array.from({ length: 1000 }, (_, index) => ({
    key: `customer-${index}`,
    name: `Customer ${index}`,
  }));
  const results = await Promise.all([importBatch(principal, accounts), importBatch(principal, accounts.toReversed())]);
  expect(results.map((result) => result.status)).toEqual([200, 200]);
  const created = results.flatMap((result) => result.body.data).filter((item: { created: boolean }) => item.created);
  expect(created).toHaveLength(1000);
  expect((await importBatch(principal, [...accounts, { name: 'too many' }])).status).toBe(400);
  expect((await importBatch(principal, [])).status).toBe(400);
});

test('a batch names each mistake with its path and creates nothing', async () => {
  const principal = buildPrincipal();
  const response = await importBatch(principal, [
    { name: 'ok' },
    { name: '', currency: 'euro' },
    { name: 'x', colour: 'red' },
  ]);
  expect(response.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/accounts/1/currency',
    '/accounts/1/name',
    '/accounts/2/colour',
  ]);
  expect((await account.request('GET', '/accounts', { principal })).body.data).toEqual([]);
});

test("another tenant's accounts answer 404 and stay as they are", async () => {
  const [principal, owner] = [buildPrincipal(), buildPrincipal()];
  const foreign = await createAccount(owner, { key: 'theirs' });
  expect(await account.request('GET', `/accounts/${foreign.id}`, { principal })).toMatchObject({
    status: 404,
    body: { code: 'resource.not_found' },
  });
  expect(
    (await account.request('PATCH', `/accounts/${foreign.id}`, { principal, body: { name: 'mine' } })).status,
  ).toBe(404);
  expect((await account.request('GET', '/accounts?key=theirs', { principal })).body.data).toEqual([]);
  expect((await importBatch(principal, [{ key: 'theirs', name: 'mine' }])).body.data[0].created).toBe(true);
  expect((await account.request('GET', `/accounts/${foreign.id}`, { principal: owner })).body).toEqual(foreign);
});

test('refuses what it cannot keep', async () => {
  const principal = buildPrincipal();
  for (const wrong of [
    { colour: 'red' },
    { email: 'nobody' },
    { currency: 'eur' },
    { timeZone: 'Mars/Olympus' },
    { metadata: { a: [] } },
    { metadata: { a: '\0' } },
    { key: 'a\0' },
    { key: '\ud800' },
  ]) {
    expect(await account.request('POST', '/accounts', { principal, body: { name: 'x', ...wrong } })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  }
  expect((await account.request('GET', '/accounts?key=%00', { principal })).status).toBe(400);
  const reader = { ...principal, roles: ['org_member'] };
  expect((await account.request('POST', '/accounts', { principal: reader, body: { name: 'x' } })).status).toBe(403);
  expect((await account.request('GET', '/accounts', { principal: reader })).status).toBe(200);
  const key = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['account:write'] });
  expect((await account.request('POST', '/accounts', { principal: key, body: { name: 'x' } })).status).toBe(201);
});

test('other services get summaries by id and accounts by key or id, of one tenant only', async () => {
  const [principal, other] = [buildPrincipal(), buildPrincipal()];
  const tenantId = principal.tenant!;
  const [first, second, foreign] = [
    await createAccount(principal, { key: 'first' }),
    await createAccount(principal),
    await createAccount(other, { key: 'first' }),
  ];
  // A key that is the id of another account: the key counts.
  const third = await createAccount(principal, { key: first.id });
  const contract = contractOf(account);
  const summaries = await contract.listAccountsByIds({ tenantId, ids: [second.id, first.id, foreign.id, newId()] });
  expect(summaries).toEqual(
    [first, second].map(
      ({ metadata: _, version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...seen }) => seen,
    ),
  );
  const resolved = await contract.resolveAccounts({
    tenantId,
    keys: ['first', 'first', second.id, second.id.toUpperCase(), first.id, foreign.id, 'nobody'],
  });
  expect(resolved).toEqual([
    { key: 'first', accountId: first.id },
    { key: second.id, accountId: second.id },
    { key: second.id.toUpperCase(), accountId: second.id },
    { key: first.id, accountId: third.id },
  ]);
  expect(await contract.resolveAccounts({ tenantId, keys: [] })).toEqual([]);
});

test('holds the limit of accounts, also for those who create at the same time and in batches', async () => {
  const { principal, tenantId } = await createOrganization(account);
  account.neighbours.limits.set(tenantId, { accounts: 3 });
  const create = (key: string) =>
    account.request('POST', '/accounts', { principal, body: { key, name: key, currency: 'EUR', timeZone: 'UTC' } });
  const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(create));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409]);
  expect(answers.find(({ status }) => status === 409)!.body.code).toBe('tenant.limit_reached');
  const batch = (keys: string[]) =>
    account.request('POST', '/accounts/batch', {
      principal,
      body: { accounts: keys.map((key) => ({ key, name: key, currency: 'EUR', timeZone: 'UTC' })) },
    });
  expect((await batch(['x', 'y'])).status).toBe(409);
  const known = answers.filter(({ status }) => status === 201).map(({ body }) => body.key as string);
  expect((await batch(known)).status).toBe(200);
});
