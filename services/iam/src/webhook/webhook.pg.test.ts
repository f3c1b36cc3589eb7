import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSignedWebhook, newId, type Clock } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, type ServiceUnderTest } from '@plinth/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTenant, signUp, startIam } from '../../test/builders.ts';

interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

let skippedMs = 0;
const clock: Clock = { now: () => new Date(Date.now() + skippedMs) };
const received: Received[] = [];
let answer: { status: number; headers?: Record<string, string>; body?: string };
let server: Server;
let base: string;
let iam: ServiceUnderTest;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      received.push({ path: request.url!, headers: request.headers as Received['headers'], body });
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  iam = await startIam({ clock, environment: { IAM_WEBHOOK_LOOPBACK: 'true' } });
});
beforeEach(() => {
  received.length = 0;
  answer = { status: 204 };
});
afterAll(async () => {
  await iam.stop();
  await new Promise((resolve) => server.close(resolve));
});

async function createOwner(): Promise<Principal> {
  const { userId } = await signUp(iam);
  const { tenantId, organizationId } = await createTenant(iam, userId);
  return buildPrincipal({ subject: userId, tenant: tenantId, organization: organizationId });
}

const create = (principal: Principal, body: object = {}) =>
  iam.request('POST', '/webhooks', {
    principal,
    body: { url: `${base}/hook`, eventTypes: ['member.joined'], ...body },
  });
const join = (principal: Principal, again?: Awaited<ReturnType<ServiceUnderTest['deliver']>>) =>
  iam.deliver(
    'member.joined',
    { tenantId: principal.tenant!, organizationId: null, userId: newId() },
    principal.tenant!,
    again,
  );
async function deliveriesOf(principal: Principal, id: string): Promise<Record<string, unknown>[]> {
  return (await iam.request('GET', `/webhooks/${id}/deliveries`, { principal })).body.data;
}
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 200 && !(await done()); round += 1)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(await done()).toBe(true);
}

test('tells a tenant of an event once, signed so that the standardwebhooks package takes it', async () => {
  const principal = await createOwner();
  const { body: webhook } = await create(principal);
  const event = await join(principal);
  await join(principal, event);
  await until(() => received.length > 0);
  const [message] = received;
  expect(new Webhook(webhook.secret).verify(message!.body, message!.headers)).toEqual({
    type: 'member.joined',
    timestamp: event.time,
    data: event.data,
  });
  await until(async () => (await deliveriesOf(principal, webhook.id))[0]!['status'] === 'delivered');
  expect(await deliveriesOf(principal, webhook.id)).toMatchObject([
    { id: message!.headers['webhook-id'], eventType: 'member.joined', attempts: 1, lastStatus: 204, lastError: null },
  ]);
  expect(received).toHaveLength(1);
});

test("tells a person's tenants of what the person does, and nobody else", async () => {
  const [own, foreign] = [await createOwner(), await createOwner()];
  const events = { eventTypes: ['identity.signed_in'] };
  await create(own, { url: `${base}/own`, ...events });
  await create(foreign, { url: `${base}/foreign`, ...events });
  await iam.deliver('identity.signed_in', { userId: own.subject, sessionId: newId() });
  await until(() => received.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received.map(({ path }) => path)).toEqual(['/own']);
});

test('tells a tenant that an account reached a threshold of its quota, and no other tenant', async () => {
  const [principal, other] = [await createOwner(), await createOwner()];
  const { body: webhook } = await create(principal, {
    eventTypes: ['usage.threshold_reached', 'usage.quota_exceeded'],
  });
  await create(other, { eventTypes: ['usage.threshold_reached'] });
  const data = {
    alertId: newId(),
    quotaId: newId(),
    accountId: newId(),
    meter: 'calls',
    feature: null,
    used: '80.5',
    limit: '100',
    percent: '80',
    window: { start: '2026-01-01T00:00:00.000Z', end: null },
  };
  await iam.deliver('usage.threshold_reached', { ...data, threshold: 80 }, principal.tenant!);
  await iam.deliver('usage.quota_exceeded', data, principal.tenant!);
  await until(() => received.length === 2);
  const messages = received.map(({ body, headers }) => new Webhook(webhook.secret).verify(body, headers));
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'usage.threshold_reached', data: { ...data, threshold: 80 } }),
      expect.objectContaining({ type: 'usage.quota_exceeded', data }),
    ]),
  );
});

