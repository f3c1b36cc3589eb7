import { createHash } from 'node:crypto';
import { RateLimitedError, type Clock, type Database } from '@plinth/common';
import { SignInThrottledError } from './authentication.errors.ts';
import * as store from './failure.store.ts';
import { afterFailure, forgottenAfterSeconds, waitingSeconds, type Failures } from './throttle.ts';

const longestQueue = 5;

/** What somebody guesses at: the password of an address, a code, a key from an address on the network. */
export interface ThrottleTarget {
  readonly kind: 'email' | 'code' | 'api-key' | 'client';
  readonly value: string;
}

/** Slows guessing down, with the same numbers for everything that can be guessed. Nobody is locked out for good. */
export class ThrottleService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #queues = new Map<string, { waiting: number; last: Promise<unknown> }>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Runs one attempt. `isFailure` tells of an error whether it was a wrong guess; it is counted and passed on. While
   * the target has to wait, nothing is run: the right answer waits too.
   */
  async attempt<Result>(
    target: ThrottleTarget,
    isFailure: (error: unknown) => boolean,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const hash = hashTarget(target);
    return this.#inTurn(hash.toString('base64'), () => this.#try(target, hash, isFailure, work));
  }

  /** Throws while the target has to wait. With `noteFailure`, for targets that several people share. */
  async assertMayTry(target: ThrottleTarget): Promise<void> {
    const failures = await this.#database.transaction(undefined, (transaction) =>
      store.findFailures(transaction, hashTarget(target)),
    );
    const wait = waitingSeconds(failures, this.#clock.now());
    if (wait > 0) throw new SignInThrottledError(wait);
  }

  /** Counts a wrong guess. Nobody's right one takes it back. */
  async noteFailure(target: ThrottleTarget): Promise<void> {
    const hash = hashTarget(target);
    await this.#inTurn(hash.toString('base64'), async () => {
      const before = await this.#database.transaction(undefined, (transaction) =>
        store.findFailures(transaction, hash),
      );
      await this.#record(target, hash, before);
    });
  }

  /** Removes failures that no longer count. */
  async removeForgotten(): Promise<void> {
    const time = new Date(this.#clock.now().getTime() - forgottenAfterSeconds * 1000);
    await this.#database.transaction(undefined, (transaction) => store.deleteFailuresBefore(transaction, time));
  }

  async #try<Result>(
    target: ThrottleTarget,
    hash: Buffer,
    isFailure: (error: unknown) => boolean,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const before = await this.#database.transaction(undefined, (transaction) => store.findFailures(transaction, hash));
    const wait = waitingSeconds(before, this.#clock.now());
    if (wait > 0) throw new SignInThrottledError(wait);
    try {
      const result = await work();
      if (before !== undefined)
        await this.#database.transaction(undefined, (transaction) => store.deleteFailures(transaction, hash));
      return result;
    } catch (error) {
      if (isFailure(error)) await this.#record(target, hash, before);
      throw error;
    }
  }

  async #record(target: ThrottleTarget, hash: Buffer, before: Failures | undefined): Promise<void> {
    await this.#database.transaction(undefined, async (transaction) => {
      await store.saveFailures(transaction, hash, afterFailure(before, this.#clock.now()));
      transaction.audit({
        action: 'sign_in.failed',
        resourceType: target.kind === 'email' ? 'email_hash' : `${target.kind}_hash`,
        resourceId: hash.toString('hex'),
        actor: { kind: 'anonymous', id: 'anonymous' },
      });
    });
  }

  /** One attempt for a target at a time: guesses sent side by side would all be made before the first one counts. */
  async #inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.#queues.get(key) ?? { waiting: 0, last: Promise.resolve() };
    if (queue.waiting >= longestQueue) throw new RateLimitedError(1);
    this.#queues.set(key, queue);
    queue.waiting += 1;
    const turn = queue.last.then(work, work);
    queue.last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) this.#queues.delete(key);
    }
  }
}

function hashTarget({ kind, value }: ThrottleTarget): Buffer {
  // Addresses were counted before other targets were, without a kind.
  return createHash('sha256')
    .update(kind === 'email' ? value : `${kind}:${value}`)
    .digest();
}
