import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@plinth/common';
import { eventually } from '@plinth/testing';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { migratePlatform } from '../src/index.ts';
import { ApiCaller } from './api-caller.ts';
import { startPlinth, type PlatformProcess } from './platform-process.ts';

const program = fileURLToPath(new URL('usage-process.ts', import.meta.url));
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Emitter {
  readonly url: string;
  kill(): Promise<void>;
}

async function startEmitter(database: string, directory: string, tenantId: string): Promise<Emitter> {
  const port = await findFreePort('127.0.0.1');
  const child: ChildProcess = spawn(process.execPath, [program, database, directory, tenantId, String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  cleanups.push(kill);
  const url = `http://127.0.0.1:${port}`;
  await eventually(() =>
    fetch(`${url}/probe-0`, { method: 'POST' }).then(
      (answer) => answer.ok || undefined,
      () => undefined,
    ),
  );
  return { url, kill };
}

/** Sends requests until the process is gone; keeps the ids of those that were answered. */
async function sendRequests(url: string, round: number, answered: Set<string>): Promise<void> {
  const send = async (worker: number): Promise<void> => {
    for (let index = 0; index < 100_000; index += 1) {
      const id = `round-${round}-${worker}-${index}`;
      const status = await fetch(`${url}/${id}`, { method: 'POST' }).then(
        (answer) => answer.status,
        () => undefined,
      );
      if (status === undefined) return;
      if (status === 204) answered.add(id);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => send(worker)));
}

async function readStored(database: string): Promise<{ ids: string[] }> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM metering.events WHERE source = '/services/shop'`);
  await client.end();
  return { ids: rows.map(({ id }) => id) };
}

async function prepareTenant(url: string): Promise<{ owner: ApiCaller; tenantId: string; accountId: string }> {
  const owner = await ApiCaller.signUp(url, 'owner@example.com');
  const { tenantId } = await owner.expect('POST', '/organizations', { name: 'Acme' });
  const meter = {
    key: 'orders',
    name: 'Orders',
    eventType: 'order.placed',
    aggregation: 'sum',
    valueProperty: 'quantity',
  };
  await eventually(async () =>
    (await owner.send('POST', '/metering/meters', meter)).status === 201 ? true : undefined,
  );
  const account = { key: 'customer-1', name: 'Customer', currency: 'EUR', timeZone: 'UTC' };
  return { owner, tenantId, accountId: (await owner.expect('POST', '/accounts', account)).id };
}

test('every request that was answered is counted once, however often the emitting and the counting process are killed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plinth-e2e-'));
  await chmod(directory, 0o755);
  cleanups.push(() => rm(directory, { recursive: true, force: true, maxRetries: 20 }));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
  cleanups.push(() => postgres.stop());
  const environment = {
    DATABASE_URL: postgres.url,
    PLINTH_INTERNAL_SECRET: 'a-secret-of-the-platform-0123456789-abcdef',
    IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
    IAM_INITIAL_ADMIN_PASSWORD: 'first administrator password',
    IAM_SELF_REGISTRATION: 'true',
    IAM_EMAIL_VERIFICATION: 'optional',
    PLINTH_RATE_LIMIT_FACTOR: '1000',
    PLINTH_LOG_LEVEL: 'error',
  };
  await migratePlatform({ environment });
  const port = await findFreePort('127.0.0.1');
  const url = `http://localhost:${port}`;
  const startCounting = async (): Promise<PlatformProcess> => {
    const plinth = startPlinth(['serve', 'all', '--port', String(port), '--host', '127.0.0.1'], environment);
    cleanups.push(() => plinth.kill());
    await plinth.ready(url);
    return plinth;
  };
  let plinth = await startCounting();
  const { owner, tenantId, accountId } = await prepareTenant(url);

  const answered = new Set<string>();
  for (let round = 0; round < 6; round += 1) {
    const emitter = await startEmitter(postgres.url, join(directory, 'usage'), tenantId);
    const sending = sendRequests(emitter.url, round, answered);
    await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 600));
    if (round % 2 === 1) await plinth.kill();
    await emitter.kill();
    await sending;
    if (round % 2 === 1) plinth = await startCounting();
  }
  // What a killed process kept on disk is written by the next one.
  await startEmitter(postgres.url, join(directory, 'usage'), tenantId);

  expect(answered.size).toBeGreaterThan(100);
  const { ids } = await eventually(async () => {
    const stored = await readStored(postgres.url);
    return [...answered].every((id) => stored.ids.includes(id)) ? stored : undefined;
  }, 60_000);
  expect(new Set(ids).size).toBe(ids.length);
  const from = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  const usage = await owner.expect('GET', `/usage/current?accountId=${accountId}&from=${from}`);
  expect(usage.data).toMatchObject([{ meter: 'orders', quantity: String(ids.length) }]);
}, 180_000);
