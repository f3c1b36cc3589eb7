import { newId, type Clock } from '@plinth/common';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contractOf, createTenant, origin, password, startIam } from '../../test/builders.ts';
import { PageVisitor, textOf } from '../../test/page-visitor.ts';
import { SoftwareAuthenticator } from '../../test/software-authenticator.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
const tenantNames = new Map<string, string>();
let iam: ServiceUnderTest;

beforeAll(async () => {
  iam = await startIam({
    clock,
    contracts: {
      tenant: {
        findTenant: async ({ tenantId }: { tenantId: string }) =>
          tenantNames.has(tenantId) ? { name: tenantNames.get(tenantId) } : null,
        getLimits: async () => ({}),
      },
      account: { ensureMember: async () => ({ created: true }) },
    },
  });
});
afterAll(() => iam.stop());

interface Person {
  readonly visitor: PageVisitor;
  readonly email: string;
  readonly userId: string;
}

async function createPerson(userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'): Promise<Person> {
  const visitor = new PageVisitor(iam, { 'user-agent': userAgent });
  const email = `${newId()}@example.test`;
  await visitor.open('/sign-up');
  await visitor.submit('/sign-up', { fields: { name: 'Ann Example', email, password } });
  return { visitor, email, userId: (await callerOf(visitor))!.subject };
}

const callerOf = (visitor: PageVisitor) =>
  contractOf(iam).authenticateSession({ cookie: visitor.cookie('plinth.session_token') ?? '' });

async function signIn(email: string, userAgent: string): Promise<PageVisitor> {
  const visitor = new PageVisitor(iam, { 'user-agent': userAgent });
  await visitor.open('/sign-in');
  await visitor.submit('/sign-in', { fields: { email, password } });
  return visitor;
}

const items = (html: string) =>
  [...html.matchAll(/<li><div class="item-row">[\s\S]*?<\/li>/g)].map(([item]) => ({
    item,
    id: /name="id" value="([^"]+)"/.exec(item)?.[1] ?? '',
  }));

