import type { Logger } from '@plinth/common';

const flushMs = 10_000;

/** Collects when credentials were used, and writes it behind the requests: no request waits for it. */
export class UseLog {
  readonly #write: (uses: ReadonlyMap<string, Date>) => Promise<void>;
  readonly #log: Logger;
  #uses = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger, write: (uses: ReadonlyMap<string, Date>) => Promise<void>) {
    this.#log = log;
    this.#write = write;
  }

  note(id: string, now: Date): void {
    this.#uses.set(id, now);
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref();
  }

  /** Writes what is known. A failure is logged: it must not refuse a request. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    try {
      await this.#write(uses);
    } catch (error) {
      this.#log.warn({ err: error }, 'the last use of credentials was not written');
    }
  }
}
