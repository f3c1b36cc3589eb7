import type { Logger, Secret } from '@plinth/common';
import type { Redis } from 'ioredis';

const connectMs = 2000;
const commandMs = 500;
const longestWaitMs = 2000;

/**
 * Valkey or Redis behind several gateways. A command is answered or fails at once: nothing queues up while the server
 * is away, and it is connected again as soon as it is back.
 */
export class SharedStore {
  readonly #redis: Redis;

  private constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Connects in the background; a server that is away now may come later. */
  static async open(url: Secret, log: Logger): Promise<SharedStore> {
    // Loaded where it is used only: a gateway that is alone does not pay for it.
    const { Redis: Client } = await import('ioredis');
    const redis = new Client(url.reveal(), {
      connectionName: 'plinth-gateway',
      connectTimeout: connectMs,
      commandTimeout: commandMs,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      lazyConnect: true,
      retryStrategy: (attempt) => Math.min(100 * attempt, longestWaitMs),
    });
    let away = false;
    redis.on('error', (error: Error) => {
      if (!away) log.error({ err: error }, 'the shared store of the gateways (REDIS_URL) cannot be reached');
      away = true;
    });
    redis.on('ready', () => {
      if (away) log.info('the shared store of the gateways is back');
      away = false;
    });
    await redis.connect().catch(() => undefined);
    return new SharedStore(redis);
  }

  /** Runs a Lua script as one step (EVAL; by its digest once the server knows it). */
  async run(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown> {
    return this.#redis.eval(script, keys.length, ...keys, ...values);
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#redis.get(key)) ?? undefined;
  }

  /** Keeps a value for some time. */
  async set(key: string, value: string, milliseconds: number): Promise<void> {
    await this.#redis.set(key, value, 'PX', milliseconds);
  }

  async delete(key: string): Promise<void> {
    await this.#redis.del(key);
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }
}