it('lists devices, gives them names, and signs them out one by one', async () => {
  const { visitor, email } = await createPerson();
  const phone = await signIn(email, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/605.1');
  const { html } = await visitor.open('/security');
  const [newest, own] = items(html);
  expect(textOf(newest!.item)).toContain('Safari on iPhone');
  expect(textOf(own!.item)).toContain('Firefox on Linux This device');

  const fields = { id: newest!.id, [`name-${newest!.id}`]: 'Phone' };
  const renamed = await visitor.submit('/security/sessions/name', { fields });
  expect(textOf(renamed.html)).toMatch(/The device has a new name\. .* Phone /);
  const unnamed = await visitor.submit('/security/sessions/name', {
    fields: { ...fields, [`name-${newest!.id}`]: ' ' },
  });
  expect(unnamed.status).toBe(422);
  expect(unnamed.html).toContain(`<a href="#name-${newest!.id}">Enter your name.</a>`);

  const ended = await visitor.submit('/security/sessions/end', { fields: { id: newest!.id } });
  expect(ended.url).toBe('/security?notice=session_ended');
  expect(await callerOf(phone)).toBeNull();
  expect(await callerOf(visitor)).not.toBeNull();
  await visitor.submit('/security/sessions/end', { fields: { id: own!.id } });
  expect(visitor.page.url).toBe('/sign-in?notice=signed_out');
  expect(visitor.cookie('plinth.session_token')).toBeUndefined();
});

it('signs out everywhere at once', async () => {
  const { visitor, email } = await createPerson();
  const other = await signIn(email, 'curl/8');
  await visitor.open('/security');
  expect((await visitor.submit('/security/sessions/end-all')).url).toBe('/sign-in?notice=signed_out');
  expect(await callerOf(other)).toBeNull();
});

it('ends nobody else’s session, whatever id a form has', async () => {
  const [ann, ben] = [await createPerson(), await createPerson()];
  const { session } = (await callerOf(ben.visitor))!;
  await ann.visitor.open('/security');
  expect((await ann.visitor.submit('/security/sessions/end', { fields: { id: session! } })).status).toBe(404);
  expect((await ann.visitor.post('/security/sessions/end', { id: session! })).status).toBe(403);
  expect(await callerOf(ben.visitor)).not.toBeNull();
});

it('records who did it in the audit trail', async () => {
  const { visitor, userId } = await createPerson();
  const { html } = await visitor.open('/security');
  await iam.takeEvents();
  await visitor.submit('/security/sessions/end', { fields: { id: items(html)[0]!.id } });
  expect(await iam.takeEvents()).toContainEqual(
    expect.objectContaining({
      type: 'audit.recorded',
      data: expect.objectContaining({
        action: 'session.revoked',
        actor: expect.objectContaining({ kind: 'user', id: userId }),
      }),
    }),
  );
});

it('changes the own name, says what is wrong with it, and shows it from then on', async () => {
  const { visitor, userId } = await createPerson();
  await visitor.open('/security');
  const empty = await visitor.submit('/security/name', { fields: { name: '  ' } });
  expect(empty.status).toBe(422);
  expect(empty.html).toContain('<a href="#name">Enter your name.</a>');
  expect(empty.html).toMatch(/<details open>.*id="name-fault"/);
  const long = await visitor.submit('/security/name', { fields: { name: 'x'.repeat(201) } });
  expect(textOf(long.html)).toContain('Enter a name of at most 200 characters.');
  await iam.takeEvents();
  const name = `Anna <i>O'Neill</i>`;
  const changed = await visitor.submit('/security/name', { fields: { name: ` ${name} ` } });
  expect(changed.url).toBe('/security?notice=name_changed');
  expect(textOf(changed.html)).toMatch(/Your name was changed\. Anna <i>O'Neill<\/i> /);
  expect(changed.html).not.toContain('<i>');
  expect((await iam.takeEvents()).filter(({ type }) => type === 'audit.recorded')).toMatchObject([
    {
      data: {
        action: 'user.updated',
        resourceType: 'user',
        resourceId: userId,
        before: { name: 'Ann Example' },
        after: { name },
        actor: { kind: 'user', id: userId },
      },
    },
  ]);
});

it('changes the password for whoever knows it, and says beside the field what is wrong', async () => {
  const { visitor, email } = await createPerson();
  const other = await signIn(email, 'curl/8');
  await visitor.open('/security');
  const form = (current: string, next: string) =>
    visitor.submit('/security/password', { fields: { current_password: current, new_password: next } });
  const wrong = await form('not my password', 'several new words');
  expect(wrong.status).toBe(400);
  expect(wrong.html).toMatch(/<p class="fault" id="current_password-fault">.*This is not your password\./);
  const common = await form(password, 'password123');
  expect(common.html).toMatch(/<p class="fault" id="new_password-fault">.*lists of common or stolen passwords/);
  expect((await form(password, 'several new words')).url).toBe('/security?notice=password_changed');
  expect(await callerOf(other)).toBeNull();
  expect(await callerOf(visitor)).not.toBeNull();
});

it('adds a passkey, signs in with it, renames and removes it', async () => {
  const { visitor, userId } = await createPerson();
  const authenticator = new SoftwareAuthenticator(origin);
  const optionsOf = (html: string) =>
    JSON.parse(
      /data-options="([^"]*)"/
        .exec(html)![1]!
        .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    ) as never;
  const { html } = await visitor.open('/security/passkey');
  const empty = await visitor.submit('/security/passkey', { fields: { name: 'Work laptop', credential: '' } });
  expect(textOf(empty.html)).toContain('Passkeys need JavaScript');
  const credential = JSON.stringify(authenticator.create(optionsOf(html)));
  const added = await visitor.submit('/security/passkey', { fields: { name: 'Work laptop', credential } });
  expect(added.url).toBe('/security?notice=passkey_added');

  const fresh = new PageVisitor(iam);
  const page = await fresh.open('/sign-in/passkey?return_to=%2Fdevice');
  const answer = JSON.stringify(authenticator.get(optionsOf(page.html)));
  expect((await fresh.submit('/sign-in/passkey', { fields: { credential: answer } })).url).toBe('/device');
  expect((await callerOf(fresh))!.subject).toBe(userId);
  await fresh.open('/sign-in/passkey');
  const replayed = await fresh.submit('/sign-in/passkey', { fields: { credential: answer } });
  expect(replayed.status).toBe(401);

  await visitor.open('/security');
  const { id } = items(visitor.page.html)[0]!;
  await visitor.submit('/security/passkeys/name', { fields: { id, [`name-${id}`]: 'Key ring' } });
  expect(textOf(visitor.page.html)).toContain('Key ring');
  await visitor.submit('/security/passkeys/removal', { fields: { id } });
  expect(visitor.page.url).toBe('/security?notice=passkey_removed');
  expect(textOf(visitor.page.html)).not.toContain('Key ring');
});

it('asks for a sign-in of the last minutes before credentials change, and comes back', async () => {
  const { visitor, email } = await createPerson();
  ahead += 11 * 60_000;
  await visitor.open('/security');
  const page = await visitor.submit('/security/authenticator');
  expect(page.url).toBe('/sign-in?reauthenticate=true&notice=sign_in_again&return_to=%2Fsecurity');
  expect(page.html).toContain(`value="${email}"`);
  expect((await visitor.open('/security/passkey')).url).toContain('return_to=%2Fsecurity');
});

