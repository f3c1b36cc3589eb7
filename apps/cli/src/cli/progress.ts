import type { TextStream } from './output.ts';

/** Work shorter than this shows nothing. */
const quietMs = 1000;
const lineMs = 2000;
const redrawMs = 100;

/** Tells on stderr what a long command is doing: one updating line on a terminal, else a line every two seconds. */
export class Progress {
  readonly #stream: TextStream;
  readonly #now: () => number;
  #startedAt: number;
  #shownAt = 0;
  #text = '';
  #drawn = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TextStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#startedAt = now();
  }

  /** Says what is being done now; call it as often as you like. */
  show(text: string): void {
    this.#text = text;
    // Work that says nothing for a while must still appear.
    this.#timer ??= setInterval(() => this.#draw(), 250).unref();
    this.#draw();
  }

  /** Removes the line; the next `show` begins a new piece of work. */
  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#drawn) this.#stream.write('\r\u001b[K');
    this.#drawn = false;
    this.#text = '';
    this.#startedAt = this.#now();
  }

  #draw(): void {
    const now = this.#now();
    const elapsed = now - this.#startedAt;
    if (this.#text === '' || elapsed < quietMs) return;
    if (now - this.#shownAt < (this.#stream.isTTY ? redrawMs : lineMs) && this.#shownAt > 0) return;
    this.#shownAt = now;
    const line = `${this.#text} … ${Math.round(elapsed / 1000)} s`;
    if (!this.#stream.isTTY) {
      this.#stream.write(`${line}\n`);
      return;
    }
    this.#stream.write(`\r\u001b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
    this.#drawn = true;
  }
}
