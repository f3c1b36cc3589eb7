import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, Secret, startEmbeddedPostgres, type EmbeddedPostgres } from '@plinth/common';
import { requirePeers, startPeer, type RunningPeer } from '@plinth/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../src/composition/free-port.ts';
import { SharedRateLimiter, type RateLimitFallback } from '../src/gateway/shared-rate-limiter.ts';
import { SharedStore } from '../src/gateway/shared-store.ts';
import { migratePlatform, startPlatform, type Platform } from '../src/index.ts';

const peers = requirePeers('redis-server');
const limit = 5;
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

describe.skipIf(peers.skip)('shared limits', () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'plinth-limits-'));
    await chmod(directory, 0o755);
    port = await findFreePort('127.0.0.1');
    postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
  }, 60_000);
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    await redis?.stop();
  });
  afterAll(async () => {
    await postgres?.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  });

  async function startGateways(lines: string[]): Promise<Platform[]> {
    const runtime = new URL(postgres.url);
    runtime.username = 'plinth_runtime';
    const environment = {
      DATABASE_URL: runtime.href,
      DATABASE_MIGRATION_URL: postgres.url,
      DATABASE_POOL_MAX: '10',
      REDIS_URL: `redis://127.0.0.1:${port}`,
      PLINTH_INTERNAL_SECRET: 'a-secret-that-both-processes-share-0123456789',
      PLINTH_JOBS: 'false',
      IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
      IAM_INITIAL_ADMIN_PASSWORD: 'first administrator password',
    };
    await migratePlatform({ environment });
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
    await startRedis();
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
    await redis!.stop();
    const alone = await fetch(`${gateways[0]!.url}/api/v1/auth/session`);
    expect(alone.status).toBe(200);
    expect(lines.some((line) => line.includes('not counted together'))).toBe(true);
  }, 90_000);

  async function openLimiter(fallback: RateLimitFallback, lines: string[] = []): Promise<SharedRateLimiter> {
    const log = createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } });
    const store = await SharedStore.open(new Secret(`redis://127.0.0.1:${port}`), log);
    cleanups.push(() => store.close());
    return new SharedRateLimiter({ store, fallback, log });
  }

  test('never lets more through than the limit, whichever gateway is asked how often at once', async () => {
    await startRedis();
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
    const peer = await startRedis();
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
