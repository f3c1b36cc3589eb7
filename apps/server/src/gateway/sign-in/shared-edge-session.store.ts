import { ServiceUnavailableError, type Logger } from '@plinth/common';
import type { SharedStore } from '../shared-store.ts';
import type { EdgeSessionStore } from './edge-session.store.ts';

/** What a gateway does with browsers while the shared sessions cannot be reached. */
export type SignInFallback = 'refuse' | 'alone';

export interface SharedEdgeSessionStoreOptions {
  readonly store: SharedStore;
  /** Keeps the sessions of this gateway meanwhile; undefined: browsers get 503. */
  readonly alone: EdgeSessionStore | undefined;
  readonly log: Logger;
  readonly now: () => number;
}

const prefix = 'plinth:edge:';
const warnEveryMs = 10_000;

// Of two gateways that come at the same time one gets the key.
const claimScript = `return redis.call('SET', KEYS[1], '', 'NX', 'PX', ARGV[1]) and 1 or 0`;
const replaceScript = `return redis.call('SET', KEYS[1], ARGV[1], 'XX', 'PX', ARGV[2]) and 1 or 0`;

/** In Valkey or Redis, so that a browser is signed in whichever of several gateways it meets. */
export class SharedEdgeSessionStore implements EdgeSessionStore {
  readonly #options: SharedEdgeSessionStoreOptions;
  #warnedAt = -Infinity;

  constructor(options: SharedEdgeSessionStoreOptions) {
    this.#options = options;
  }

  /** Who signed in while the shared store was away is known to this gateway alone. */
  get(key: string): Promise<string | undefined> {
    return this.#run(
      async (store) => (await store.get(prefix + key)) ?? (await this.#options.alone?.get(key)),
      (alone) => alone.get(key),
    );
  }

  set(key: string, value: string, milliseconds: number): Promise<void> {
    return this.#run(
      (store) => store.set(prefix + key, value, milliseconds),
      (alone) => alone.set(key, value, milliseconds),
    );
  }

  replace(key: string, value: string, milliseconds: number): Promise<void> {
    return this.#run(
      async (store) => {
        await store.run(replaceScript, [prefix + key], [value, milliseconds]);
        await this.#options.alone?.replace(key, value, milliseconds);
      },
      (alone) => alone.replace(key, value, milliseconds),
    );
  }

  delete(key: string): Promise<void> {
    return this.#run(
      async (store) => {
        await store.delete(prefix + key);
        await this.#options.alone?.delete(key);
      },
      (alone) => alone.delete(key),
    );
  }

  claim(key: string, milliseconds: number): Promise<boolean> {
    return this.#run(
      async (store) => (await store.run(claimScript, [prefix + key], [milliseconds])) === 1,
      (alone) => alone.claim(key, milliseconds),
    );
  }

  async #run<Result>(
    work: (store: SharedStore) => Promise<Result>,
    workAlone: (alone: EdgeSessionStore) => Promise<Result>,
  ): Promise<Result> {
    const { store, alone } = this.#options;
    try {
      return await work(store);
    } catch (error) {
      this.#warn(error);
      if (alone === undefined) throw new ServiceUnavailableError('that keeps sessions (REDIS_URL)', error);
      return workAlone(alone);
    }
  }

  #warn(error: unknown): void {
    const { log, now, alone } = this.#options;
    if (now() - this.#warnedAt < warnEveryMs) return;
    this.#warnedAt = now();
    const fallback: SignInFallback = alone === undefined ? 'refuse' : 'alone';
    log.warn({ err: error, fallback }, 'sessions of browsers are not shared: the shared store cannot be reached');
  }
}
