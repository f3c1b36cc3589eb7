import type { QuotaDecision, UsageRequest } from '@plinth/contracts';
import type { Database, TenantClock, Transaction } from '@plinth/common';
import type { UsageService } from '../usage/usage.service.ts';
import type { AccountZones } from './account-zones.ts';
import { allows, carryOver, pickDeciding, selectQuotas, stateOf, type Quota, type QuotaState } from './quota.ts';
import * as store from './quota.store.ts';
import { windowAt, windowsBetween } from './quota-window.ts';

export interface QuotaQuestion {
  readonly tenantId: string;
  readonly accountId: string;
  readonly meter?: string | undefined;
  readonly feature?: string | undefined;
  readonly quantity?: string | undefined;
}

/** An account whose quotas are read, and its tenant's time. */
export interface QuotaAccount {
  readonly accountId: string;
  readonly zone: string;
  readonly now: Date;
}

interface Known {
  readonly states: Promise<readonly QuotaState[]>;
  readonly until: number;
  /** The tenant's time when they were read, in milliseconds: it may have been moved on since. */
  readonly readAt: number;
}

const CACHE_MS = 1000;
const CAPACITY = 10_000;
/** Events lie up to a day in the future. */
const LEAD_MS = 2 * 86_400_000;
const REQUESTS_AT_ONCE = 5000;

/** Tells what accounts have used of their quotas. */
export class QuotaStateService {
  readonly #database: Database;
  readonly #usage: UsageService;
  readonly #zones: AccountZones;
  readonly #clock: TenantClock;
  readonly #known = new Map<string, Known>();

  constructor(database: Database, usage: UsageService, zones: AccountZones, clock: TenantClock) {
    this.#database = database;
    this.#usage = usage;
    this.#zones = zones;
    this.#clock = clock;
  }

  /** The account's quotas in the windows that run now. */
  async list(tenantId: string, accountId: string): Promise<QuotaState[]> {
    const [zone, now] = await Promise.all([this.#zones.find(tenantId, accountId), this.#clock.nowOf(tenantId)]);
    return this.#database.transaction(tenantId, async (transaction) => {
      const quotas = selectQuotas(await store.listQuotasOf(transaction, accountId));
      return this.read(transaction, quotas, { accountId, zone, now });
    });
  }

  /** Whether the account may use so much more; states are at most a second old. Without a quota it may. */
  async check(question: QuotaQuestion): Promise<QuotaDecision> {
    const { tenantId, accountId, meter, feature, quantity = '1' } = question;
    const states = (await this.#listKnown(tenantId, accountId)).filter(
      ({ quota }) =>
        (meter === undefined || quota.meter === meter) && (feature === undefined || quota.feature === feature),
    );
    const deciding = pickDeciding(states, quantity);
    if (deciding === undefined)
      return { allowed: true, limit: null, used: null, remaining: null, overage: null, resetsAt: null };
    const { limit, used, remaining, overage, window } = deciding;
    const allowed = allows(deciding, quantity);
    return { allowed, limit, used, remaining, overage, resetsAt: window.end?.toISOString() ?? null };
  }

  /** Forgets what it knows of an account, or of all: after a quota changed. */
  forget(tenantId: string, accountId: string | null): void {
    if (accountId === null) this.#known.clear();
    else this.#known.delete(`${tenantId}/${accountId}`);
  }

  /** States of quotas of one account, from the aggregates: a few look-ups, however many events there are. */
  async read(transaction: Transaction, quotas: readonly Quota[], account: QuotaAccount): Promise<QuotaState[]> {
    const { accountId, zone, now } = account;
    const windows = quotas.map(({ reset }) => windowAt(reset, zone, now));
    const used = await this.#quantities(
      transaction,
      quotas.map(({ meter }, index) => ({
        accountId,
        meter,
        from: windows[index]!.start,
        to: windows[index]!.end ?? this.#afterEverything(now),
      })),
      now,
    );
    const states: QuotaState[] = [];
    for (const [index, quota] of quotas.entries()) {
      const window = windows[index]!;
      const carried =
        quota.rollOver === null ? '0' : await this.#carriedInto(transaction, quota, account, window.start);
      states.push(stateOf(quota, accountId, window, { used: used[index]!, carried }));
    }
    return states;
  }

  /**
   * What is rolled over into a window, from the last window before it that is known. The window before is read anew, so
   * that late usage still changes what it left; what earlier ones left stands (rule 18: one closed window back).
   */
  async #carriedInto(
    transaction: Transaction,
    quota: Quota,
    { accountId, zone, now }: QuotaAccount,
    start: Date,
  ): Promise<string> {
    const known = await store.findWindowBefore(transaction, quota.id, accountId, start);
    const windows = windowsBetween(quota.reset, zone, known?.start ?? quota.createdAt, start);
    const used = await this.#quantities(
      transaction,
      windows.map((window) => ({ accountId, meter: quota.meter, from: window.start, to: window.end! })),
      now,
    );
    let granted = { carried: known?.carried ?? '0', limit: known?.limit ?? quota.limit };
    for (const quantity of used)
      granted = { carried: carryOver(granted, quantity, quota.rollOver!), limit: quota.limit };
    return granted.carried;
  }

  async #quantities(
    transaction: Transaction,
    ranges: readonly { accountId: string; meter: string; from: Date; to: Date }[],
    now: Date,
  ): Promise<string[]> {
    const requests: UsageRequest[] = ranges.map(({ from, to, ...rest }) => ({
      ...rest,
      from: from.toISOString(),
      to: to.toISOString(),
    }));
    const quantities: string[] = [];
    for (let start = 0; start < requests.length; start += REQUESTS_AT_ONCE) {
      const part = requests.slice(start, start + REQUESTS_AT_ONCE);
      quantities.push(...(await this.#usage.listQuantities(transaction.tenantId!, part, now)));
    }
    return quantities;
  }

  #afterEverything(now: Date): Date {
    return new Date(Math.ceil((now.getTime() + LEAD_MS) / 86_400_000) * 86_400_000);
  }

  async #listKnown(tenantId: string, accountId: string): Promise<readonly QuotaState[]> {
    const key = `${tenantId}/${accountId}`;
    const readAt = (await this.#clock.nowOf(tenantId)).getTime();
    const known = this.#known.get(key);
    if (known !== undefined && known.until > Date.now() && readAt - known.readAt <= CACHE_MS) return known.states;
    if (this.#known.size >= CAPACITY) this.#known.clear();
    const states = this.list(tenantId, accountId);
    // A failure is not remembered.
    states.catch(() => this.#known.delete(key));
    this.#known.set(key, { states, until: Date.now() + CACHE_MS, readAt });
    return states;
  }
}
