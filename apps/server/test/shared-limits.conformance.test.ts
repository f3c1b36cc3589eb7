import { createLogger, Secret } from '@plinth/common';
import { requirePeers } from '@plinth/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SharedRateLimiter, type RateLimitFallback } from '../src/gateway/shared-rate-limiter.ts';
import { SharedStore } from '../src/gateway/shared-store.ts';
import { startPlatform, type Platform } from '../src/index.ts';
import { GatewayStores } from './gateway-stores.ts';

const peers = requirePeers('redis-server');
const limit = 5;
let stores: GatewayStores;
const cleanups: (() => Promise<unknown>)[] = [];

describe.skipIf(peers.skip)('shared limits', () => {
  beforeAll(async () => {
    stores = await GatewayStores.start(peers.paths['redis-server']);
  }, 60_000);
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    await stores?.stopRedis();
  });
  afterAll(() => stores?.stop());

  async function startGateways(lines: string[]): Promise<Platform[]> {
    const environment = stores.environment();
    const platforms: Platform[] = [];
    for (let count = 0; count < 2; count += 1) {
      const log = createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } });
      const platform = await startPlatform({ port: 0, environment, log });
      cleanups.push(() => platform.stop());
      platforms.push(platform);
    }
    return platforms;
  }

  test('two gateways count a caller together, and each alone with a warning while the store is away', async () => {
    await stores.startRedis();
    const lines: string[] = [];
    const gateways = await startGateways(lines);
    // The limit of sign-in routes is 200 a minute and caller.
    const statuses: number[] = [];
    const remaining: number[] = [];
    for (let request = 0; request < 204; request += 1) {
      const { status, headers } = await fetch(`${gateways[request % 2]!.url}/api/v1/auth/session`);
      statuses.push(status);
      remaining.push(Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(200);
    expect(statuses.slice(200)).toEqual([429, 429, 429, 429]);
    expect(remaining.slice(0, 3)).toEqual([199, 198, 197]);
    await stores.stopRedis();
    const alone = await fetch(`${gateways[0]!.url}/api/v1/auth/session`);
    expect(alone.status).toBe(200);
    expect(lines.some((line) => line.includes('not counted together'))).toBe(true);
  }, 90_000);

  async function openLimiter(fallback: RateLimitFallback, lines: string[] = []): Promise<SharedRateLimiter> {
    const log = createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } });
    const store = await SharedStore.open(new Secret(stores.redisUrl), log);
    cleanups.push(() => store.close());
    return new SharedRateLimiter({ store, fallback, log });
  }

  test('never lets more through than the limit, whichever gateway is asked how often at once', async () => {
    await stores.startRedis();
    const limiters = [await openLimiter('refuse'), await openLimiter('refuse')];
    const now = Date.now();
    const decisions = await Promise.all(
      Array.from({ length: 40 }, (_, request) => limiters[request % 2]!.take('/plans ada', limit, now)),
    );
    expect(decisions.filter((decision) => decision.allowed)).toHaveLength(limit);
    expect(decisions.every((decision) => decision.resetSeconds > 55 && decision.resetSeconds <= 60)).toBe(true);
  });

  test.each<[RateLimitFallback, number]>([
    ['count-alone', limit],
    ['allow', 20],
    ['refuse', 0],
  ])('without the store it does as configured: %s', async (fallback, passing) => {
    const lines: string[] = [];
    const limiter = await openLimiter(fallback, lines);
    let allowed = 0;
    for (let request = 0; request < 20; request += 1) {
      const decision = await limiter.take('/plans ada', limit, Date.now()).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'service.unavailable' });
        return undefined;
      });
      if (decision?.allowed) allowed += 1;
    }
    expect(allowed).toBe(passing);
    // Once each ten seconds, not for each request.
    expect(lines.filter((line) => line.includes('not counted together'))).toHaveLength(1);
  });

  test('counts together again when the store is back, and is not slowed down by one that hangs', async () => {
    const peer = await stores.startRedis();
    const limiter = await openLimiter('count-alone');
    process.kill(peer.pid, 'SIGSTOP');
    const started = performance.now();
    for (let request = 0; request < 50; request += 1) await limiter.take('/plans bob', 100, Date.now());
    process.kill(peer.pid, 'SIGCONT');
    expect(performance.now() - started).toBeLessThan(2500);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const decision = await limiter.take('/plans eve', limit, Date.now());
    const other = await (await openLimiter('refuse')).take('/plans eve', limit, Date.now());
    expect([decision.remaining, other.remaining]).toEqual([limit - 1, limit - 2]);
  }, 20_000);
});