test('refuses a replayed, changed or foreign message by the documented verification', async () => {
  const principal = await createOwner();
  const { body: webhook } = await create(principal);
  await iam.request('POST', `/webhooks/${webhook.id}/test`, { principal });
  await until(() => received.length > 0);
  const { headers, body } = received[0]!;
  const isSigned = (text: string, changes: object, secret: string, ms = 0) =>
    isSignedWebhook(text, { ...headers, ...changes }, secret, new Date(clock.now().getTime() + ms));
  expect(isSigned(body, {}, webhook.secret)).toBe(true);
  expect(isSigned(`${body} `, {}, webhook.secret)).toBe(false);
  expect(isSigned(body, { 'webhook-id': newId() }, webhook.secret)).toBe(false);
  expect(isSigned(body, { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) + 60) }, webhook.secret)).toBe(
    false,
  );
  expect(isSigned(body, {}, (await create(principal)).body.secret)).toBe(false);
  // Six minutes later the same message is too old, whoever sends it.
  expect(isSigned(body, {}, webhook.secret, 360_000)).toBe(false);
  const old: Record<string, string> = {
    ...headers,
    'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 360),
  };
  expect(() => new Webhook(webhook.secret).verify(body, old)).toThrow();
});

test('signs with both secrets while a rotation overlaps, and with the new one alone afterwards', async () => {
  const principal = await createOwner();
  const { body: before } = await create(principal);
  const rotated = await iam.request('POST', `/webhooks/${before.id}/secret`, {
    principal,
    body: { overlapSeconds: 60 },
  });
  expect(rotated.body).toMatchObject({ secret: expect.stringMatching(/^whsec_/), overlapUntil: expect.any(String) });
  const send = async () => {
    received.length = 0;
    await iam.request('POST', `/webhooks/${before.id}/test`, { principal });
    await until(() => received.length > 0);
    return received[0]!;
  };
  const verify = ({ headers, body }: Received, secret: string) => {
    const timestamp = new Date(Number(headers['webhook-timestamp']) * 1000);
    return isSignedWebhook(body, headers, secret, timestamp);
  };
  const during = await send();
  expect([verify(during, before.secret), verify(during, rotated.body.secret)]).toEqual([true, true]);
  skippedMs += 61_000;
  const after = await send();
  expect([verify(after, before.secret), verify(after, rotated.body.secret)]).toEqual([false, true]);
});

test('tries again for about three days, then disables the webhook with an entry in the trail', async () => {
  const principal = await createOwner();
  const { body: webhook } = await create(principal);
  answer = { status: 500, body: 'x'.repeat(5000) };
  await join(principal);
  await until(() => received.length === 1);
  const start = clock.now().getTime();
  await until(async () => (await deliveriesOf(principal, webhook.id))[0]!['lastStatus'] === 500);
  const [failed] = await deliveriesOf(principal, webhook.id);
  expect(failed).toMatchObject({ status: 'waiting', attempts: 1, lastError: 'The receiver answered 500.' });
  expect(String(failed!['lastResponse'])).toHaveLength(1024);
  await iam.takeEvents();
  for (let attempt = 2; attempt <= 10; attempt += 1) {
    const [waiting] = await deliveriesOf(principal, webhook.id);
    const due = new Date(String(waiting!['nextAttemptAt'])).getTime();
    skippedMs += Math.max(due - clock.now().getTime(), 60_000) + 1000;
    const job = iam.instance.jobs!.find(({ name }) => name === 'iam.send-webhooks')!;
    await job.run({});
    expect(received).toHaveLength(attempt);
  }
  expect((clock.now().getTime() - start) / 86_400_000).toBeCloseTo(3.1, 0);
  const read = await iam.request('GET', `/webhooks/${webhook.id}`, { principal });
  expect(read.body).toMatchObject({ enabled: false, disabledBecause: 'failing' });
  expect(await deliveriesOf(principal, webhook.id)).toMatchObject([{ status: 'failed', nextAttemptAt: null }]);
  const actions = (await iam.takeEvents()).map((event) => (event.data as { action?: string }).action);
  expect(actions).toContain('webhook.disabled');
  const ids = new Set(received.map(({ headers }) => headers['webhook-id']));
  expect(ids.size).toBe(1);
});

