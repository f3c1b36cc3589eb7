import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { eventually } from './api-caller.ts';
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
