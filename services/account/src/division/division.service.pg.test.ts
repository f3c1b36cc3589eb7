import type { Principal } from '@plinth/contracts';
import { newId } from '@plinth/common';
import { buildPrincipal } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrganization, startAccount, type AccountUnderTest } from '../../test/builders.ts';

let account: AccountUnderTest;
beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => account.stop());

async function createDivision(principal: Principal, name: string, parentId: string | null = null): Promise<string> {
  const response = await account.request('POST', '/divisions', { principal, body: { name, parentId } });
  if (response.status !== 201) throw new Error(JSON.stringify(response.body));
  return response.body.id;
}

function move(principal: Principal, id: string, parentId: string | null) {
  return account.request('POST', `/divisions/${id}/move`, { principal, body: { parentId } });
}

/** Parent by division. */
async function readTree(principal: Principal): Promise<Map<string, string | null>> {
  const page = await account.request('GET', '/divisions?limit=200', { principal });
  return new Map(
    page.body.data.map((division: { id: string; parentId: string | null }) => [division.id, division.parentId]),
  );
}

test('divisions nest below the organization and below each other', async () => {
  const { id: organizationId, principal } = await createOrganization(account);
  const top = await account.request('POST', '/divisions', { principal, body: { name: 'Europe' } });
  expect(top).toMatchObject({
    status: 201,
    body: { name: 'Europe', parentId: null, organizationId, version: 1 },
    headers: { etag: '"1"' },
  });
  const child = await createDivision(principal, 'Austria', top.body.id);
  const grandchild = await createDivision(principal, 'Vienna', child);
  const below = async (parent: string) =>
    (await account.request('GET', `/divisions?parentId=${parent}`, { principal })).body.data.map(
      (division: { id: string }) => division.id,
    );
  expect([await below('root'), await below(top.body.id), await below(child), await below(grandchild)]).toEqual([
    [top.body.id],
    [child],
    [grandchild],
    [],
  ]);
  expect((await account.request('GET', `/divisions/${grandchild}`, { principal })).body).toMatchObject({
    name: 'Vienna',
    parentId: child,
  });
});

test('nests to any depth and moves the deepest to the top', async () => {
  const { principal } = await createOrganization(account);
  const ids: string[] = [];
  for (let depth = 0; depth < 60; depth += 1)
    ids.push(await createDivision(principal, `level ${depth}`, ids.at(-1) ?? null));
  expect(await move(principal, ids[0]!, ids[59]!)).toMatchObject({
    status: 409,
    body: { code: 'division.would_cycle' },
  });
  expect(await move(principal, ids[59]!, null)).toMatchObject({ status: 200, body: { parentId: null } });
});

test('moves a division with everything below it, once, and says so', async () => {
  const { principal } = await createOrganization(account);
  const [a, b] = [await createDivision(principal, 'A'), await createDivision(principal, 'B')];
  const child = await createDivision(principal, 'child', a);
  await account.takeEvents();
  expect(await move(principal, a, b)).toMatchObject({
    status: 200,
    body: { parentId: b, version: 2 },
    headers: { etag: '"2"' },
  });
  expect(await move(principal, a, b)).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await readTree(principal)).toEqual(
    new Map([
      [a, b],
      [b, null],
      [child, a],
    ]),
  );
  const events = await account.takeEvents();
  expect(events).toMatchObject([
    { type: 'audit.recorded', data: { action: 'division.moved', before: { parentId: null }, after: { parentId: b } } },
  ]);
  const stale = await account.request('POST', `/divisions/${a}/move`, {
    principal,
    body: { parentId: null },
    headers: { 'if-match': '"1"' },
  });
  expect(stale.status).toBe(412);
});

test('refuses to move a division under itself or its own descendant', async () => {
  const { principal } = await createOrganization(account);
  const a = await createDivision(principal, 'A');
  const b = await createDivision(principal, 'B', a);
  const c = await createDivision(principal, 'C', b);
  for (const target of [a, b, c, c.toUpperCase()]) {
    expect(await move(principal, a, target)).toMatchObject({ status: 409, body: { code: 'division.would_cycle' } });
  }
});

test('opposite moves at the same time never make a cycle', async () => {
  const { principal } = await createOrganization(account);
  for (let round = 0; round < 10; round += 1) {
    const [a, b] = [await createDivision(principal, 'A'), await createDivision(principal, 'B')];
    const results = await Promise.all([move(principal, a, b), move(principal, b, a)]);
    expect(results.map((result) => result.status).sort()).toEqual([200, 409]);
    const tree = await readTree(principal);
    expect([tree.get(a), tree.get(b)].filter((parent) => parent === null)).toHaveLength(1);
  }
});

