/**
 * Remembers answers for a moment. It saves a burst of equal questions their way to the database and is forgotten
 * before anybody can notice that the answer has changed.
 */
export class ShortCache<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #lifetimeMs: number;
  readonly #limit: number;
  readonly #now: () => number;

  constructor(options: { lifetimeMs: number; limit: number; now?: () => number }) {
    this.#lifetimeMs = options.lifetimeMs;
    this.#limit = options.limit;
    this.#now = options.now ?? Date.now;
  }

  find(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > this.#now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: Value): void {
    // Entries are in the order in which they end: the oldest go first.
    if (this.#entries.size >= this.#limit) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.#now() + this.#lifetimeMs });
  }

  /** Forgets every entry that fits, or all. */
  forget(fits: (value: Value) => boolean = () => true): void {
    for (const [key, entry] of this.#entries) if (fits(entry.value)) this.#entries.delete(key);
  }
}
