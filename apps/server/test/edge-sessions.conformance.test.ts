import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, startEmbeddedPostgres, type EmbeddedPostgres } from '@plinth/common';
import { eventually, requirePeers, startPeer, type RunningPeer } from '@plinth/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { migratePlatform, startPlatform, type Platform } from '../src/index.ts';
import { EdgeBrowser } from './edge-browser.ts';

const peers = requirePeers('redis-server');
const api = 'http://api.localhost';
const shop = 'http://shop.localhost';
const email = 'ada@example.com';
const password = 'correct horse battery staple';
const applications = [{ host: 'shop.localhost', query: 'application=shop&limit=1000' }];

let directory: string;
let postgres: EmbeddedPostgres;
let port: number;
let redis: RunningPeer | undefined;
const cleanups: (() => Promise<unknown>)[] = [];

async function startRedis(): Promise<RunningPeer> {
  const parameters = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  redis = await startPeer(peers.paths['redis-server'], [...parameters, '--dir', directory], { waitFor: { port } });
  return redis;
}

describe.skipIf(peers.skip)('sessions of browsers at several gateways', () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plinth-edge-sessions-'));
    await chmod(directory, 0o755);
    port = await findFreePort('127.0.0.1');
    postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
    await migratePlatform({ environment: environment() });
  }, 60_000);
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    await redis?.stop();
  });
  afterAll(async () => {
    await postgres?.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  });

  function environment(): Record<string, string> {
    const runtime = new URL(postgres.url);
    runtime.username = 'plinth_runtime';
    return {
      DATABASE_URL: runtime.href,
      DATABASE_MIGRATION_URL: postgres.url,
      DATABASE_POOL_MAX: '10',
      REDIS_URL: `redis://127.0.0.1:${port}`,
      PLINTH_PUBLIC_URL: api,
      PLINTH_INTERNAL_SECRET: 'a-secret-that-both-processes-share-0123456789',
      PLINTH_TRUSTED_PROXIES: 'loopback',
      PLINTH_SIGN_IN_ORIGINS: shop,
      PLINTH_JOBS: 'false',
      IAM_WEB_REDIRECT_URIS: `${shop}/edge/callback`,
      IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
      IAM_INITIAL_ADMIN_PASSWORD: 'first administrator password',
    };
  }

  async function startGateway(fallback: 'refuse' | 'alone', lines: string[] = []): Promise<Platform> {
    const log = createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } });
    const platform = await startPlatform({
      port: 0,
      environment: { ...environment(), PLINTH_SIGN_IN_FALLBACK: fallback },
      log,
    });
    cleanups.push(() => platform.stop());
    return platform;
  }

  /** Signs in at the provider, and by it at the application. */
  async function signIn(browser: EdgeBrowser): Promise<void> {
    const known = await browser.post(`${api}/api/v1/auth/sign-in/email`, { email, password });
    if (known.status !== 200) {
      const made = await browser.post(`${api}/api/v1/auth/sign-up/email`, { name: 'Ada', email, password });
      expect(made.status).toBe(200);
    }
    expect((await browser.visit(`${shop}/things`)).answer.status).toBe(204);
  }

  test('a browser is signed in at every gateway, and signed out at every one within a second', async () => {
    await startRedis();
    const [first, second] = [await startGateway('refuse'), await startGateway('refuse')];
    const browser = new EdgeBrowser(first.port, applications);
    await signIn(browser);
    const elsewhere = browser.at(second.port);
    expect((await elsewhere.open(`${shop}/things`)).status).toBe(204);
    const kept = new EdgeBrowser(second.port, applications);
    for (const [name, value] of browser.cookiesOf('shop.localhost')) kept.setCookie('shop.localhost', name, value);
    expect((await kept.open(`${shop}/things`)).status).toBe(204);
    await browser.open(`${shop}/edge/sign-out`);
    const ended = Date.now();
    await eventually(async () => ((await kept.open(`${shop}/things`)).status === 302 ? true : undefined));
    expect(Date.now() - ended).toBeLessThan(1000);
  }, 60_000);

  test('replay: an answer of the provider counts at one gateway only', async () => {
    await startRedis();
    const [first, second] = [await startGateway('refuse'), await startGateway('refuse')];
    const browser = new EdgeBrowser(first.port, applications);
    await signIn(browser);
    browser.forget('shop.localhost');
    const { url } = await browser.visit(`${shop}/`, /\/edge\/callback/);
    const attempt = new EdgeBrowser(second.port, applications);
    for (const [name, value] of browser.cookiesOf('shop.localhost')) attempt.setCookie('shop.localhost', name, value);
    expect((await browser.open(url.href)).status).toBe(302);
    const again = await attempt.open(url.href);
    expect([again.status, again.text.includes('used before')]).toEqual([400, true]);
  }, 60_000);

  test('who can read the store learns neither keys nor tokens', async () => {
    await startRedis();
    const gateway = await startGateway('refuse');
    const browser = new EdgeBrowser(gateway.port, applications);
    await signIn(browser);
    const client = new Redis(port, '127.0.0.1');
    const keys = await client.keys('plinth:edge:session:*');
    const value = (await client.get(keys[0] ?? '')) ?? '';
    const left = await client.pttl(keys[0] ?? '');
    client.disconnect();
    expect(keys).toHaveLength(1);
    const text = Buffer.from(value, 'base64').toString('latin1');
    const [key = ''] = (browser.cookiesOf('shop.localhost').get('plinth.edge_session') ?? '').split('.');
    expect(key).toHaveLength(43);
    expect([keys.join().includes(key), text.includes('accessToken'), text.includes('eyJ')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(left).toBeGreaterThan(30 * 60_000);
    expect(left).toBeLessThan(46 * 60_000);
  }, 60_000);

  test('refuses browsers while the store is away, if that is asked for, and knows them again when it is back', async () => {
    const peer = await startRedis();
    const lines: string[] = [];
    const gateway = await startGateway('refuse', lines);
    const browser = new EdgeBrowser(gateway.port, applications);
    await signIn(browser);
    process.kill(peer.pid, 'SIGSTOP');
    const refused = await eventually(async () => {
      const answer = await browser.open(`${shop}/things`);
      return answer.status === 503 ? answer : undefined;
    });
    expect([refused.body.code, refused.values('location')]).toEqual(['service.unavailable', []]);
    process.kill(peer.pid, 'SIGCONT');
    await eventually(async () => ((await browser.open(`${shop}/things`)).status === 204 ? true : undefined));
    expect(lines.filter((line) => line.includes('sessions of browsers are not shared'))).toHaveLength(1);
  }, 60_000);

  test('has browsers sign in again with one gateway while the store is away, if that is asked for', async () => {
    const peer = await startRedis();
    const lines: string[] = [];
    const gateway = await startGateway('alone', lines);
    const browser = new EdgeBrowser(gateway.port, applications);
    await signIn(browser);
    await peer.stop();
    await eventually(async () => ((await browser.open(`${shop}/things`)).status === 302 ? true : undefined));
    browser.forget('shop.localhost');
    expect((await browser.visit(`${shop}/things`)).answer.status).toBe(204);
    expect(lines.some((line) => line.includes('sessions of browsers are not shared'))).toBe(true);
    await startRedis();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    // Who signed in meanwhile is still signed in.
    expect((await browser.open(`${shop}/things`)).status).toBe(204);
  }, 60_000);
});