test('sends a message again on demand, under the same id', async () => {
  const principal = await createOwner();
  const { body: webhook } = await create(principal);
  answer = { status: 410 };
  await join(principal);
  await until(async () => (await deliveriesOf(principal, webhook.id))[0]?.['status'] === 'failed');
  const [failed] = await deliveriesOf(principal, webhook.id);
  const path = `/webhooks/${webhook.id}/deliveries/${String(failed!['id'])}/redeliver`;
  expect(await iam.request('POST', path, { principal })).toMatchObject({
    status: 409,
    body: { code: 'webhook.disabled' },
  });
  const headers = { 'if-match': '*' };
  await iam.request('PATCH', `/webhooks/${webhook.id}`, { principal, body: { enabled: true }, headers });
  answer = { status: 200, body: 'thanks' };
  expect((await iam.request('POST', path, { principal })).status).toBe(202);
  await until(async () => (await deliveriesOf(principal, webhook.id))[0]!['status'] === 'delivered');
  expect(received.map((message) => message.headers['webhook-id'])).toEqual([failed!['id'], failed!['id']]);
  expect((await deliveriesOf(principal, webhook.id))[0]).toMatchObject({ lastResponse: 'thanks' });
});

test('follows no redirect and reaches nothing inside, however the address is written', async () => {
  const principal = await createOwner();
  answer = { status: 302, headers: { location: `${base}/inside` } };
  const { body: webhook } = await create(principal);
  await iam.request('POST', `/webhooks/${webhook.id}/test`, { principal });
  await until(async () => (await deliveriesOf(principal, webhook.id))[0]!['lastStatus'] === 302);
  expect(received.map(({ path }) => path)).toEqual(['/hook']);
  for (const url of [
    'http://example.com/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:169.254.169.254]/',
    'http://[::ffff:127.0.0.1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://167772161/',
    'https://0xa000001/',
    'https://0300.0250.1.1/',
    'https://user:secret@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://example.com/#x',
    'nonsense',
  ])
    expect([url, (await create(principal, { url })).status]).toEqual([url, 400]);
});

test('outside development refuses this machine too, by address, by number and by a name that leads to it', async () => {
  const production = await startIam();
  try {
    const { userId } = await signUp(production);
    const { tenantId } = await createTenant(production, userId);
    const principal = buildPrincipal({ subject: userId, tenant: tenantId });
    const port = new URL(base).port;
    const post = (url: string) =>
      production.request('POST', '/webhooks', { principal, body: { url, eventTypes: ['member.joined'] } });
    for (const url of [base, `https://127.0.0.1:${port}/`, `https://2130706433:${port}/`, `https://[::1]:${port}/`])
      expect([url, (await post(url)).status]).toEqual([url, 400]);
    // The name is looked up when the connection is made, and what is found then is what is connected to.
    const { body: webhook } = await post(`https://localhost:${port}/hook`);
    await production.request('POST', `/webhooks/${webhook.id}/test`, { principal });
    const list = () => production.request('GET', `/webhooks/${webhook.id}/deliveries`, { principal });
    await until(async () => (await list()).body.data[0].lastError !== null);
    expect((await list()).body.data[0].lastError).toContain('not public');
    expect(received).toEqual([]);
  } finally {
    await production.stop();
  }
});

test("neither shows nor changes another tenant's webhooks, and keeps the secret to itself", async () => {
  const [own, foreign] = [await createOwner(), await createOwner()];
  const { body: webhook } = await create(foreign);
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/deliveries'],
    ['POST', '/test'],
    ['POST', `/deliveries/${newId()}/redeliver`],
  ] as const)
    expect((await iam.request(method, `/webhooks/${webhook.id}${path}`, { principal: own })).status).toBe(404);
  expect((await iam.request('POST', `/webhooks/${webhook.id}/secret`, { principal: own, body: {} })).status).toBe(404);
  const shown = await iam.request('GET', `/webhooks/${webhook.id}`, { principal: foreign });
  expect(JSON.stringify([shown.body, await iam.takeEvents()])).not.toContain(webhook.secret);
  const member = buildPrincipal({ ...foreign, roles: ['org_member'] });
  expect((await create(member)).status).toBe(403);
  expect((await create(foreign, { tenantId: own.tenant })).status).toBe(400);
});
