import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, newId } from '@plinth/common';
import type { Entitlement } from '@plinth/contracts';
import { eventually } from '@plinth/testing';
import { manifest } from '@plinth/product/manifest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller, cookiesOf, type ApiAnswer } from './api-caller.ts';

const email = 'operator@example.com';
const password = 'correct horse battery staple';
const secrets = {
  PLINTH_INTERNAL_SECRET: 'a-secret-that-all-processes-share-0123456789',
  IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
};
const log = createLogger({ level: 'silent' });
const from = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
let directory: string;
let platform: Platform;
let seller: Seller;

beforeAll(async () => {
  // The catalogue's own operation stands for what a team sells: only its manifest says so.
  Object.assign(
    manifest.routes.find(({ path }) => path === '/features')!,
    { usage: { unit: 'api_call' } },
  );
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {
      ...secrets,
      PLINTH_RATE_LIMIT_FACTOR: '100000',
      IAM_INITIAL_ADMIN_EMAIL: email,
      IAM_INITIAL_ADMIN_PASSWORD: password,
      IAM_EMAIL_VERIFICATION: 'optional',
    },
    log,
  });
  seller = await openShop(platform.url);
});
afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

interface Seller {
  readonly caller: ApiCaller;
  /** Ids of plans by how many calls a day they allow. */
  readonly plans: Readonly<Record<string, string>>;
}

/** What the guide shows a plan to grant. */
async function readGuide(): Promise<Partial<Entitlement>[]> {
  const page = await readFile(new URL('../../../docs/guides/entitlements.md', import.meta.url), 'utf8');
  return JSON.parse(/```json\n([^]+?)```/.exec(page)![1]!) as Partial<Entitlement>[];
}

/** The operator's own tenant, which sells calls of the API. */
async function openShop(url: string): Promise<Seller> {
  const signedIn = await new ApiCaller(url).send('POST', '/auth/sign-in/email', { email, password });
  const caller = new ApiCaller(url, { cookie: cookiesOf(signedIn) });
  await caller.expect('POST', '/organizations', { name: 'Operator' });
  const meter = {
    key: 'api_call',
    name: 'Calls',
    eventType: 'api_call',
    aggregation: 'sum',
    valueProperty: 'quantity',
  };
  await eventually(async () =>
    (await caller.send('POST', '/metering/meters', meter)).status === 201 ? true : undefined,
  );
  const { id: productId } = await caller.expect('POST', '/products', { key: 'api', name: 'API' });
  const metered = { key: 'calls', name: 'Calls', productId, type: 'metered', meter: 'api_call' };
  await caller.expect('POST', '/features', metered);
  const rate = { key: 'tenant.requests_per_minute', name: 'Requests a minute', productId, type: 'limit' };
  await caller.expect('POST', '/features', rate);
  const [quota, limit] = await readGuide();
  const plans: Record<string, string> = {};
  for (const [calls, overage, perMinute] of [
    [quota!.value as string, quota!.overage, limit!.value],
    ['1000', 'deny', '1200'],
    ['2', 'allow', '600'],
  ] as const) {
    const fee = { key: 'fee', description: 'Fee', model: { model: 'flat', amount: calls, timing: 'arrears' } };
    const plan = await caller.expect('POST', '/plans', {
      key: `calls-${calls}`,
      name: `${calls} calls a day`,
      productId,
      currency: 'EUR',
      period: { unit: 'month', count: 1 },
      prices: [fee],
      entitlements: [
        { ...quota, value: calls, overage },
        { ...limit, value: perMinute },
      ],
    });
    plans[calls] = plan.id;
  }
  return { caller, plans };
}

interface Customer {
  readonly caller: ApiCaller;
  readonly accountId: string;
  readonly subscriptionId: string;
  /** Calls the operation that is sold. */
  call(): Promise<ApiAnswer>;
  /** What metering has counted for the account. */
  used(): Promise<string>;
}

