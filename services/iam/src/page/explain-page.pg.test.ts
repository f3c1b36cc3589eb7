import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAuthorizationWorld, type AuthorizationWorld, type Owner } from '../../test/authorization-world.ts';
import { signUp, type SignedUpUser } from '../../test/builders.ts';
import { PageVisitor, textOf, type ShownPage } from '../../test/page-visitor.ts';

const path = '/security/explain';
let world: AuthorizationWorld;
beforeAll(async () => {
  world = await startAuthorizationWorld();
});
afterAll(() => world.iam.stop());

function visitorOf(user: SignedUpUser): PageVisitor {
  const visitor = new PageVisitor(world.iam, { 'accept-language': 'en' });
  visitor.setCookies(user.cookies);
  return visitor;
}

async function ask(user: SignedUpUser, fields: Record<string, string>, query = ''): Promise<ShownPage> {
  const visitor = visitorOf(user);
  await visitor.open(path + query);
  return visitor.submit(path, { fields: { kind: 'user', place: '', ...fields } });
}

const explain = async (owner: Owner, fields: Record<string, string>, query = ''): Promise<string> => {
  const page = await ask(owner.user, fields, query);
  expect(page.status).toBe(200);
  return textOf(page.html);
};

it('offers every permission of the platform and of the tenant, and keeps what was asked', async () => {
  const owner = await world.createOwner();
  await world.post(owner.principal, '/permissions', { name: 'todo:finish' });
  const opened = await visitorOf(owner.user).open(path);
  expect(opened.status).toBe(200);
  expect(opened.html).toMatch(
    /<optgroup label="todo"><option value="todo:finish"\s*>todo:finish<\/option><\/optgroup>/,
  );
  expect(opened.html).toMatch(/<optgroup label="plan">.*value="plan:read".*value="plan:write".*<\/optgroup>/);
  expect(textOf(opened.html)).toContain('may or may not do something in Acme');
  const { html } = await ask(owner.user, { who: owner.user.email, permission: 'todo:finish' });
  expect(html).toMatch(/<option value="todo:finish"\s+selected>/);
  expect(html).toContain(`value="${owner.user.email}"`);
});

it('says yes with the role that gives the permission, found by email address or by id', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  for (const who of [member.email, member.userId]) {
    const text = await explain(owner, { who, permission: 'plan:read' });
    expect(text).toContain(`Yes, ${who} may use plan:read in the whole tenant.`);
    expect(text).toContain('Roles Given by org_member. Fine');
    expect(text).toContain('org_member Given directly, in the whole tenant. Gives the permission.');
    expect(text).not.toContain('What would have to be done');
  }
});

it('says no with each role, the group it comes by and where it holds, and what would have to be granted', async () => {
  const owner = await world.createOwner();
  const [division, other] = [world.addDivision(owner), world.addDivision(owner)];
  await world.createRole(owner, 'manager', ['division:write']);
  await world.createRole(owner, 'planner', ['plan:write']);
  const member = await world.addMember(owner, 'manager', { divisionId: division });
  const group = (await world.post(owner.principal, '/groups', { name: 'Planners & <b>Co</b>' })).body.id;
  await world.post(owner.principal, '/roles/assignments', { groupId: group, role: 'planner' });
  await world.iam.request('PUT', `/groups/${group}/members/${member.userId}`, { principal: owner.principal });
  const question = { who: member.email, permission: 'division:write' };

  const page = await ask(owner.user, { ...question, place: other });
  const text = textOf(page.html);
  expect(text).toContain(`No, ${member.email} may not use division:write in the division ${other}.`);
  expect(text).toContain('Roles None of 2 assignments gives division:write here. Stops it');
  expect(text).toContain(
    `manager Given directly, in the division ${division}. Has the permission, but holds elsewhere.`,
  );
  expect(text).toContain(
    'planner Given by the group Planners & <b>Co</b>, in the whole tenant. Does not have the permission.',
  );
  expect(page.html).not.toContain('<b>Co');
  expect(text).toContain('Give manager where the object lies, or in the whole tenant.');
  expect(text).toContain('Give a role with division:write, for example org_admin.');

  const there = await explain(owner, { ...question, place: division.toUpperCase() });
  expect(there).toContain('Yes, ');
  const organization = await explain(owner, { ...question, place: owner.organizationId });
  expect(organization).toContain(`may not use division:write in the organization ${owner.organizationId}.`);
  const foreign = world.addDivision(await world.createOwner());
  const elsewhere = await explain(owner, { ...question, place: foreign });
  expect(elsewhere).toContain(`at the place ${foreign}. What would`);
  expect(elsewhere).toContain('The tenant has no such organization or division. Stops it');
  expect(elsewhere).not.toContain('assignments');
});

