import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, startEmbeddedPostgres } from '@plinth/common';
import { batchHeaders, callEvents, callPlan, eventually, runMainJob } from '@plinth/testing';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { migratePlatform, startPlatform } from '../src/index.ts';
import { ApiCaller, cookiesOf } from './api-caller.ts';
import { startPlinth, type PlatformProcess } from './platform-process.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  cleanups.push(() => rm(directory, { recursive: true, force: true, maxRetries: 20 }));
  return directory;
}

test('without its database the platform answers 503 with Retry-After, keeps nothing by halves, and returns by itself', async () => {
  const directory = await temporaryDirectory();
  const dataDirectory = join(directory, 'postgres');
  let postgres = await startEmbeddedPostgres({ dataDirectory });
  cleanups.push(() => postgres.stop());
  const environment = {
    DATABASE_URL: postgres.url,
    PLINTH_INTERNAL_SECRET: 'a-secret-of-the-platform-0123456789-abcdef',
    IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
    IAM_INITIAL_ADMIN_PASSWORD: 'first administrator password',
  };
  await migratePlatform({ environment });
  const platform = await startPlatform({ port: 0, environment, log: createLogger({ level: 'silent' }) });
  cleanups.push(() => platform.stop());
  const { owner, accountId } = await runMainJob(await ApiCaller.signUp(platform.url, 'ada@example.com'));
  const { port } = postgres;

  await postgres.stop();
  const refused = await Promise.all([
    owner.send('GET', `/accounts/${accountId}`),
    owner.send('POST', '/accounts', { key: 'lost', name: 'Lost', currency: 'EUR', timeZone: 'UTC' }),
    owner.send('POST', '/usage/events', callEvents('customer-1', 50, 1000), batchHeaders),
  ]);
  for (const answer of refused) {
    expect([answer.status, answer.headers.get('retry-after') !== null, answer.body.code]).toEqual([
      503,
      true,
      'database.unavailable',
    ]);
  }
  expect((await fetch(`${platform.url}/health/live`)).status).toBe(200);
  expect((await fetch(`${platform.url}/health/ready`)).status).toBe(503);

  postgres = await startEmbeddedPostgres({ dataDirectory, port });
  await eventually(async () => ((await owner.send('GET', `/accounts/${accountId}`)).status === 200 ? true : undefined));
  expect((await owner.expect('GET', '/accounts?key=lost')).data).toEqual([]);
  expect(await owner.expect('POST', '/usage/events', callEvents('customer-1', 50, 1000), batchHeaders)).toMatchObject({
    accepted: 50,
    duplicates: 0,
  });
  expect((await fetch(`${platform.url}/health/ready`)).status).toBe(200);
});

const customers = 40;
const eventsEach = 60;

/** Everything at once: people sign up, usage comes in, and the invoice run goes over it. What fails is counted as not answered. */
async function work(url: string, owner: ApiCaller, signedUp: Set<string>): Promise<void> {
  const quietly = (promise: Promise<unknown>): Promise<unknown> => promise.catch(() => undefined);
  const signUps = async (): Promise<void> => {
    for (let person = 0; person < 30; person += 1) {
      const email = `person-${person}@example.com`;
      if (signedUp.has(email)) continue;
      const answer = await new ApiCaller(url).send('POST', '/auth/sign-up/email', {
        name: email,
        email,
        password: 'correct horse battery staple',
      });
      if (answer.status === 200) signedUp.add(email);
    }
  };
  const ingestion = async (): Promise<void> => {
    for (let customer = 0; customer < customers; customer += 1) {
      await owner.send(
        'POST',
        '/usage/events',
        callEvents(`customer-${customer}`, eventsEach, customer * eventsEach),
        batchHeaders,
      );
    }
  };
  const runs = async (): Promise<void> => {
    for (let month = 1; month <= 12; month += 1)
      await owner.send('POST', '/invoices/runs', {
        until: new Date(Date.UTC(2024, month, 1)).toISOString(),
        finalize: true,
      });
  };
  await Promise.all([quietly(signUps()), quietly(ingestion()), quietly(runs())]);
}