/** A tenant whose account has a subscription to the plan of so many calls, once all of it is in force. */
async function subscribe(limit: string): Promise<Customer> {
  const caller = await ApiCaller.signUp(platform.url, `${newId()}@example.com`, password);
  const { tenantId } = await caller.expect('POST', '/organizations', { name: 'Customer' });
  await eventually(async () => ((await caller.send('GET', '/plans')).status === 200 ? true : undefined));
  const { caller: operator, plans } = seller;
  const account = { key: tenantId, name: 'Customer', currency: 'EUR', timeZone: 'UTC', customerTenantId: tenantId };
  const { id: accountId } = await operator.expect('POST', '/accounts', account);
  const sold = { accountId, planId: plans[limit], startsOn: new Date().toISOString().slice(0, 10) };
  const { id: subscriptionId } = await operator.expect('POST', '/subscriptions', sold);
  await eventually(async () => {
    const { data } = await operator.expect('GET', `/usage/quotas?accountId=${accountId}`);
    const { headers } = await caller.send('GET', '/plans');
    return data.length > 0 && headers.get('ratelimit-policy')?.includes('"plan"') === true ? true : undefined;
  });
  return {
    caller,
    accountId,
    subscriptionId,
    call: () => caller.send('GET', '/features'),
    used: async () => {
      const usage = await operator.expect('GET', `/usage/current?accountId=${accountId}&from=${from}`);
      return usage.data[0]?.quantity ?? '0';
    },
  };
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function listAlerts(accountId: string): Promise<(number | null)[]> {
  const { caller } = seller;
  const [state] = (await caller.expect('GET', `/usage/quotas?accountId=${accountId}`)).data;
  const { data } = await caller.expect('GET', `/metering/quotas/${state.quota.id}/alerts`);
  return data.map(({ threshold }: { threshold: number | null }) => threshold).toReversed();
}

test('a plan of three calls a day lets three pass, warns with the last, stops the fourth, and a bigger plan opens again', async () => {
  const { caller, accountId, subscriptionId, call, used } = await subscribe('3');
  const answers = [await call(), await call(), await call()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const limits = answers.map(({ headers }) => headers.get('ratelimit')!);
  expect(limits.map((header) => header.includes('"api_call"'))).toEqual([false, false, true]);
  expect(limits[2]).toMatch(/^"product";r=\d+;t=\d+, "plan";r=\d+;t=\d+, "api_call";r=0;t=\d+$/);
  expect(answers[2]!.headers.get('ratelimit-policy')).toMatch(/, "plan";q=600;w=60, "api_call";q=3$/);

  await eventually(async () => ((await used()) === '3' ? true : undefined));
  await wait(2000);
  const refused = await call();
  const midnight = `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T00:00:00.000Z`;
  expect(refused).toMatchObject({
    status: 429,
    body: {
      code: 'quota.exceeded',
      detail: `Of the quota of 3 api_call, 3 are used, and this request needs 1. It begins anew at ${midnight}.`,
      suggestion: `Change to a plan with more, or wait until ${midnight}.`,
    },
  });
  const untilMidnight = (Date.parse(midnight) - Date.now()) / 1000;
  expect(Math.abs(Number(refused.headers.get('retry-after')) - untilMidnight)).toBeLessThan(5);
  expect(refused.headers.get('ratelimit')).toMatch(/^"api_call";r=0;t=\d+$/);
  // What is not sold stays open.
  expect((await caller.send('GET', '/plans')).status).toBe(200);
  await eventually(async () => ((await listAlerts(accountId)).length === 3 ? true : undefined));
  expect(await listAlerts(accountId)).toEqual([80, 100, null]);

  const change = { planId: seller.plans['1000'], when: 'now' };
  await seller.caller.expect('POST', `/subscriptions/${subscriptionId}/change`, change, { 'if-match': '*' });
  const changedAt = Date.now();
  let passed = 3;
  await eventually(async () => {
    if ((await call()).status !== 200) return undefined;
    passed += 1;
    return true;
  });
  expect(Date.now() - changedAt).toBeLessThan(4000);
  const missing = await caller.send('GET', `/features/${newId()}`);
  expect(missing.status).toBe(404);
  passed += 1;
  await wait(1500);
  expect(await used()).toBe(String(passed));
  expect((await caller.send('GET', '/plans')).headers.get('ratelimit-policy')).toContain('"plan";q=1200');
});

test('a quota that only warns lets everything pass, and every answered call is usage', async () => {
  const { call, used } = await subscribe('2');
  const answers = await Promise.all(Array.from({ length: 40 }, call));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.filter(({ headers }) => headers.get('ratelimit')!.includes('"api_call";r=0')).length).toBe(39);
  await eventually(async () => ((await used()) === '40' ? true : undefined));
  await wait(1200);
  expect(await used()).toBe('40');
});

test('of calls that come at once no more pass than are left', async () => {
  const { call, used } = await subscribe('3');
  await call();
  await eventually(async () => ((await used()) === '1' ? true : undefined));
  await wait(2000);
  const statuses = (await Promise.all(Array.from({ length: 30 }, call))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBe(2);
  expect(statuses.filter((status) => status === 429).length).toBe(28);
  await eventually(async () => ((await used()) === '3' ? true : undefined));
});

test('calls of a tenant that nobody pays for, and of the operator, are nobody’s usage', async () => {
  const caller = await ApiCaller.signUp(platform.url, `${newId()}@example.com`, password);
  await caller.expect('POST', '/organizations', { name: 'Guest' });
  await eventually(async () => ((await caller.send('GET', '/features')).status === 200 ? true : undefined));
  for (const guest of [caller, seller.caller]) {
    const answer = await guest.send('GET', '/features');
    expect([answer.status, answer.headers.get('ratelimit')!.includes('api_call')]).toEqual([200, false]);
  }
  await wait(1500);
  expect((await seller.caller.expect('GET', '/usage/unmatched')).data).toEqual([]);
});

test('a gateway alone in its process stops at quotas and counts what the services behind it answered', async () => {
  const { caller, used } = await subscribe('3');
  const { key } = await caller.expect('POST', '/api-keys', { name: 'program', scopes: ['product:read'] });
  const environment = { ...secrets, DATABASE_URL: platform.databaseUrl.reveal(), IAM_INITIAL_ADMIN_PASSWORD: password };
  const services = await startPlatform({ services: platform.services, gateway: false, port: 0, environment, log });
  const PLINTH_SERVICE_URLS = platform.services.map((name) => `${name}=http://127.0.0.1:${services.port}`).join(',');
  const gateway = await startPlatform({
    services: [],
    gateway: true,
    port: 0,
    environment: { ...environment, PLINTH_SERVICE_URLS },
    log,
  });
  try {
    const program = new ApiCaller(gateway.url, { 'x-api-key': key });
    for (let count = 0; count < 3; count += 1) expect((await program.send('GET', '/features')).status).toBe(200);
    await eventually(async () => ((await used()) === '3' ? true : undefined));
    await wait(2200);
    expect(await program.send('GET', '/features')).toMatchObject({ status: 429, body: { code: 'quota.exceeded' } });
    await wait(1000);
    expect(await used()).toBe('3');
  } finally {
    await gateway.stop();
    await services.stop();
  }
});
