import { expect, expectTypeOf, test } from 'vitest';
import { ApiError } from './api.errors.ts';
import { createClient, type ClientOptions, type ResponseOf } from './client.ts';
import { itemsOf, pagesOf } from './pages.ts';

const tenantId = '01990000-0000-7000-8000-00000000000a';

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** A platform that gives the answers in turn and remembers what it was sent. */
function fakePlatform(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const options: ClientOptions = {
    baseUrl: 'https://platform.test/',
    fetch: async (url, init) => {
      sent.push({
        url: String(url),
        method: init?.method,
        headers: init?.headers as Record<string, string>,
        body: init?.body,
      });
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer is left');
      return answer;
    },
    sleep: async (milliseconds) => void waits.push(milliseconds),
  };
  return { sent, waits, options };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ type: `urn:plinth:error:${code}`, title: code, status, detail: 'No.', code }, status, {
    'content-type': 'application/problem+json',
    ...headers,
  });

test('sends parameters, query, body, version and credentials where they belong', async () => {
  const platform = fakePlatform(json({ id: tenantId }), json({ data: [], nextCursor: null }));
  const client = createClient({ ...platform.options, token: async () => 't1', apiKey: 'k1', cookie: 'a=b' });
  await client.updateTenant({ params: { tenantId: 'a/b' }, body: { name: 'Ü' }, ifMatch: 3 });
  await client.listTenants({ query: { limit: 2, cursor: 'x&y' } });
  expect(platform.sent[0]).toMatchObject({
    url: 'https://platform.test/api/v1/tenants/a%2Fb',
    method: 'PATCH',
    body: '{"name":"Ü"}',
    headers: {
      authorization: 'Bearer t1',
      'x-api-key': 'k1',
      cookie: 'a=b',
      'if-match': '"3"',
      'content-type': 'application/merge-patch+json',
    },
  });
  expect(platform.sent[1]).toMatchObject({
    url: 'https://platform.test/api/v1/tenants?limit=2&cursor=x%26y',
    method: 'GET',
    body: undefined,
  });
});

test('knows the types of inputs and responses', () => {
  const client = createClient({ baseUrl: 'https://platform.test' });
  expectTypeOf(client.getTenant).parameter(0).toExtend<{ params: { tenantId: string } }>();
  expectTypeOf<ResponseOf<'getTenant'>['status']>().toEqualTypeOf<'active' | 'suspended' | 'closing' | 'deleted'>();
  // @ts-expect-error the parameter is required
  void (() => client.getTenant());
  // @ts-expect-error there is no such field
  void (() => client.updateTenant({ params: { tenantId }, body: { colour: 'red' } }));
});

test('throws the problem of the platform, and makes one of what a proxy answers', async () => {
  const platform = fakePlatform(
    problem(404, 'resource.not_found'),
    new Response('<html>', { status: 502, statusText: 'Bad Gateway' }),
    new Response('{"co', { status: 400, headers: { 'content-type': 'application/json' } }),
  );
  const client = createClient(platform.options);
  const refused = await client.getTenant({ params: { tenantId } }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(refused).toMatchObject({
    code: 'resource.not_found',
    status: 404,
    message: 'No.',
    problem: { title: 'resource.not_found' },
  });
  await expect(client.getTenant({ params: { tenantId } })).rejects.toMatchObject({ code: 'http.502', status: 502 });
  await expect(client.getTenant({ params: { tenantId } })).rejects.toMatchObject({ code: 'http.400', status: 400 });
  await expect(client.getTenant({ params: { tenantId: '' } })).rejects.toThrow('the parameter "tenantId" is missing');
});

test('gives each call of an idempotent POST a key that its retries keep', async () => {
  const platform = fakePlatform(
    problem(503, 'database.unavailable', { 'retry-after': '2' }),
    new TypeError('fetch failed'),
    json({}, 201),
    json({}, 201),
    json({}, 201),
  );
  const client = createClient(platform.options);
  const input = { body: { email: 'ann@example.com', role: 'org_member' } } as const;
  await client.assignRole(input);
  await client.assignRole(input);
  await client.assignRole({ ...input, idempotencyKey: 'mine' });
  const keys = platform.sent.map(({ headers }) => headers['idempotency-key']);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
  expect(keys[3]).not.toBe(keys[0]);
  expect(keys[4]).toBe('mine');
  expect(platform.waits[0]).toBe(2000);
});

test('tries again after 429 and 503, no longer and no oftener than it may', async () => {
  const limited = () => problem(429, 'request.rate_limited', { 'retry-after': '1' });
  const patient = fakePlatform(limited(), limited(), json({ id: tenantId }));
  expect(await createClient(patient.options).getTenant({ params: { tenantId } })).toEqual({ id: tenantId });
  expect(patient.waits).toEqual([1000, 1000]);
  const bounded = fakePlatform(limited(), limited(), limited(), limited(), limited());
  await expect(
    createClient({ ...bounded.options, retry: { attempts: 3 } }).getTenant({ params: { tenantId } }),
  ).rejects.toMatchObject({ status: 429, retryAfterSeconds: 1 });
  expect(bounded.sent).toHaveLength(3);
  const long = fakePlatform(problem(503, 'database.unavailable', { 'retry-after': '3600' }));
  await expect(createClient(long.options).getTenant({ params: { tenantId } })).rejects.toMatchObject({ status: 503 });
});

test('does not repeat what may have been done already', async () => {
  const lost = fakePlatform(new TypeError('fetch failed'));
  await expect(createClient(lost.options).updateTenant({ params: { tenantId }, body: { name: 'A' } })).rejects.toThrow(
    'fetch failed',
  );
  const unavailable = fakePlatform(problem(503, 'service.timeout'));
  await expect(createClient(unavailable.options).suspendTenant({ params: { tenantId } })).rejects.toMatchObject({
    code: 'service.timeout',
  });
  expect([lost.sent.length, unavailable.sent.length]).toEqual([1, 1]);
});

test('stops waiting when the caller gives up', async () => {
  const { baseUrl, fetch } = fakePlatform(problem(429, 'request.rate_limited', { 'retry-after': '10' })).options;
  const controller = new AbortController();
  const call = createClient({ baseUrl, fetch: fetch! }).getTenant({ params: { tenantId }, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 20);
  await expect(call).rejects.toThrow('enough');
});

test('goes through all pages of a list', async () => {
  const answers = () => [
    json({ data: [{ id: '1' }, { id: '2' }], nextCursor: 'c2' }),
    json({ data: [{ id: '3' }], nextCursor: null }),
  ];
  const platform = fakePlatform(...answers(), ...answers());
  const client = createClient(platform.options);
  const ids: string[] = [];
  for await (const tenant of itemsOf(client.listTenants, { query: { limit: 2 } })) ids.push(tenant.id);
  expect(ids).toEqual(['1', '2', '3']);
  expect(platform.sent.map(({ url }) => new URL(url).search)).toEqual(['?limit=2', '?limit=2&cursor=c2']);
  const sizes: number[] = [];
  for await (const page of pagesOf(client.listTenants)) sizes.push(page.data.length);
  expect(sizes).toEqual([2, 1]);
});

test('hands over an empty answer and text as they are', async () => {
  const platform = fakePlatform(
    new Response(null, { status: 204 }),
    new Response('{"a":1}\n', { headers: { 'content-type': 'application/jsonl' } }),
  );
  const client = createClient(platform.options);
  expect(await client.revokeSession({ params: { sessionId: 's1' } })).toBeUndefined();
  expect(await client.exportAuditTrail()).toBe('{"a":1}\n');
});