it('names a group only to somebody who may read groups', async () => {
  const owner = await world.createOwner();
  const group = (await world.post(owner.principal, '/groups', { name: 'Secret circle' })).body.id;
  await world.post(owner.principal, '/roles/assignments', { groupId: group, role: 'org_member' });
  const member = await world.addMember(owner);
  await world.iam.request('PUT', `/groups/${group}/members/${member.userId}`, { principal: owner.principal });
  await world.createRole(owner, 'auditor', ['policy:read']);
  const auditor = await world.addMember(owner, 'auditor');
  const fields = { who: member.email, permission: 'plan:read' };
  expect(textOf((await ask(auditor, fields)).html)).toContain(`Given by the group ${group}`);
  expect(await explain(owner, fields)).toContain('Given by the group Secret circle');
});

it('explains how the scopes of an API key narrow what its creator may do', async () => {
  const owner = await world.createOwner();
  const key = await world.post(owner.principal, '/api-keys', { name: 'CI', scopes: ['plan:read'] });
  const text = await explain(owner, { kind: 'api-key', who: key.body.id, permission: 'plan:write' });
  expect(text).toContain(`No, ${key.body.id} may not use plan:write in the whole tenant.`);
  expect(text).toContain('Scopes of the key The key has not the scope plan:write; it has plan:read. Stops it');
  expect(text).toContain('org_admin Given directly, in the whole tenant. Gives the permission.');
  expect(text).toContain('Make a key with the scope plan:write.');
});

it('explains service accounts, a second factor that is asked for, and a suspended tenant', async () => {
  const owner = await world.createOwner();
  const { body: account } = await world.post(owner.principal, '/service-accounts', { name: 'importer' });
  const refused = await explain(owner, { kind: 'service-account', who: account.id, permission: 'usage:write' });
  expect(refused).toContain('None of 0 assignments gives usage:write here.');
  await world.post(owner.principal, '/roles/assignments', { serviceAccountId: account.id, role: 'org_admin' });
  expect(await explain(owner, { kind: 'service-account', who: account.id, permission: 'usage:write' })).toContain(
    `Yes, ${account.id}`,
  );

  const member = await world.addMember(owner);
  const visitor = visitorOf(owner.user);
  await visitor.open(path);
  await world.iam.database.transaction(owner.tenantId, (transaction) =>
    transaction.execute(
      `INSERT INTO iam.sign_in_policies (tenant_id, second_factor_required, updated_at) VALUES ($1, true, now())`,
      [owner.tenantId],
    ),
  );
  // The reader needs it too from now on.
  const closed = await visitor.open(path);
  expect(closed.status).toBe(403);
  expect(textOf(closed.html)).toContain('Your organization asks for a second step.');
  await world.iam.database.transaction(undefined, (transaction) =>
    transaction.execute(`UPDATE auth.sessions SET strong = true WHERE user_id = $1`, [owner.user.userId]),
  );
  const asked = await explain(owner, { who: member.email, permission: 'plan:read' });
  expect(asked).toContain('Second factor The tenant asks for a second factor');
  expect(asked).toContain('may do nothing here. It depends');
  world.tenantStatus.set(owner.tenantId, 'suspended');
  const suspended = await explain(owner, { who: member.email, permission: 'plan:read' });
  expect(suspended).toContain(`No, ${member.email}`);
  expect(suspended).toContain('Tenant The tenant is suspended. Stops it');
  expect(suspended).toContain('Activate the tenant again.');
});

