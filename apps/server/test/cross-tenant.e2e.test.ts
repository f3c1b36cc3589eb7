import { newId } from '@plinth/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ApiCaller, type ApiAnswer } from './api-caller.ts';
import { idNameOf, listIdPlaces, loadOperations, namesOneThing, sendSample, type Operation } from './api-operations.ts';
import type { TakeId } from './sample-value.ts';
import { listCredentials, startTwoTenants, type TwoTenants } from './two-tenants.ts';

const kinds = ['session', 'token', 'API key', 'service account', 'SCIM token', 'impersonation'];

// Where every address is answered alike only if addresses need a proof: `verification.service.pg.test.ts`.
const tellsAddresses = ['signUp'];
// Where an address is one of many that are printed, and belongs to nobody.
const printsAddresses = ['createLegalEntity', 'replaceLegalEntity'];
// Taking out who is not in is done already.
const doneAlready = ['removeGroupMember'];
// Questions with a body.
const asks = /^(evaluate|search|check|explain|find|look|discover)/;
// Credentials that are for one tenant, whatever a request asks for.
const ofOneTenant = ['API key', 'SCIM token'];

let world: TwoTenants;
let operations: Operation[];
let credentials: Record<string, ApiCaller>;

beforeAll(async () => {
  world = await startTwoTenants();
  operations = [...(await loadOperations(world.url)), ...directoryOperations()];
  credentials = await listCredentials(world, world.attacker);
}, 120_000);

afterAll(() => world?.stop());

/** SCIM has a description of its own; these are its requests about one thing. */
function directoryOperations(): Operation[] {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  const rename = {
    type: 'object',
    required: ['schemas', 'Operations'],
    properties: {
      schemas: { const: schemas },
      Operations: { const: [{ op: 'replace', path: 'displayName', value: 'Mine' }] },
    },
  } as const;
  return ['Users/{scimUserId}', 'Groups/{scimGroupId}'].flatMap((path) =>
    ['GET', 'PATCH', 'DELETE'].map((method) => ({
      id: `SCIM ${method} ${path}`,
      method,
      path: `/scim/v2/${path}`,
      permission: 'scim:write',
      sensitive: false,
      parameters: [
        {
          name: path.slice(path.indexOf('{') + 1, -1),
          in: 'path',
          required: true,
          schema: { type: 'string', format: 'uuid' },
        },
      ],
      body: method === 'PATCH' ? rename : undefined,
      contentType: 'application/scim+json',
    })),
  );
}

/** Everything that a tenant can read of itself, in lists and one by one. */
async function readVictim(): Promise<Map<string, unknown>> {
  const { owner, ids } = world.victim;
  // The trail grows by itself, sessions say when they were last seen, deliveries and exports go on, and a query without
  // an end has the running quarter of an hour.
  const reading = operations.filter(
    ({ id, method, permission }) =>
      method === 'GET' &&
      permission !== 'public' &&
      !/audit|session|verif|deliver|export|SCIM|openMeterQuery/i.test(id),
  );
  const nothing = '00000000-0000-7000-8000-000000000000';
  const takeOwn: TakeId = (name) => ids[name] ?? nothing;
  const answers = await Promise.all(
    reading.map(async (operation) => [operation.id, await sendSample(operation, owner, takeOwn)] as const),
  );
  return new Map(answers.map(([id, { status, body }]) => [id, { status, body: withoutRequest(body) }]));
}

