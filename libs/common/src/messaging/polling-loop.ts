import type { Logger } from '../logging/logger.ts';

export interface PollingLoopOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly log: Logger;
  /** One round; true asks for the next one at once. */
  readonly work: () => Promise<boolean>;
}

/**
 * Runs `work` every `everyMs`, at once when woken, never twice at a time. A failing round is logged once until a
 * round succeeds again, and tried again with growing pauses of at most 5 s.
 */
export class PollingLoop {
  readonly #options: PollingLoopOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #woken = false;
  #stopped = false;
  #failures = 0;

  constructor(options: PollingLoopOptions) {
    this.#options = options;
    this.#schedule(0);
  }

  /** Whether the last round failed. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  wake(): void {
    if (this.#stopped) return;
    if (this.#running !== undefined) this.#woken = true;
    else if (this.#failures === 0) this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#round();
    }, delay);
  }

  async #round(): Promise<void> {
    let again = false;
    this.#woken = false;
    try {
      again = await this.#options.work();
      if (this.#failures > 0) this.#options.log.info(`${this.#options.name} works again`);
      this.#failures = 0;
    } catch (error) {
      if (this.#failures === 0)
        this.#options.log.warn({ err: error }, `${this.#options.name} failed and goes on trying`);
      this.#failures += 1;
    }
    this.#running = undefined;
    const pause = this.#failures > 0 ? Math.min(5000, 250 * 2 ** this.#failures) : this.#options.everyMs;
    this.#schedule(this.#failures === 0 && (again || this.#woken) ? 0 : pause);
  }
}