it('says beside each field what is wrong with it', async () => {
  const owner = await world.createOwner();
  const page = await ask(owner.user, { who: ' ', permission: 'plan:eat', place: 'headquarters' });
  expect(page.status).toBe(422);
  for (const [field, text] of [
    ['who', 'Enter who it is about.'],
    ['permission', 'Choose a permission from the list.'],
    ['place', 'Enter the id of an organization or division, or leave this empty.'],
  ]) {
    expect(page.html).toContain(`<a href="#${field}">${text}</a>`);
    expect(page.html).toMatch(new RegExp(`id="${field}-fault">.*${text}`));
  }
  expect((await ask(owner.user, { kind: 'robot', who: 'a', permission: 'plan:read' })).status).toBe(422);
});

it('answers in German, sentence by sentence', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  const text = await explain(owner, { who: member.email, permission: 'plan:write' }, '?lang=de');
  expect(text).toContain(`Nein, ${member.email} darf plan:write im ganzen Mandanten nicht verwenden.`);
  expect(text).toContain('Rollen Keine der Zuweisungen (1) gibt hier plan:write. Steht im Weg');
  expect(text).toContain('Vergeben Sie eine Rolle mit plan:write, etwa org_admin.');
  expect(text.replaceAll(/\S+:\S+/g, '')).not.toMatch(/\b(the|tenant|permission)\b/);
});

it('keeps each question in the log of decisions, with who asked', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  await explain(owner, { who: member.userId, permission: 'plan:write' });
  const log = await world.iam.request('GET', '/access/decisions', { principal: owner.principal });
  expect(log.body.data).toMatchObject([
    { source: 'explain', askedBy: owner.user.userId, subject: { id: member.userId }, permission: 'plan:write' },
  ]);
});

it('attack: asking without policy:read, in no tenant, or signed out', async () => {
  const owner = await world.createOwner();
  const member = await world.addMember(owner);
  const visitor = visitorOf(member);
  const page = await visitor.open(path);
  expect(page.status).toBe(403);
  expect(textOf(page.html)).toContain('This needs the permission policy:read');
  expect(page.html).not.toContain('<form method="post" action="/security/explain"');
  const account = await visitor.open('/security');
  expect(account.html).not.toContain('href="/security/explain"');
  const form_token = /name="form_token" value="([^"]+)"/.exec(account.html)![1]!;
  const fields = { kind: 'user', who: owner.user.email, permission: 'plan:read', place: '' };
  const forced = await visitor.post(path, { ...fields, form_token });
  expect(forced.status).toBe(403);
  expect(textOf(forced.html)).not.toContain('org_admin');
  expect((await visitor.post(path, fields)).status).toBe(403);
  const newcomer = await visitorOf(await signUp(world.iam)).open(path);
  expect(newcomer.status).toBe(403);
  expect(textOf(newcomer.html)).toContain('You work in no organization at the moment');
  expect((await new PageVisitor(world.iam).open(path)).url).toContain('/sign-in?');
  const own = await visitorOf(owner.user).open('/security');
  expect(own.html).toContain('href="/security/explain"');
});

it('attack: learning of people, keys and places of another tenant, or writing markup into the answer', async () => {
  const owner = await world.createOwner();
  const foreign = await world.createOwner();
  const key = await world.post(foreign.principal, '/api-keys', { name: 'CI', scopes: ['plan:read'] });
  const unknown = await explain(owner, { who: newId(), permission: 'plan:read' });
  expect(unknown).toContain('The tenant has no such subject');
  for (const [kind, who] of [
    ['user', foreign.user.email],
    ['user', foreign.user.userId],
    ['api-key', key.body.id],
  ] as const) {
    const text = await explain(owner, { kind, who, permission: 'plan:read' });
    expect(text).toContain(`No, ${who} may not`);
    expect(text).toContain('The tenant has no such subject');
    expect(text).not.toContain('org_admin');
  }
  const who = `"><script>alert(1)</script>{permission}`;
  const page = await ask(owner.user, { who, permission: 'plan:read' });
  expect(page.html).not.toContain('<script');
  expect(textOf(page.html)).toContain(`No, ${who} may not use plan:read`);
});
