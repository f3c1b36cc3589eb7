import type { Pool } from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';
import { PlatformMetrics } from './platform-metrics.ts';

const log = pino({ level: 'silent' });

function poolWith(query: (text: string) => Promise<unknown>): Pool {
  const client = { query, release: () => {} };
  return {
    options: { max: 10 },
    totalCount: 7,
    idleCount: 2,
    waitingCount: 3,
    connect: async () => client,
  } as unknown as Pool;
}

test('tells how full pool and outbox are, and counts events, audit records, jobs and statements', async () => {
  const metrics = new Metrics();
  const pool = poolWith(async (text) => ({ rows: text.includes('iam.outbox') ? [{ pending: 4, oldest: 2.5 }] : [] }));
  const platform = new PlatformMetrics(metrics, {
    pool,
    log,
    version: '1.2.3',
    services: [{ name: 'iam', schema: 'iam', role: 'r' }],
  });
  const envelope = { data: { action: 'sign_in.failed' } } as never;
  platform.countPublished('iam', [
    { type: 'audit.recorded', envelope },
    { type: 'identity.created', envelope: { data: {} } as never },
  ]);
  platform.countJob('iam.sweep', 'failed');
  platform.recordQuery('iam', 0.2);
  const lines = new Set((await metrics.render()).text.split('\n'));
  for (const line of [
    'plinth_build_info{version="1.2.3"} 1',
    'pg_pool_max_connections 10',
    'pg_pool_available_connections 5',
    'pg_pool_waiting_requests 3',
    'outbox_pending_events{service="iam"} 4',
    'outbox_oldest_event_age_seconds{service="iam"} 2.5',
    'events_published_total{service="iam",type="audit.recorded"} 1',
    'events_published_total{service="iam",type="identity.created"} 1',
    'audit_records_total{service="iam",action="sign_in.failed"} 1',
    'job_runs_total{name="iam.sweep",outcome="failed"} 1',
    'db_query_duration_seconds_bucket{service="iam",le="0.25"} 1',
  ])
    expect(lines).toContain(line);
});

test('renders everything else when the database cannot be asked', async () => {
  const metrics = new Metrics();
  const pool = poolWith(() => Promise.reject(new Error('gone')));
  new PlatformMetrics(metrics, { pool, log, version: '1.2.3', services: [{ name: 'iam', schema: 'iam', role: 'r' }] });
  const { text } = await metrics.render();
  expect(text).toContain('pg_pool_available_connections 5');
  expect(text).not.toContain('outbox_pending_events{');
});