/** Requests have ids, keys say when they were last used, and reports when they were asked for. */
const withoutRequest = (body: unknown): unknown =>
  JSON.parse((JSON.stringify(body) ?? 'null').replaceAll(/"(requestId|lastUsedAt|at)":("[^"]+"|null)/g, '"$1":null'));

/** Ids of a tenant; what it has none of is made up. */
const take =
  (ids: Readonly<Record<string, string>>, changes: Readonly<Record<string, string>> = {}): TakeId =>
  (name) =>
    changes[name] ?? ids[name] ?? (name === 'email' ? `${newId()}@example.com` : newId());

/** What an answer says, apart from what any two answers differ in. */
function blank({ status, body }: ApiAnswer, used: string): string {
  const text = JSON.stringify(body)?.replaceAll(used, 'ID').replaceAll(encodeURIComponent(used), 'ID') ?? '';
  return `${status} ${text.replaceAll(/"requestId":"[^"]+"|"version":\d+|"[0-9a-f-]{36}"|"\d{4}-\d\d-\d\dT[^"]+"/g, '')}`;
}

interface Attack {
  readonly kind: string;
  readonly operation: Operation;
  readonly place: string;
  readonly foreign: string;
}

/** Sends one foreign id among ids of the attacker's own, and the same with an id that does not exist. */
async function findLeak({ kind, operation, place, foreign }: Attack): Promise<string | undefined> {
  const caller = credentials[kind]!;
  const made = take({})(place);
  const send = (value: string): Promise<ApiAnswer> =>
    sendSample(operation, caller, take(world.attacker.ids, { [place]: value }), { only: place });
  const real = blank(await send(foreign), foreign);
  const unknown = blank(await send(made), made);
  const where = `${kind}: ${operation.id} with the ${place} of the victim`;
  if (real !== unknown) return `${where} answered ${real}, and ${unknown} for one that is not there`;
  if (real.includes('victim')) return `${where} shows ${real}`;
  if (wasDone(operation, real) && isId(place)) return `${where} was done: ${real}`;
  if (wasShown(operation, real) && operation.path.includes(`{${place}}`)) return `${where} was shown: ${real}`;
  return undefined;
}

/** Of a batch each part is refused by itself. */
function wasDone({ id, method }: Operation, answer: string): boolean {
  if (method === 'GET' || asks.test(id) || doneAlready.includes(id)) return false;
  return answer.startsWith('2') && !answer.includes('"status":"refused"');
}

const wasShown = (operation: Operation, answer: string): boolean =>
  operation.method === 'GET' && namesOneThing(operation) && answer.startsWith('2');

/** What a tenant calls its own things: others may call theirs the same. */
const isOwnName = ({ id }: Operation, place: string): boolean =>
  (id === 'putAccessEntity' && !isId(place)) || (printsAddresses.includes(id) && place === 'email');

const isId = (place: string): boolean => place.endsWith('Id');

/** Where a credential is good. */
const aliveAt = (kind: string): string => (kind === 'SCIM token' ? '/scim/v2/Users' : '/accounts');

test.each(kinds)('%s: lists show the own tenant alone, also when X-Tenant-ID names another one', async (kind) => {
  const { victim } = world;
  const shown: string[] = [];
  const lists = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  const paths = [...lists.map(({ path }) => path), '/scim/v2/Users', '/scim/v2/Groups'];
  for (const path of paths)
    for (const headers of [{}, { 'x-tenant-id': victim.tenantId }] as Record<string, string>[]) {
      const answer = await credentials[kind]!.send('GET', path, undefined, headers);
      const text = JSON.stringify(answer.body) ?? '';
      const ids = Object.values(victim.ids).filter((id) => text.includes(id) && !text.includes(`tenant ${id}`));
      if (text.includes('victim') || ids.length > 0) shown.push(`${path} ${JSON.stringify(headers)}: ${text}`);
      const refused = answer.status >= 400 || ofOneTenant.includes(kind);
      if ('x-tenant-id' in headers && path === '/accounts' && !refused)
        shown.push(`${path} in the tenant of the victim: ${answer.status}`);
    }
  expect(shown).toEqual([]);
});

test.each(kinds)(
  "%s: no operation takes, shows, changes or confirms another tenant's things among the own ones",
  async (kind) => {
    const { url, victim } = world;
    const before = await readVictim();
    const stranger = `stranger-to-${kind.replaceAll(' ', '-')}@example.com`.toLowerCase();
    await ApiCaller.signUp(url, stranger);
    const leaks: (string | undefined)[] = [];
    let attacks = 0;
    for (const operation of operations) {
      if (operation.permission === 'public' && kind !== 'session') continue;
      if (tellsAddresses.includes(operation.id)) continue;
      for (const place of listIdPlaces(operation)) {
        const foreign = place === 'email' ? stranger : victim.ids[idNameOf(operation, place)];
        if (foreign === undefined || isOwnName(operation, place)) continue;
        attacks += 1;
        leaks.push(await findLeak({ kind, operation, place, foreign }));
      }
    }
    expect(leaks.filter((leak) => leak !== undefined)).toEqual([]);
    expect(attacks).toBeGreaterThan(100);
    // Otherwise all of it was refused for another reason.
    expect((await credentials[kind]!.send('GET', aliveAt(kind))).status).toBe(200);
    expect(await readVictim()).toEqual(before);
  },
  120_000,
);

test('no operation tells ids of another tenant from ids that do not exist, whatever the ids are of', async () => {
  const before = await readVictim();
  const foreign = Object.entries(world.victim.ids).filter(([name, id]) => isId(name) && z.uuid().safeParse(id).success);
  const leaks: string[] = [];
  for (const operation of operations.filter((candidate) => listIdPlaces(candidate).some(isId))) {
    const send = (value: string): Promise<ApiAnswer> =>
      sendSample(operation, credentials['session']!, (name) => (name === 'email' ? 'x@example.com' : value));
    const made = newId();
    const unknown = blank(await send(made), made);
    const compare = async ([name, id]: readonly [string, string]): Promise<void> => {
      const real = blank(await send(id), id);
      if (real !== unknown) leaks.push(`${operation.id} with ${name}: ${real} but ${unknown}`);
      if (namesOneThing(operation) && real.startsWith('2')) leaks.push(`${operation.id} with ${name}: ${real}`);
    };
    // Reading changes nothing for what is read beside it.
    if (operation.method === 'GET') await Promise.all(foreign.map(compare));
    else for (const entry of foreign) await compare(entry);
  }
  expect(leaks).toEqual([]);
  expect(await readVictim()).toEqual(before);
}, 300_000);

test('impersonation: the session reaches what its user reaches, and nothing of the operator who acts', async () => {
  const acting = credentials['impersonation']!;
  const ofOperators = ['/roles/platform/assignments', '/clients'];
  const statuses = (caller: ApiCaller): Promise<number[]> =>
    Promise.all(ofOperators.map(async (path) => (await caller.send('GET', path)).status));
  expect([await statuses(world.operator), await statuses(acting)]).toEqual([
    [200, 200],
    [403, 403],
  ]);
  const differing: string[] = [];
  for (const operation of operations.filter(({ method, permission }) => method === 'GET' && permission !== 'public')) {
    const [own, byStaff] = await Promise.all(
      [credentials['session']!, acting].map((caller) => sendSample(operation, caller, take(world.attacker.ids))),
    );
    const refused = operation.sensitive ? 403 : own!.status;
    if (byStaff!.status !== refused) differing.push(`${operation.id}: ${own!.status} but ${byStaff!.status}`);
  }
  expect(differing).toEqual([]);
});
