import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@plinth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { startPlinth, type PlatformProcess } from './platform-process.ts';

let directory: string;
let plinth: PlatformProcess;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  const port = await findFreePort('127.0.0.1');
  url = `http://localhost:${port}`;
  plinth = startPlinth(['up', '--data', join(directory, 'data'), '--port', String(port)]);
  await plinth.ready(url);
});

afterAll(async () => {
  await plinth.kill();
  await rm(directory, { recursive: true, force: true, maxRetries: 20 });
});

async function readMetrics(): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}

test('tells Prometheus about pools, outboxes, statements and failed sign-ins', async () => {
  const answer = await fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'nobody@example.com', password: 'not-the-password' }),
  });
  expect(answer.status).toBe(401);
  const failed = /^audit_records_total\{service="iam",action="sign_in\.failed"\} 1$/m;
  const text = await eventually(async () => {
    const metrics = await readMetrics();
    return failed.test(metrics) ? metrics : undefined;
  });
  expect(text).toMatch(/^pg_pool_available_connections [1-9]/m);
  for (const service of ['account', 'audit', 'iam', 'metering', 'product', 'subscription', 'tenant']) {
    expect(text).toMatch(new RegExp(`^outbox_pending_events\\{service="${service}"\\} \\d+$`, 'm'));
    expect(text).toMatch(new RegExp(`^outbox_oldest_event_age_seconds\\{service="${service}"\\} `, 'm'));
  }
  expect(text).toMatch(/^db_query_duration_seconds_count\{service="iam"\} [1-9]/m);
  expect(text).toMatch(/^plinth_build_info\{version="\d/m);
});

test('counts requests by route and never by address, and answers in the format that is asked for', async () => {
  const paths = ['/health/live', '/api/v1/plans/one', '/api/v1/plans/two', '/api/v1/nobody/knows/1'];
  for (const path of paths) await fetch(`${url}${path}`);
  const text = await eventually(async () => {
    const metrics = await readMetrics();
    return metrics.includes('route="unknown"') ? metrics : undefined;
  });
  expect(text).toMatch(
    /^http_requests_total\{service="product",method="GET",route="\/api\/v1\/plans\/:\w+",status_code="401"\} 2$/m,
  );
  expect(text).toMatch(
    /^http_requests_total\{service="platform",method="GET",route="\/health\/live",status_code="200"\} /m,
  );
  expect(text).toMatch(/^http_requests_total\{service="platform",method="GET",route="unknown",status_code="404"\} 1$/m);
  for (const part of ['nobody', 'plans/one']) expect(text).not.toContain(part);
  const formats = await Promise.all(
    ['text/plain; version=0.0.4', 'application/openmetrics-text; version=1.0.0'].map(async (accept) => {
      const answer = await fetch(`${url}/metrics`, { headers: { accept } });
      return [answer.headers.get('content-type'), (await answer.text()).endsWith('# EOF\n')];
    }),
  );
  expect(formats).toEqual([
    ['text/plain; version=0.0.4; charset=utf-8', false],
    ['application/openmetrics-text; version=1.0.0; charset=utf-8', true],
  ]);
});
