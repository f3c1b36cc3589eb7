import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@plinth/common';
import { batchHeaders, callEvents, eventually, runMainJob, type MainJobResult } from '@plinth/testing';
import { afterEach, expect, test } from 'vitest';
import { ApiCaller } from './api-caller.ts';
import { findFreePort } from '../src/composition/free-port.ts';
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

function start(parameters: readonly string[], environment: Readonly<Record<string, string>> = {}): PlatformProcess {
  const process = startPlinth(parameters, environment);
  cleanups.push(() => process.kill());
  return process;
}

async function startEmbedded(
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ url: string; plinth: PlatformProcess }> {
  const port = await findFreePort('127.0.0.1');
  const plinth = start(['up', '--data', join(directory, 'data'), '--port', String(port)], environment);
  const url = `http://localhost:${port}`;
  await plinth.ready(url);
  return { url, plinth };
}

async function assertBilled(url: string, email: string): Promise<MainJobResult<ApiCaller>> {
  const job = await runMainJob(await ApiCaller.signUp(url, email));
  expect(job.invoice).toMatchObject({
    status: 'finalized',
    currency: 'EUR',
    totalMinor: '1115',
    number: expect.stringMatching(/1$/),
  });
  const { owner } = job;
  // Running again changes nothing; repeated events count once.
  const again = await owner.expect('POST', '/usage/events', callEvents('customer-1', 250), batchHeaders);
  expect(again).toMatchObject({ accepted: 0, duplicates: 250 });
  await owner.expect('POST', '/invoices/runs', { until: '2025-02-01T00:00:00.000Z', finalize: true });
  expect((await owner.expect('GET', '/invoices')).data).toHaveLength(1);
  // The profile came by the event, and every write is in the audit trail.
  expect(
    await eventually(async () => ((await owner.send('GET', '/profiles/me')).status === 200 ? true : undefined)),
  ).toBe(true);
  const actions = ['plan.created', 'subscription.created', 'invoice.finalized'];
  await eventually(async () => {
    const found = new Set<string>(
      ((await owner.expect('GET', '/audit?limit=200')).data as { action: string }[]).map((entry) => entry.action),
    );
    return actions.every((action) => found.has(action)) ? true : undefined;
  });
  expect(await owner.expect('GET', '/audit/verification')).toMatchObject({ valid: true });
  return job;
}

test('one process does the main job, keeps everything over a restart, and Ctrl-C leaves nothing behind', async () => {
  const directory = await temporaryDirectory();
  const first = await startEmbedded(directory);
  const job = await assertBilled(first.url, 'ada@example.com');
  expect(await first.plinth.stop()).toBe(0);
  await expect(fetch(first.url)).rejects.toThrow();
  const second = await startEmbedded(directory);
  const signedIn = await new ApiCaller(second.url).send('POST', '/auth/sign-in/email', {
    email: 'ada@example.com',
    password: 'correct horse battery staple',
  });
  expect(signedIn.status).toBe(200);
  const invoice = await new ApiCaller(second.url, job.owner.headers).expect('GET', `/invoices/${job.invoice.id}`);
  expect(invoice).toEqual(job.invoice);
});

test('two processes with different services on one database do the main job together', async () => {
  const directory = await temporaryDirectory();
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
  cleanups.push(() => postgres.stop());
  const [front, back] = [await findFreePort('127.0.0.1'), await findFreePort('127.0.0.1')];
  const [frontUrl, backUrl] = [`http://localhost:${front}`, `http://localhost:${back}`];
  const runtime = new URL(postgres.url);
  runtime.username = 'plinth_runtime';
  const environment = {
    DATABASE_URL: runtime.href,
    PLINTH_PUBLIC_URL: frontUrl,
    PLINTH_INTERNAL_SECRET: 'a-secret-that-both-processes-share-0123456789',
    IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
    IAM_INITIAL_ADMIN_PASSWORD: 'first administrator password',
    PLINTH_LOG_LEVEL: 'warn',
  };
  const migration = start(['migrate', 'up'], { ...environment, DATABASE_MIGRATION_URL: postgres.url });
  expect(await new Promise((resolve) => migration.child.once('close', resolve)), migration.output()).toBe(0);
  const urls = (services: readonly string[], url: string): string => services.map((name) => `${name}=${url}`).join(',');
  const [frontServices, backServices] = [
    ['iam', 'tenant', 'account', 'product'],
    ['subscription', 'metering', 'audit'],
  ];
  const one = start(['serve', 'gateway', ...frontServices, '--port', String(front)], {
    ...environment,
    PLINTH_SERVICE_URLS: urls(backServices, backUrl),
  });
  const two = start(['serve', ...backServices, '--port', String(back)], {
    ...environment,
    PLINTH_SERVICE_URLS: urls(frontServices, frontUrl),
  });
  await Promise.all([one.ready(frontUrl), two.ready(backUrl)]);
  const job = await assertBilled(frontUrl, 'grace@example.com');

  // The gateway describes what runs behind it too.
  const reference = JSON.parse(
    await readFile(new URL('../../../docs/reference/openapi.json', import.meta.url), 'utf8'),
  ) as { paths: object };
  const document = (await (await fetch(`${frontUrl}/openapi.json`)).json()) as {
    paths: object;
    tags: { name: string }[];
  };
  expect(document.paths).toEqual(reference.paths);
  expect(document.tags.map(({ name }) => name)).toEqual([...frontServices, ...backServices].sort());

  // Nobody gets past the gateway with a caller of their own making.
  const direct = await new ApiCaller(backUrl).send('GET', '/invoices');
  expect(direct.status).toBe(401);
  // The gateway answers for a service that is gone, and the rest works on.
  await two.stop();
  expect(await job.owner.send('GET', '/invoices')).toMatchObject({
    status: 503,
    body: { code: 'service.unavailable' },
  });
  expect((await job.owner.send('GET', '/plans')).status).toBe(200);
  const readiness = await fetch(`${frontUrl}/health/ready`);
  expect([readiness.status, ((await readiness.json()) as { status: string }).status]).toEqual([200, 'degraded']);
});

test('suspension stops requests within a second, and activation lets them through again', async () => {
  const directory = await temporaryDirectory();
  const { url } = await startEmbedded(directory, { PLINTH_JOBS: 'true' });
  const { owner, tenantId } = await runMainJob(await ApiCaller.signUp(url, 'ada@example.com'));
  const password = (await readFile(join(directory, 'data', 'initial-admin-password'), 'utf8')).trim();
  const signIn = await new ApiCaller(url).send('POST', '/auth/sign-in/email', {
    email: 'admin@plinth.localhost',
    password,
  });
  const operator = new ApiCaller(url, {
    cookie: signIn.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  });
  await operator.expect('POST', `/tenants/${tenantId}/suspend`);
  const suspendedAt = Date.now();
  await eventually(async () => ((await owner.send('GET', '/plans')).status === 403 ? true : undefined), 2000);
  expect(Date.now() - suspendedAt).toBeLessThan(1000);
  expect((await owner.send('GET', '/plans')).body).toMatchObject({
    code: 'tenant.suspended',
    type: 'urn:plinth:error:tenant.suspended',
  });
  await operator.expect('POST', `/tenants/${tenantId}/activate`);
  await eventually(async () => ((await owner.send('GET', '/plans')).status === 200 ? true : undefined), 2000);
});
