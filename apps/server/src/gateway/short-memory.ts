interface Entry<Value> {
  readonly value: Promise<Value>;
  settled: { readonly value: Value } | undefined;
  readonly until: number;
}

/**
 * Remembers the outcome of a look-up for a short while. Callers that come at the same time share one look-up;
 * failures are not remembered. The oldest entries make room.
 */
export class ShortMemory<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #lifetimeMs: number;
  readonly #capacity: number;

  constructor(lifetimeMs: number, capacity = 10_000) {
    this.#lifetimeMs = lifetimeMs;
    this.#capacity = capacity;
  }

  /** The remembered value without waiting, if there is one. */
  peek(key: string, now: number): { readonly value: Value } | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > now ? entry.settled : undefined;
  }

  /** The next caller looks anew. */
  forget(key: string): void {
    this.#entries.delete(key);
  }

  async get(key: string, now: number, look: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = look();
    const entry: Entry<Value> = { value, settled: undefined, until: now + this.#lifetimeMs };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const oldest = this.#entries.size > this.#capacity ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
    value.then(
      (settled) => {
        entry.settled = { value: settled };
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return value;
  }
}
