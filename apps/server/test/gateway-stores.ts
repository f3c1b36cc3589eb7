import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@plinth/common';
import { startPeer, type RunningPeer } from '@plinth/testing';
import { findFreePort } from '../src/composition/free-port.ts';
import { migratePlatform } from '../src/index.ts';

/** What several gateways share: a real PostgreSQL with the platform's tables, and a Redis that tests start and stop. */
export class GatewayStores {
  readonly redisPort: number;
  readonly #directory: string;
  readonly #postgres: EmbeddedPostgres;
  readonly #redisPath: string;
  #redis: RunningPeer | undefined;

  private constructor(directory: string, postgres: EmbeddedPostgres, redis: { path: string; port: number }) {
    this.#directory = directory;
    this.#postgres = postgres;
    this.#redisPath = redis.path;
    this.redisPort = redis.port;
  }

  static async start(redisPath: string): Promise<GatewayStores> {
    const directory = await mkdtemp(join(tmpdir(), 'plinth-gateways-'));
    await chmod(directory, 0o755);
    const port = await findFreePort('127.0.0.1');
    const postgres = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') });
    const stores = new GatewayStores(directory, postgres, { path: redisPath, port });
    await migratePlatform({ environment: stores.environment() });
    return stores;
  }

  /** Environment of a process that uses both. */
  environment(): Record<string, string> {
    const runtime = new URL(this.#postgres.url);
    runtime.username = 'plinth_runtime';
    return {
      DATABASE_URL: runtime.href,
      DATABASE_MIGRATION_URL: this.#postgres.url,
      DATABASE_POOL_MAX: '10',
      REDIS_URL: this.redisUrl,
      PLINTH_INTERNAL_SECRET: 'a-secret-that-both-processes-share-0123456789',
      PLINTH_JOBS: 'false',
      IAM_SECRET: 'a-secret-for-sessions-0123456789-abcdef',
      IAM_INITIAL_ADMIN_PASSWORD: 'first administrator password',
    };
  }

  get redisUrl(): string {
    return `redis://127.0.0.1:${this.redisPort}`;
  }

  /** Starts an empty Redis that keeps nothing. */
  async startRedis(): Promise<RunningPeer> {
    const parameters = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.#directory];
    this.#redis = await startPeer(this.#redisPath, ['--port', String(this.redisPort), ...parameters], {
      waitFor: { port: this.redisPort },
    });
    return this.#redis;
  }

  async stopRedis(): Promise<void> {
    await this.#redis?.stop();
  }

  async stop(): Promise<void> {
    await this.stopRedis();
    await this.#postgres.stop();
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 20 });
  }
}
