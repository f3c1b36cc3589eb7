/** Keeps what the gateway knows of signed-in browsers; values end by themselves. */
export interface EdgeSessionStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, milliseconds: number): Promise<void>;
  /** Overwrites a value that is still there: one that was deleted meanwhile stays deleted. */
  replace(key: string, value: string, milliseconds: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Takes a key that nobody has; false when it is taken. */
  claim(key: string, milliseconds: number): Promise<boolean>;
}

interface Entry {
  readonly value: string;
  readonly until: number;
}

/** In this process's memory: for one gateway alone. When it is full the oldest entries make room. */
export class MemoryEdgeSessionStore implements EdgeSessionStore {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #capacity: number;

  constructor(now: () => number, capacity = 50_000) {
    this.#now = now;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  async get(key: string): Promise<string | undefined> {
    return this.#find(key)?.value;
  }

  async set(key: string, value: string, milliseconds: number): Promise<void> {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#capacity) this.#makeRoom();
    this.#entries.set(key, { value, until: this.#now() + milliseconds });
  }

  async replace(key: string, value: string, milliseconds: number): Promise<void> {
    if (this.#find(key) !== undefined) await this.set(key, value, milliseconds);
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async claim(key: string, milliseconds: number): Promise<boolean> {
    if (this.#find(key) !== undefined) return false;
    await this.set(key, '', milliseconds);
    return true;
  }

  #find(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.until > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  #makeRoom(): void {
    for (const [key, { until }] of this.#entries) if (until <= this.#now()) this.#entries.delete(key);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size >= this.#capacity && oldest !== undefined) this.#entries.delete(oldest);
  }
}