test('moves around a ring at the same time leave a tree', async () => {
  const { principal } = await createOrganization(account);
  const ids = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((name) => createDivision(principal, name)));
  const results = await Promise.all(ids.map((id, index) => move(principal, id, ids[(index + 1) % ids.length]!)));
  expect(results.map((result) => result.status).sort()).toEqual([200, 200, 200, 200, 409]);
  const tree = await readTree(principal);
  for (const id of ids) {
    let steps = 0;
    for (let at: string | null = id; at !== null; at = tree.get(at) ?? null)
      expect((steps += 1)).toBeLessThanOrEqual(ids.length);
  }
});

test('deletes only what is empty, also while something is put below it', async () => {
  const { principal } = await createOrganization(account);
  const parent = await createDivision(principal, 'parent');
  const child = await createDivision(principal, 'child', parent);
  expect(await account.request('DELETE', `/divisions/${parent}`, { principal })).toMatchObject({
    status: 409,
    body: { code: 'division.not_empty' },
  });
  expect((await account.request('DELETE', `/divisions/${child}`, { principal })).status).toBe(204);
  const [deleted, created] = await Promise.all([
    account.request('DELETE', `/divisions/${parent}`, { principal }),
    account.request('POST', '/divisions', { principal, body: { name: 'late', parentId: parent } }),
  ]);
  expect([
    [204, 404],
    [409, 201],
  ]).toContainEqual([deleted.status, created.status]);
});

test("another tenant's divisions answer 404 to everything", async () => {
  const { principal: owner } = await createOrganization(account);
  const { principal } = await createOrganization(account);
  const foreign = await createDivision(owner, 'theirs');
  const own = await createDivision(principal, 'ours');
  const answers = [
    await account.request('GET', `/divisions/${foreign}`, { principal }),
    await account.request('PATCH', `/divisions/${foreign}`, { principal, body: { name: 'mine' } }),
    await move(principal, foreign, null),
    await move(principal, own, foreign),
    await account.request('DELETE', `/divisions/${foreign}`, { principal }),
    await account.request('POST', '/divisions', { principal, body: { name: 'below', parentId: foreign } }),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { code: 'resource.not_found' } });
  expect((await account.request('GET', `/divisions?parentId=${foreign}`, { principal })).body.data).toEqual([]);
  expect([...(await readTree(principal)).keys()]).toEqual([own]);
  expect(await readTree(owner)).toEqual(new Map([[foreign, null]]));
});

test('renames by version and pages in a stable order', async () => {
  const { principal } = await createOrganization(account);
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C', 'D']) ids.push(await createDivision(principal, name));
  const first = await account.request('GET', '/divisions?limit=2', { principal });
  await createDivision(principal, 'later');
  expect(
    await account.request('PATCH', `/divisions/${ids[2]}`, {
      principal,
      body: { name: 'renamed' },
      headers: { 'if-match': '"1"' },
    }),
  ).toMatchObject({ status: 200, body: { version: 2 } });
  expect(
    (
      await account.request('PATCH', `/divisions/${ids[2]}`, {
        principal,
        body: { name: 'x' },
        headers: { 'if-match': '"1"' },
      })
    ).status,
  ).toBe(412);
  const rest = await account.request('GET', `/divisions?cursor=${first.body.nextCursor}`, { principal });
  const seen = [...first.body.data, ...rest.body.data].map((division) => division.id);
  expect(seen.slice().sort()).toEqual(seen);
  expect(new Set(seen).size).toBe(5);
});

test('refuses unknown fields and parameters, a tenant without organization, and a member who may only read', async () => {
  const { principal } = await createOrganization(account);
  const wrong = await account.request('POST', '/divisions', {
    principal,
    body: { name: 'A', parentId: 'x', colour: 'red' },
  });
  expect(wrong.body.errors.map((fault: { path: string }) => fault.path).sort()).toEqual(['/colour', '/parentId']);
  expect((await account.request('GET', '/divisions?colour=red', { principal })).status).toBe(400);
  expect((await account.request('GET', '/divisions?cursor=x', { principal })).status).toBe(400);
  expect(
    (await account.request('POST', '/divisions', { principal: buildPrincipal(), body: { name: 'A' } })).status,
  ).toBe(404);
  const member = { ...principal, roles: ['org_member'] };
  expect((await account.request('POST', '/divisions', { principal: member, body: { name: 'A' } })).status).toBe(403);
  expect((await move(principal, newId(), null)).status).toBe(404);
});