it('shows the organizations that somebody belongs to by their names, and which one is in use', async () => {
  const { visitor, userId } = await createPerson();
  const [first, second] = [await createTenant(iam, userId), await createTenant(iam, userId)];
  tenantNames.set(first.tenantId, 'Acme & Söhne');
  const { html } = await visitor.open('/security');
  expect(textOf(html)).toContain('Acme & Söhne In use here Roles: org_admin');
  // A tenant whose name cannot be found is there all the same.
  expect(textOf(html)).toContain(second.tenantId);
});

it('works in another organization when its user chooses it, until they leave it, and in none of somebody else', async () => {
  const { visitor, userId, email } = await createPerson();
  const [first, second] = [await createTenant(iam, userId), await createTenant(iam, userId)];
  tenantNames.set(second.tenantId, 'Second');
  const foreign = await createTenant(iam, (await createPerson()).userId);
  await visitor.open('/security');
  await iam.takeEvents();
  const refused = await visitor.submit('/security/organizations', { fields: { id: foreign.tenantId } });
  expect(refused.status).toBe(403);
  await visitor.open('/security');
  const chosen = await visitor.submit('/security/organizations', { fields: { id: second.tenantId } });
  expect(textOf(chosen.html)).toContain('You work in another organization now.');
  expect(textOf(chosen.html)).toContain('Second In use here');
  expect((await callerOf(visitor))!.tenant).toBe(second.tenantId);
  expect((await iam.takeEvents()).filter((event) => event.type === 'audit.recorded')).toMatchObject([
    { tenant: second.tenantId, data: { action: 'session.tenant_chosen', actor: { id: userId } } },
  ]);
  // A request that names a tenant goes there, and another session of the same person is not asked.
  const cookie = visitor.cookie('plinth.session_token')!;
  const named = await contractOf(iam).authenticateSession({ cookie, requestedTenant: first.tenantId });
  expect(named!.tenant).toBe(first.tenantId);
  expect((await callerOf(await signIn(email, 'curl/8')))!.tenant).toBe(first.tenantId);
  await iam.database.platformTransaction((transaction) =>
    transaction.execute(`DELETE FROM iam.role_assignments WHERE tenant_id = $1`, [second.tenantId]),
  );
  expect((await callerOf(visitor))!.tenant).toBe(first.tenantId);
});

it('shows who acts as a user on every page, changes nothing for them, and lets them stop', async () => {
  const supporter = await createPerson();
  const ann = await createPerson();
  await iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.users SET name = 'Sue Support' WHERE id = $1`, [supporter.userId]),
  );
  const { session } = (await callerOf(supporter.visitor))!;
  const principal = {
    ...buildPrincipal({ subject: supporter.userId, roles: ['platform_admin'], session: session! }),
    tenant: undefined,
  };
  const started = await iam.request('POST', '/impersonations', {
    principal,
    headers: { cookie: supporter.visitor.cookies, origin },
    body: { userId: ann.userId, reason: 'ticket 4711', minutes: 20 },
  });
  const { visitor } = supporter;
  for (const header of [started.headers['set-cookie']].flat()) visitor.setCookies(String(header).split('; ')[0]!);

  for (const path of ['/security', '/sign-out', '/sign-in/forgotten', '/sign-in/no-such-page'])
    expect(textOf((await visitor.open(path)).html), path).toMatch(/Sue Support is acting as Ann Example, until .+ UTC/);
  const { html } = await visitor.open('/security');
  expect(textOf(html)).toContain(ann.email);
  expect(html).not.toContain('action="/security/password"');
  expect(html).not.toContain('action="/security/name"');
  const form_token = /name="form_token" value="([^"]+)"/.exec(html)![1]!;
  for (const path of [
    '/security/sessions/end-all',
    '/security/name',
    '/security/password',
    '/security/authenticator',
    '/security/recovery-codes',
  ])
    expect((await visitor.post(path, { form_token })).status, path).toBe(403);
  expect((await visitor.open('/security/passkey')).status).toBe(403);
  expect((await visitor.open('/device')).status).toBe(403);
  expect(await callerOf(ann.visitor)).not.toBeNull();

  await visitor.open('/security');
  const stopped = await visitor.submit('/security/support-session');
  expect(textOf(stopped.html)).toContain('You are yourself again.');
  expect(stopped.html).not.toContain('class="banner"');
  expect((await callerOf(visitor))!.subject).toBe(supporter.userId);
});
