import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Metrics } from '@plinth/common';
import { findFreePort, requirePeers, startPeer, type RunningPeer } from '@plinth/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fillTemplate } from '../src/catalogue/template.ts';
import { findEntry } from '../src/description/component-index.ts';
import { buildInput } from '../src/render/observability/observability.builders.ts';
import { renderObservability } from '../src/render/observability/observability.ts';

const peers = requirePeers('prometheus');
const traceId = '0af7651916cd43dd8448eb211c80319c';
const route = '/api/v1/plans/:planId';

interface Series {
  readonly metric: Readonly<Record<string, string>>;
}

interface Exemplars {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: string }[];
}

describe.skipIf(peers.skip)('a real Prometheus, as the catalogue starts it and with the rendered files', () => {
  const metrics = new Metrics();
  const accepted: string[] = [];
  let folder: string;
  let service: Server;
  let prometheus: RunningPeer;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-prometheus-'));
    service = createServer((request, response) => {
      accepted.push(request.headers.accept ?? '');
      void metrics.render(request.headers.accept).then(({ contentType, text }) => {
        response.setHeader('content-type', contentType).end(text);
      });
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const target = `127.0.0.1:${(service.address() as AddressInfo).port}`;
    await writeConfiguration(folder, target);
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    prometheus = await startPeer(peers.paths.prometheus, argumentsFor(folder, port), {
      waitFor: { url: `${url}/-/ready` },
    });
  }, 120_000);

  afterAll(async () => {
    await prometheus?.stop();
    service?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask<Data>(path: string, parameters: Readonly<Record<string, string>>): Promise<Data> {
    const answer = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    return ((await answer.json()) as { readonly data: Data }).data;
  }

  test('keeps requests by route, and the traces that are shown with them', async () => {
    const request = { service: 'iam', method: 'GET', route, status: 200 };
    const query = `route:http_request_duration_seconds:p95_rate5m{service="iam",route="${route}"}`;
    await vi.waitFor(
      async () => {
        metrics.requests.record(request, 0.3, traceId);
        metrics.requests.record({ ...request, status: 500 }, 0.2);
        const { result } = await ask<{ readonly result: readonly Series[] }>('query', { query });
        expect(result.map(({ metric }) => metric['method'])).toEqual(['GET']);
      },
      { timeout: 30_000, interval: 500 },
    );
    const found = await ask<readonly Exemplars[]>('query_exemplars', {
      query: 'http_request_duration_seconds_bucket',
      start: String(Date.now() / 1000 - 60),
      end: String(Date.now() / 1000 + 60),
    });
    expect(found.map(({ seriesLabels: { route: of, status_code: status, le } }) => [of, status, le])).toEqual([
      [route, '200', '0.5'],
    ]);
    expect(found[0]?.exemplars[0]).toMatchObject({ labels: { trace_id: traceId }, value: '0.3' });
    expect(accepted.at(-1)).toContain('application/openmetrics-text');
  }, 60_000);

  test('counts what fails by route', async () => {
    const query = `route:http_errors:ratio_rate5m{service="iam",route="${route}"} > 0.05`;
    await vi.waitFor(
      async () =>
        expect((await ask<{ readonly result: readonly Series[] }>('query', { query })).result).toHaveLength(1),
      { timeout: 30_000, interval: 500 },
    );
  }, 60_000);
});

/** The rendered files, with one service at the address of this process, asked every second. */
async function writeConfiguration(folder: string, target: string): Promise<void> {
  for (const { path, content } of renderObservability(buildInput(['iam'], { prometheus: 9090 }))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const changed = content
      .replace('scrape_timeout: 10s', 'scrape_timeout: 1s')
      .replaceAll('_interval: 15s', '_interval: 1s')
      .replaceAll('iam:3000', target);
    await writeFile(join(folder, path), changed);
  }
}

/** The arguments of the catalogue, with paths and the port of this run. */
function argumentsFor(folder: string, port: number): string[] {
  const entry = findEntry('prometheus');
  if (entry === undefined) throw new Error('the catalogue has no Prometheus');
  const scope = Object.fromEntries(
    Object.entries(entry.settings).map(([name, setting]) => [`settings.${name}`, String(setting.default)]),
  );
  const given = (entry.containers[0]?.arguments ?? []).map((argument) =>
    fillTemplate(argument, scope)
      .replace('=/etc/prometheus/', `=${folder}/prometheus/`)
      .replace('=/prometheus', `=${folder}/data`),
  );
  return [...given, `--web.listen-address=127.0.0.1:${port}`];
}
