import { createLogger } from '@plinth/common';
import { eventually, requirePeers } from '@plinth/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startPlatform, type Platform } from '../src/index.ts';
import { EdgeBrowser } from './edge-browser.ts';
import { GatewayStores } from './gateway-stores.ts';

const peers = requirePeers('redis-server');
const api = 'http://api.localhost';
const shop = 'http://shop.localhost';
const email = 'ada@example.com';
const password = 'correct horse battery staple';
const applications = [{ host: 'shop.localhost', query: 'application=shop&limit=1000' }];

let stores: GatewayStores;
const cleanups: (() => Promise<unknown>)[] = [];

describe.skipIf(peers.skip)('sessions of browsers at several gateways', () => {
  beforeAll(async () => {
    stores = await GatewayStores.start(peers.paths['redis-server']);
  }, 60_000);
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    await stores?.stopRedis();
  });
  afterAll(() => stores?.stop());

  function environment(): Record<string, string> {
    return {
      ...stores.environment(),
      PLINTH_PUBLIC_URL: api,
      PLINTH_TRUSTED_PROXIES: 'loopback',
      PLINTH_SIGN_IN_ORIGINS: shop,
      IAM_WEB_REDIRECT_URIS: `${shop}/edge/callback`,
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
    await stores.startRedis();
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
    await stores.startRedis();
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
    await stores.startRedis();
    const gateway = await startGateway('refuse');
    const browser = new EdgeBrowser(gateway.port, applications);
    await signIn(browser);
    const client = new Redis(stores.redisPort, '127.0.0.1');
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
    const peer = await stores.startRedis();
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
    const peer = await stores.startRedis();
    const lines: string[] = [];
    const gateway = await startGateway('alone', lines);
    const browser = new EdgeBrowser(gateway.port, applications);
    await signIn(browser);
    await peer.stop();
    await eventually(async () => ((await browser.open(`${shop}/things`)).status === 302 ? true : undefined));
    browser.forget('shop.localhost');
    expect((await browser.visit(`${shop}/things`)).answer.status).toBe(204);
    expect(lines.some((line) => line.includes('sessions of browsers are not shared'))).toBe(true);
    await stores.startRedis();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    // Who signed in meanwhile is still signed in.
    expect((await browser.open(`${shop}/things`)).status).toBe(204);
  }, 60_000);
});
