import { findRequestContext } from '../context/request-context.ts';
import type { Clock } from './clock.ts';

/** Tells the frozen instant of a tenant that stopped its time; null: its time is everybody's. */
export type FindTestClock = (input: { readonly tenantId: string }) => Promise<{ readonly testClock: string | null }>;

interface Remembered {
  readonly testClock: Date | null;
  readonly readAt: number;
}

// So long another process may lag behind after a tenant moved its time.
const rememberedMs = 1000;
const maximumTenants = 10_000;

/**
 * The time of each tenant: that of the process, or the frozen instant of a sandbox with a test clock. Work for a tenant
 * calls `load` first; from then on `now` is that tenant's time within its request or job.
 */
export class TenantClock implements Clock {
  readonly #clock: Clock;
  readonly #find: FindTestClock;
  readonly #remembered = new Map<string, Remembered>();

  constructor(clock: Clock, find: FindTestClock) {
    this.#clock = clock;
    this.#find = find;
  }

  /** The time of the tenant whose request or job runs, as it was last loaded. */
  now(): Date {
    const tenantId = findRequestContext()?.principal?.tenant;
    return (tenantId === undefined ? undefined : this.#remembered.get(tenantId)?.testClock) ?? this.#clock.now();
  }

  /** The time of a tenant, at most a second behind a test clock that another process moved. */
  async nowOf(tenantId: string): Promise<Date> {
    await this.load(tenantId);
    return this.#remembered.get(tenantId)?.testClock ?? this.#clock.now();
  }

  /** Reads the tenant's test clock, unless it was read a moment ago. */
  async load(tenantId: string): Promise<void> {
    const known = this.#remembered.get(tenantId);
    if (known !== undefined && performance.now() - known.readAt < rememberedMs) return;
    const { testClock } = await this.#find({ tenantId });
    this.set(tenantId, testClock === null ? null : new Date(testClock));
  }

  /** Takes over what the caller has just written. */
  set(tenantId: string, testClock: Date | null): void {
    if (this.#remembered.size >= maximumTenants) this.#remembered.clear();
    this.#remembered.set(tenantId, { testClock, readAt: performance.now() });
  }
}
