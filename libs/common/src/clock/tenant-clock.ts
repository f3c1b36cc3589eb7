import { findRequestContext } from '../context/request-context.ts';
import type { Clock } from './clock.ts';

/**
 * Tells the frozen instant of a tenant that stopped its time; null: its time is everybody's. Who says that the tenant is
 * no sandbox, whose time nobody can stop, is asked less often.
 */
export type FindTestClock = (input: {
  readonly tenantId: string;
}) => Promise<{ readonly testClock: string | null; readonly sandbox?: boolean }>;

export interface TenantClockOptions {
  /** So long another process may lag behind after a sandbox moved its time; a second when absent. 0: it never does. */
  readonly sandboxMs?: number;
}

interface Remembered {
  readonly testClock: Date | null;
  readonly readAt: number;
  readonly isSandbox: boolean;
}

const defaultSandboxMs = 1000;
// So long a tenant that becomes a sandbox has everybody's time. From half of it on it is read again beside the work.
const otherTenantMs = 10_000;
const maximumTenants = 10_000;

/**
 * The time of each tenant: that of the process, or the frozen instant of a sandbox with a test clock. Work for a tenant
 * calls `load` first; from then on `now` is that tenant's time within its request or job.
 */
export class TenantClock implements Clock {
  readonly #clock: Clock;
  readonly #find: FindTestClock;
  readonly #sandboxMs: number;
  readonly #remembered = new Map<string, Remembered>();
  readonly #refreshing = new Map<string, Promise<void>>();

  constructor(clock: Clock, find: FindTestClock, { sandboxMs = defaultSandboxMs }: TenantClockOptions = {}) {
    this.#clock = clock;
    this.#find = find;
    this.#sandboxMs = sandboxMs;
  }

  /** The time of the tenant whose request or job runs, as it was last loaded. */
  now(): Date {
    const tenantId = findRequestContext()?.principal?.tenant;
    return tenantId === undefined ? this.#clock.now() : this.loadedNowOf(tenantId);
  }

  /** The time of a tenant, behind a test clock that another process moved by `sandboxMs` at most. */
  async nowOf(tenantId: string): Promise<Date> {
    await this.load(tenantId);
    return this.loadedNowOf(tenantId);
  }

  /** The time of a tenant as it was last loaded. */
  loadedNowOf(tenantId: string): Date {
    return this.#remembered.get(tenantId)?.testClock ?? this.#clock.now();
  }

  /** Whether the tenant's time stands still at its test clock. */
  async isStopped(tenantId: string): Promise<boolean> {
    await this.load(tenantId);
    return (this.#remembered.get(tenantId)?.testClock ?? null) !== null;
  }

  /** The time of the process, which no tenant moves. */
  processNow(): Date {
    return this.#clock.now();
  }

  /** Reads the tenant's test clock, unless it was read a moment ago. */
  async load(tenantId: string): Promise<void> {
    const known = this.#remembered.get(tenantId);
    if (known === undefined) return this.#read(tenantId);
    const age = performance.now() - known.readAt;
    if (!known.isSandbox && age >= otherTenantMs / 2) this.#refresh(tenantId);
    const keptMs = known.isSandbox ? this.#sandboxMs : otherTenantMs;
    if (age >= keptMs) await (this.#refreshing.get(tenantId) ?? this.#read(tenantId));
  }

  /** Takes over what the caller has just written. */
  set(tenantId: string, testClock: Date | null): void {
    this.#remember(tenantId, testClock, true);
  }

  async #read(tenantId: string): Promise<void> {
    const { testClock, sandbox } = await this.#find({ tenantId });
    this.#remember(tenantId, testClock === null ? null : new Date(testClock), sandbox !== false);
  }

  /** Reads it again, once at a time. That a tenant is no sandbox holds on where nobody answers. */
  #refresh(tenantId: string): void {
    if (this.#refreshing.has(tenantId)) return;
    const known = this.#remembered.get(tenantId);
    const refreshing = this.#find({ tenantId })
      .catch(() => ({ testClock: null, sandbox: false }))
      .then(({ testClock, sandbox }) => {
        this.#refreshing.delete(tenantId);
        // What was written or read meanwhile is newer.
        if (this.#remembered.get(tenantId) === known)
          this.#remember(tenantId, testClock === null ? null : new Date(testClock), sandbox !== false);
      });
    this.#refreshing.set(tenantId, refreshing);
  }

  #remember(tenantId: string, testClock: Date | null, isSandbox: boolean): void {
    if (this.#remembered.size >= maximumTenants) this.#remembered.clear();
    this.#remembered.set(tenantId, { testClock, isSandbox, readAt: performance.now() });
  }
}
