import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildNewcomer, startAccount, type AccountUnderTest } from '../../test/builders.ts';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
beforeEach(async () => {
  await account.takeEvents();
});
afterAll(() => account.stop());

async function signUp(name = 'Ann') {
  const principal = buildNewcomer();
  await account.deliver('identity.created', { userId: principal.subject, email: 'ann@example.test', name });
  return principal;
}

test('an identity gets one profile, also when its event is delivered three times', async () => {
  const principal = buildNewcomer();
  const data = { userId: principal.subject, email: 'ann@example.test', name: 'Ann' };
  const envelope = await account.deliver('identity.created', data);
  await account.deliver('identity.created', data, undefined, envelope);
  await Promise.all([account.deliver('identity.created', data), account.deliver('identity.created', data)]);
  const profile = await account.request('GET', '/profiles/me', { principal });
  expect(profile).toMatchObject({
    status: 200,
    headers: { etag: '"1"' },
    body: { userId: principal.subject, email: 'ann@example.test', displayName: 'Ann', locale: 'en', timeZone: 'UTC' },
  });
  const events = await account.takeEvents();
  expect(events.map((event) => event.type)).toEqual(['audit.recorded', 'user.profile.created']);
  expect(events[1]).toMatchObject({
    subject: principal.subject,
    causationid: envelope.id,
    data: { profileId: profile.body.id, userId: principal.subject },
  });
});

test('a handler that was killed in the middle leaves nothing, and the next delivery does it all', async () => {
  const userId = newId();
  const useCase = account.instance.useCases!['CreateProfile'] as unknown as {
    handle(transaction: object, event: object): Promise<void>;
  };
  const killed = account.database.transaction(undefined, async (transaction) => {
    await useCase.handle(transaction, { data: { userId, email: 'a@example.test', name: 'Ann' } });
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  expect(await account.takeEvents()).toEqual([]);
  expect(await account.request('GET', '/profiles/me', { principal: buildNewcomer({ subject: userId }) })).toMatchObject(
    { status: 404, body: { code: 'resource.not_found' } },
  );
  await account.deliver('identity.created', { userId, email: 'a@example.test', name: '' });
  expect(
    (await account.request('GET', '/profiles/me', { principal: buildNewcomer({ subject: userId }) })).body.displayName,
  ).toBe('a@example.test');
});

test('a person changes their own profile, in whichever tenant they act', async () => {
  const [ann, bob] = [await signUp('Ann'), await signUp('Bob')];
  const principal = buildPrincipal({ subject: ann.subject });
  const body = { displayName: 'Ann B.', locale: 'de-AT', timeZone: 'Europe/Vienna' };
  await account.takeEvents();
  const changed = await account.request('PATCH', '/profiles/me', { principal, body, headers: { 'if-match': '"1"' } });
  expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { ...body, version: 2 } });
  expect((await account.takeEvents()).map((event) => [event.type, event.tenant])).toEqual([
    ['audit.recorded', principal.tenant],
  ]);
  expect(
    (await account.request('PATCH', '/profiles/me', { principal: ann, body, headers: { 'if-match': '"2"' } })).body
      .version,
  ).toBe(2);
  expect(
    (
      await account.request('PATCH', '/profiles/me', {
        principal: ann,
        body: { locale: 'fr' },
        headers: { 'if-match': '"1"' },
      })
    ).status,
  ).toBe(412);
  expect((await account.request('GET', '/profiles/me', { principal: bob })).body).toMatchObject({
    displayName: 'Bob',
    version: 1,
  });
});

test('no transaction sees a profile that it has not named', async () => {
  await signUp();
  const count = (transaction: { rows(sql: string): Promise<unknown[]> }) =>
    transaction.rows('SELECT 1 FROM account.profiles').then((rows) => rows.length);
  expect(await account.database.transaction(undefined, count)).toBe(0);
  expect(await account.database.transaction(newId(), count)).toBe(0);
  expect(await account.database.platformTransaction(count)).toBe(0);
});

test('refuses API keys, narrowed scopes, unknown fields and values that are none', async () => {
  const principal = await signUp();
  expect((await account.request('GET', '/profiles/me')).status).toBe(401);
  const key = buildPrincipal({ kind: 'api-key', roles: [], scopes: ['profile:read'] });
  expect(await account.request('GET', '/profiles/me', { principal: key })).toMatchObject({
    status: 403,
    body: { code: 'caller.not_a_user' },
  });
  const reader = { ...principal, scopes: ['profile:read'] };
  for (const [method, body] of [['GET'], ['PATCH', {}]] as const)
    expect(await account.request(method, '/profiles/me', { principal: reader, body })).toMatchObject({
      status: 403,
      body: { code: 'auth.scope_missing' },
    });
  const wrong = await account.request('PATCH', '/profiles/me', {
    principal,
    body: { email: 'x@example.test', locale: 'not a tag', timeZone: 'Mars', displayName: '' },
  });
  expect(wrong.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual([
    '/displayName',
    '/email',
    '/locale',
    '/timeZone',
  ]);
});
