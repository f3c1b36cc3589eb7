import { newId } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import { buildPrincipal, startServiceUnderTest, type ServiceUnderTest } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service } from '../index.ts';

const accounts = new Map(['a', 'b', 'c', 'd', 'e'].map((key) => [key, newId()]));
let metering: ServiceUnderTest;
let principal: Principal;
beforeAll(async () => {
  metering = await startServiceUnderTest(service, {
    contracts: {
      tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
      account: {
        resolveAccounts: async ({ keys }: { keys: string[] }) =>
          keys.flatMap((key) => (accounts.has(key) ? [{ key, accountId: accounts.get(key) }] : [])),
      },
    },
  });
  principal = buildPrincipal();
  const body = {
    key: 'eu',
    name: 'In the EU',
    eventType: 'call',
    aggregation: 'sum',
    valueProperty: 'bytes',
    filters: [{ property: 'region', operator: 'equals', values: ['eu'] }],
  };
  expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  const other = { key: 'text', name: 'Texts', eventType: '=cmd()', aggregation: 'count' };
  expect((await metering.request('POST', '/metering/meters', { principal, body: other })).status).toBe(201);
  // Two thousand and a few events, so that there are several pages.
  const events = [...accounts.keys()].flatMap((subject, place) =>
    Array.from({ length: 450 }, (_, index) => ({
      id: `${subject}-${index}`,
      subject,
      // Some at the same instant.
      time: new Date(Date.UTC(2025, 0, 31, 12) + Math.floor(index / 3) * 600_000).toISOString(),
      data: { bytes: `${place}.5`, region: index % 2 === 0 ? 'eu' : 'us' },
    })),
  );
  await send(events);
  await send([
    {
      id: '"-@',
      type: '=cmd()',
      source: '@home',
      subject: 'a',
      data: { note: '-1+1', big: -2 },
      time: '2025-06-01T00:00:00Z',
    },
  ]);
});
afterAll(() => metering.stop());

async function send(events: readonly object[]): Promise<void> {
  const body = events.map((event) => ({ specversion: '1.0', source: 'urn:test', type: 'call', ...event }));
  const headers = { 'content-type': 'application/cloudevents-batch+json' };
  expect((await metering.request('POST', '/usage/events', { principal, body, headers })).body.accepted).toBe(
    events.length,
  );
}

const exported = async (query: string, status = 200): Promise<string> => {
  const answer = await metering.request(
    'GET',
    `/usage/export?from=2025-01-01T00:00:00Z&to=2025-05-01T00:00:00Z${query}`,
    { principal },
  );
  expect(answer.status).toBe(status);
  return answer.body;
};
const linesOf = async (query: string): Promise<Record<string, unknown>[]> =>
  (await exported(query))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('exports every event once, page by page, as it was sent', async () => {
  const lines = await linesOf('');
  expect(lines).toHaveLength(5 * 450);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  expect(lines.find(({ id }) => id === 'b-3')).toMatchObject({
    accountId: accounts.get('b'),
    type: 'call',
    source: 'urn:test',
    time: '2025-01-31T12:10:00.000Z',
    data: { bytes: '1.5', region: 'us' },
  });
  expect(await linesOf(`&accountId=${accounts.get('c')}`)).toHaveLength(450);
});

test('exports only what a meter counts', async () => {
  const lines = await linesOf('&meter=eu');
  expect(lines).toHaveLength(5 * 225);
  expect(new Set(lines.map(({ data }) => (data as { region: string }).region))).toEqual(new Set(['eu']));
  expect(JSON.stringify(await exported('&meter=none', 404))).toContain('none');
});

test('exports windows of all accounts that add up to the usage, in the zone asked for', async () => {
  for (const windowSize of ['quarter_hour', 'hour', 'day', 'month']) {
    const lines = await linesOf(`&meter=eu&windowSize=${windowSize}&windowTimeZone=America/New_York`);
    expect(new Set(lines.map(({ accountId }) => accountId))).toEqual(new Set(accounts.values()));
    const total = lines.reduce((sum, { quantity }) => sum + Number(quantity), 0);
    expect(total, windowSize).toBe(225 * (0.5 + 1.5 + 2.5 + 3.5 + 4.5));
  }
  const csv = await exported(
    `&meter=eu&windowSize=month&windowTimeZone=America/New_York&format=csv&accountId=${accounts.get('b')}`,
  );
  expect(csv).toBe(
    [
      'meter,accountId,from,to,quantity',
      `eu,${accounts.get('b')},2025-01-01T05:00:00.000Z,2025-02-01T05:00:00.000Z,229.5`,
      `eu,${accounts.get('b')},2025-02-01T05:00:00.000Z,2025-03-01T05:00:00.000Z,108`,
      '',
    ].join('\r\n'),
  );
});

test('writes CSV in which no cell is a formula', async () => {
  const answer = await metering.request(
    'GET',
    '/usage/export?from=2025-06-01T00:00:00Z&to=2025-06-02T00:00:00Z&format=csv',
    { principal },
  );
  expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' });
  const [header, line] = answer.body.split('\r\n');
  expect(header).toBe('time,accountId,type,source,id,data,receivedAt');
  expect(line).toContain(`,'=cmd(),'@home,"""-@","{""note"":""-1+1"",""big"":-2}",`);
});

test('says what is wrong with a query before it begins to answer', async () => {
  const within = (from: string, to: string) =>
    metering.request('GET', `/usage/export?from=${from}&to=${to}`, { principal });
  // One instant before the other, whatever their texts say.
  expect((await within('2025-01-01T00:00:00Z', '2025-01-01T00:00:00.5Z')).status).toBe(200);
  expect(JSON.stringify((await within('2025-01-01T00:00:00.5Z', '2025-01-01T00:00:00Z')).body)).toContain('/to');
  for (const [query, path] of [
    ['&windowSize=day', '/meter'],
    ['&windowSize=day&meter=eu&windowTimeZone=Mars/Base', '/windowTimeZone'],
    ['&format=xml', '/format'],
  ])
    expect(JSON.stringify(await exported(query!, 400))).toContain(path);
});