async function prepare(owner: ApiCaller): Promise<void> {
  await owner.expect('POST', '/organizations', { name: 'Acme' });
  await eventually(async () =>
    (
      await owner.send('POST', '/metering/meters', {
        key: 'calls',
        name: 'Calls',
        eventType: 'call.made',
        aggregation: 'count',
      })
    ).status === 201
      ? true
      : undefined,
  );
  const product = await owner.expect('POST', '/products', { key: 'api', name: 'API' });
  const plan = await owner.expect('POST', '/plans', callPlan(product.id));
  for (let customer = 0; customer < customers; customer += 1) {
    const account = await owner.expect('POST', '/accounts', {
      key: `customer-${customer}`,
      name: 'Customer',
      currency: 'EUR',
      timeZone: 'UTC',
    });
    await owner.expect('POST', '/subscriptions', { accountId: account.id, planId: plan.id, startsOn: '2024-01-01' });
  }
}

async function listAll(owner: ApiCaller, path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor = ''; ;) {
    const page = await owner.expect('GET', `${path}?limit=200${cursor}`);
    items.push(...page.data);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${page.nextCursor}`;
  }
}

test('an embedded database that ends by itself is started again, with everything in it', async () => {
  const dataDirectory = await temporaryDirectory();
  const log = createLogger({ level: 'silent' });
  const platform = await startPlatform({ port: 0, dataDirectory, environment: {}, log });
  cleanups.push(() => platform.stop());
  const { owner, accountId } = await runMainJob(await ApiCaller.signUp(platform.url, 'ada@example.com'));

  const client = new pg.Client({ connectionString: platform.databaseUrl.reveal() });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ server: string }>(
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS server`,
  );
  process.kill(Number(rows[0]?.server), 'SIGKILL');

  await eventually(async () => ((await owner.send('GET', `/accounts/${accountId}`)).status === 503 ? true : undefined));
  await eventually(async () => ((await owner.send('GET', `/accounts/${accountId}`)).status === 200 ? true : undefined));
  expect(await owner.expect('POST', '/usage/events', callEvents('customer-1', 50, 1000), batchHeaders)).toMatchObject({
    accepted: 50,
  });
});

test('killed again and again during sign-ups, ingestion and invoice runs, it loses nothing and does nothing twice', async () => {
  const directory = await temporaryDirectory();
  const port = await findFreePort('127.0.0.1');
  const url = `http://localhost:${port}`;
  const parameters = ['up', '--data', join(directory, 'data'), '--port', String(port)];
  const start = async (): Promise<PlatformProcess> => {
    const plinth = startPlinth(parameters, { PLINTH_RATE_LIMIT_FACTOR: '1000', PLINTH_LOG_LEVEL: 'error' });
    cleanups.push(() => plinth.kill());
    await plinth.ready(url);
    return plinth;
  };
  let plinth = await start();
  const owner = await ApiCaller.signUp(url, 'owner@example.com');
  await prepare(owner);
  const signedUp = new Set<string>();
  for (const delay of [120, 350, 800]) {
    const running = work(url, owner, signedUp);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await plinth.kill();
    await running;
    plinth = await start();
  }
  await work(url, owner, signedUp);

  // Everybody who was told that they are signed up can sign in and has one profile; nobody is half there.
  for (let person = 0; person < 30; person += 1) {
    const email = `person-${person}@example.com`;
    const signIn = await new ApiCaller(url).send('POST', '/auth/sign-in/email', {
      email,
      password: 'correct horse battery staple',
    });
    expect([email, signIn.status]).toEqual([email, 200]);
    const self = new ApiCaller(url, { cookie: cookiesOf(signIn) });
    await eventually(async () => ((await self.send('GET', '/profiles/me')).status === 200 ? true : undefined));
  }
  // Each event counts once.
  const accounts = await listAll(owner, '/accounts');
  for (const account of accounts) {
    const usage = await owner.expect(
      'GET',
      `/usage?accountId=${String(account['id'])}&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z`,
    );
    expect(usage.data).toMatchObject([{ meter: 'calls', quantity: String(eventsEach) }]);
  }
  // Twelve months for each customer, numbered without a gap, each for the fee alone.
  const invoices = await listAll(owner, '/invoices');
  const numbers = invoices
    .map((invoice) => Number(/\d+$/.exec(String(invoice['number']))?.[0]))
    .sort((left, right) => left - right);
  expect(numbers).toEqual(Array.from({ length: customers * 12 }, (_, index) => index + 1));
  expect(new Set(invoices.map((invoice) => invoice['totalMinor']))).toEqual(new Set(['1000']));
  // Every one of them is in the trail, and the trail is whole.
  await eventually(async () => ((await owner.expect('GET', '/audit/verification')).valid === true ? true : undefined));
  await plinth.stop();
}, 180_000);
