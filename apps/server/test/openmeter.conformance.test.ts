import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenMeter } from '@openmeter/sdk';
import { createLogger } from '@plinth/common';
import { runMainJob, type MainJobResult } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';

let directory: string;
let platform: Platform;
let job: MainJobResult<ApiCaller>;
let openMeter: OpenMeter;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  platform = await startPlatform({
    port: 0,
    dataDirectory: join(directory, 'data'),
    environment: {},
    log: createLogger({ level: 'silent' }),
  });
  job = await runMainJob(await ApiCaller.signUp(platform.url, 'ada@example.com'));
  const { owner } = job;
  await owner.expect('POST', '/accounts', { key: 'customer-2', name: 'Second', currency: 'EUR', timeZone: 'UTC' });
  await owner.expect('POST', '/metering/meters', {
    key: 'tokens',
    name: 'Tokens',
    eventType: 'prompt',
    aggregation: 'sum',
    valueProperty: 'tokens',
    dimensions: ['model'],
  });
  const scopes = ['usage:write', 'usage:read', 'meter:read'];
  const { key } = await owner.expect('POST', '/api-keys', { name: 'metering client', scopes });
  openMeter = new OpenMeter({ baseUrl: `${platform.url}/api/v1/metering/openmeter`, apiKey: key });
}, 60_000);

afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

const prompt = (id: string, changes: object = {}) => ({
  id,
  source: 'assistant',
  type: 'prompt',
  subject: 'customer-1',
  time: new Date('2025-03-01T10:05:00Z'),
  data: { tokens: '10', model: 'small' },
  ...changes,
});

test('the client sends events, one or many, and each counts once', async () => {
  await openMeter.events.ingest(prompt('1'));
  await openMeter.events.ingest([
    prompt('1'),
    prompt('2', { data: { tokens: 5, model: 'large' } }),
    prompt('3', { subject: 'customer-2', time: new Date('2025-03-02T00:00:00Z') }),
  ]);
  const usage = await openMeter.meters.query('tokens');
  expect(usage.data).toMatchObject([{ value: 25, subject: null, groupBy: {} }]);
  // Without an id and a time of its own.
  await openMeter.events.ingest({ type: 'prompt', subject: 'customer-2', data: { tokens: 0.5, model: 'small' } });
  expect((await openMeter.meters.query('tokens')).data[0]?.value).toBe(25.5);
});

test('the client queries by window, subject and group', async () => {
  const march = { from: new Date('2025-03-01T00:00:00Z'), to: new Date('2025-03-03T00:00:00Z') };
  const daily = await openMeter.meters.query('tokens', { ...march, windowSize: 'DAY', groupBy: ['subject'] });
  expect(daily).toMatchObject({ ...march, windowSize: 'DAY' });
  expect(daily.data).toMatchObject([
    {
      value: 15,
      subject: 'customer-1',
      customerId: job.accountId,
      windowStart: new Date('2025-03-01T00:00:00Z'),
      windowEnd: new Date('2025-03-02T00:00:00Z'),
    },
    { value: 10, subject: 'customer-2' },
  ]);
  const byModel = await openMeter.meters.query('tokens', { ...march, groupBy: ['model'], subject: ['customer-1'] });
  expect(new Map(byModel.data.map(({ groupBy, value }) => [groupBy['model'], value]))).toEqual(
    new Map([
      ['small', 10],
      ['large', 5],
    ]),
  );
  const small = await openMeter.meters.query('tokens', { ...march, filterGroupBy: { model: 'small' } });
  expect(small.data).toMatchObject([{ value: 20 }]);
  expect((await openMeter.meters.query('tokens', { ...march, subject: ['nobody'] })).data).toEqual([]);
});

test('the client lists meters as it knows them', async () => {
  expect(await openMeter.meters.list()).toMatchObject([
    { slug: 'calls', aggregation: 'COUNT', eventType: 'call.made', groupBy: {} },
    { slug: 'tokens', aggregation: 'SUM', valueProperty: '$.tokens', groupBy: { model: '$.model' } },
  ]);
  const meter = await openMeter.meters.get('tokens');
  expect(meter).toMatchObject({ name: 'Tokens', createdAt: expect.any(Date) });
  expect((await openMeter.meters.query(meter!.id)).data).toHaveLength(1);
});

test('the client asks what an account may still use', async () => {
  await job.owner.expect('POST', '/metering/quotas', {
    accountId: job.accountId,
    meter: 'tokens',
    limit: '20',
    reset: 'never',
    overage: 'deny',
  });
  const value = { hasAccess: true, balance: 5, usage: 15, overage: 0, totalAvailableGrantAmount: 20 };
  expect(await openMeter.entitlementsV1.value('customer-1', 'tokens')).toEqual(value);
  expect(await openMeter.customers.entitlementsV1.value(job.accountId, 'tokens')).toEqual(value);
  await openMeter.events.ingest(prompt('4', { data: { tokens: 6 } }));
  expect(await openMeter.customers.entitlements.value('customer-1', 'tokens')).toEqual({
    hasAccess: false,
    balance: 0,
    usage: 21,
    overage: 1,
    totalAvailableGrantAmount: 20,
  });
});

test('the client is told what is wrong in the way that it understands', async () => {
  await expect(openMeter.events.ingest([prompt('5', { data: { tokens: 'many' } }), prompt('6')])).rejects.toMatchObject(
    {
      name: 'HTTPError',
      status: 400,
    },
  );
  expect((await openMeter.meters.query('tokens', { subject: ['customer-1'] })).data).toMatchObject([{ value: 31 }]);
  await expect(openMeter.meters.query('none')).rejects.toMatchObject({ status: 404 });
  await expect(openMeter.meters.query('tokens', { windowSize: 'MINUTE' })).rejects.toMatchObject({ status: 400 });
  await expect(openMeter.entitlementsV1.value('customer-2', 'tokens')).rejects.toMatchObject({ status: 404 });
  const stranger = new OpenMeter({ baseUrl: openMeter.config.baseUrl!, apiKey: 'plk_wrong' });
  await expect(stranger.meters.list()).rejects.toMatchObject({ status: 401 });
});
