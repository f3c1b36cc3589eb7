import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, startEmbeddedPostgres, type Clock, type EmbeddedPostgres } from '@plinth/common';
import type { Principal } from '@plinth/contracts';
import {
  buildPrincipal,
  findFreePort,
  requirePeers,
  runPeer,
  startPeer,
  startServiceUnderTest,
  type RunningPeer,
  type ServiceUnderTest,
} from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../index.ts';

const peers = requirePeers('prometheus', 'promtool');
const start = Date.UTC(2026, 2, 1);
const stepMs = 300_000;
const days = 4;

/** Counters that grow by so much every five minutes; one of them starts again at noon of the second day. */
const counters = [
  { labels: 'accountId="acme",job="api",route="a"', growth: 1 },
  { labels: 'accountId="acme",job="api",route="b"', growth: 2, restartsAt: start + 36 * 3_600_000 },
  { labels: 'accountId="acme",job="other",route="a"', growth: 50 },
  { labels: 'accountId="beta",job="api",route="a"', growth: 3 },
  { labels: 'accountId="stranger",job="api",route="a"', growth: 1 },
  { labels: 'job="api",route="health"', growth: 9 },
];

function renderOpenMetrics(): string {
  const lines = ['# TYPE http_requests counter'];
  for (const { labels, growth, restartsAt } of counters) {
    let value = 1000;
    for (let time = start; time <= start + days * 86_400_000; time += stepMs) {
      value = time === restartsAt ? growth : value + growth;
      lines.push(`http_requests_total{${labels}} ${value} ${time / 1000}`);
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

describe.skipIf(peers.skip)('usage from a real Prometheus', () => {
  let now = new Date(start + 86_400_000 + 2 * 3_600_000);
  const clock: Clock = { now: () => (now = new Date(now.getTime() + 1)) };
  const accounts = new Map([
    ['acme', newId()],
    ['beta', newId()],
  ]);
  let folder: string;
  let postgres: EmbeddedPostgres;
  let prometheus: RunningPeer;
  let metering: ServiceUnderTest;
  let principal: Principal;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-backfill-'));
    await chmod(folder, 0o755);
    const data = join(folder, 'data');
    await mkdir(data);
    await writeFile(join(folder, 'metrics.om'), renderOpenMetrics());
    await writeFile(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
    const made = await runPeer(peers.paths.promtool, [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      join(folder, 'metrics.om'),
      data,
    ]);
    expect(made).toMatchObject({ code: 0 });
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    prometheus = await startPeer(
      peers.paths.prometheus,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { waitFor: { url: `${url}/-/ready` } },
    );
    postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
    metering = await startServiceUnderTest(service, {
      clock,
      postgresUrl: postgres.url,
      environment: { METERING_PROMETHEUS_URL: `${url}/` },
      contracts: {
        tenant: { findClock: async () => ({ sandbox: false, testClock: null }) },
        account: {
          resolveAccounts: async ({ keys }: { keys: string[] }) =>
            keys.flatMap((key) => (accounts.has(key) ? [{ key, accountId: accounts.get(key) }] : [])),
        },
      },
    });
    principal = buildPrincipal({ roles: ['platform_admin'] });
    const body = { key: 'calls', name: 'Calls', eventType: 'call', aggregation: 'sum', valueProperty: 'quantity' };
    expect((await metering.request('POST', '/metering/meters', { principal, body })).status).toBe(201);
  }, 120_000);

  afterAll(async () => {
    await metering?.stop();
    await postgres?.stop();
    await prometheus?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  });

  const create = (changes: object = {}) =>
    metering.request('POST', `/metering/tenants/${principal.tenant}/backfill-sources`, {
      principal,
      headers: { 'idempotency-key': newId() },
      body: {
        name: 'api',
        meter: 'calls',
        selector: 'http_requests_total{job="api"}',
        accountLabel: 'accountId',
        ...changes,
      },
    });
  const runJob = (): Promise<void> => metering.instance.jobs!.find(({ name }) => name === 'metering.backfill')!.run({});

  async function meter(subject: string, quantity: string, time: string): Promise<void> {
    const body = {
      specversion: '1.0',
      id: newId(),
      source: 'urn:test',
      type: 'call',
      subject,
      time,
      data: { quantity },
    };
    const headers = { 'content-type': 'application/cloudevents+json' };
    expect((await metering.request('POST', '/usage/events', { principal, body, headers })).body.accepted).toBe(1);
  }

  async function calls(account: string, day: number): Promise<string> {
    const [from, to] = [day, day + 1].map((offset) => new Date(start + offset * 86_400_000).toISOString());
    const path = `/usage?accountId=${accounts.get(account)}&from=${from}&to=${to}`;
    return (await metering.request('GET', path, { principal })).body.data[0].quantity;
  }

  test('fills what was not metered, day by day, and catches up on days that were missed', async () => {
    await meter('acme', '100', '2026-03-01T10:00:00Z');
    await meter('beta', '900', '2026-03-01T10:00:00Z');
    const { body: source } = await create();
    expect(source).toMatchObject({ nextDay: '2026-03-01', digits: 0 });
    await runJob();
    expect([await calls('acme', 0), await calls('beta', 0)]).toEqual(['864', '900']);

    now = new Date(start + 3 * 86_400_000 + 2 * 3_600_000);
    await runJob();
    for (const day of [1, 2]) expect([await calls('acme', day), await calls('beta', day)]).toEqual(['864', '864']);
    const path = `/metering/tenants/${principal.tenant}/backfill-sources/${source.id}/days`;
    expect((await metering.request('GET', path, { principal })).body.data).toMatchObject([
      { day: '2026-03-03', accounts: 3, measured: '2016', missingAccounts: 3, missing: '2016' },
      { day: '2026-03-02' },
      { day: '2026-03-01', accounts: 3, measured: '2016', missingAccounts: 2, missing: '1052' },
    ]);
    // An account that does not exist yet is kept until it does.
    expect((await metering.request('GET', '/usage/unmatched', { principal })).body.data).toMatchObject([{ count: 3 }]);
  });

  test('changes nothing when days are filled again, also by a source that was killed before it could remember them', async () => {
    const [source] = (
      await metering.request('GET', `/metering/tenants/${principal.tenant}/backfill-sources`, { principal })
    ).body.data;
    const path = `/metering/tenants/${principal.tenant}/backfill-sources/${source.id}/days`;
    const again = await metering.request('POST', path, { principal, body: { day: '2026-03-02' } });
    expect(again).toMatchObject({ status: 200, body: { missingAccounts: 1, measured: '2016' } });
    await metering.database.transaction(principal.tenant, (transaction) =>
      transaction.execute(`UPDATE metering.backfill_sources SET next_day = '2026-03-01'`),
    );
    await runJob();
    for (const day of [1, 2]) expect([await calls('acme', day), await calls('beta', day)]).toEqual(['864', '864']);
    expect([await calls('acme', 0), await calls('beta', 0)]).toEqual(['864', '900']);
    const future = await metering.request('POST', path, { principal, body: { day: '2026-03-04' } });
    expect([future.status, future.body.code]).toEqual([409, 'backfill.day_not_fillable']);
  });

  test('says what is wrong with a source, and goes on with the others', async () => {
    expect((await create()).body.code).toBe('resource.already_exists');
    expect((await create({ name: 'x', meter: 'none' })).body.errors).toMatchObject([{ path: '/meter' }]);
    expect((await create({ name: 'x', selector: 'up[5m]) or vector(1' })).body.errors).toMatchObject([
      { path: '/selector' },
    ]);
    const { body: broken } = await create({ name: 'broken', selector: 'up{job=api}', startsOn: '2026-03-02' });
    now = new Date(start + 4 * 86_400_000 + 2 * 3_600_000);
    await runJob();
    expect(await calls('acme', 3)).toBe('864');
    const listed = (
      await metering.request('GET', `/metering/tenants/${principal.tenant}/backfill-sources`, { principal })
    ).body.data;
    expect(listed).toMatchObject([
      { name: 'api', nextDay: '2026-03-05', lastError: null },
      { name: 'broken', nextDay: '2026-03-02', lastError: expect.stringContaining('parse error') },
    ]);
    const deleted = await metering.request(
      'DELETE',
      `/metering/tenants/${principal.tenant}/backfill-sources/${broken.id}`,
      { principal },
    );
    expect(deleted.status).toBe(204);
  });

  test('is for those who run the platform', async () => {
    const admin = { ...principal, roles: ['org_admin'] };
    const { tenant: _, ...operator } = principal;
    expect(
      (await metering.request('GET', `/metering/tenants/${principal.tenant}/backfill-sources`, { principal: admin }))
        .status,
    ).toBe(403);
    const path = `/metering/tenants/${principal.tenant}/backfill-sources`;
    expect((await metering.request('GET', path, { principal: operator })).body.data).toHaveLength(1);
  });
});
