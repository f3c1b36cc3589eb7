import type { AccountSummary, Coupon, PlanVersion, Price, PriceModel, UsageRequest } from '@plinth/contracts';
import { newId, type Clock } from '@plinth/common';

/** A clock that stands still until a test moves it. */
export class FrozenClock implements Clock {
  time: Date;
  constructor(time: string) {
    this.time = new Date(time);
  }
  now(): Date {
    return this.time;
  }
}

interface MeteredEvent {
  readonly tenantId: string;
  readonly accountId: string;
  readonly meter: string;
  readonly at: Date;
  readonly quantity: number;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The services that subscriptions ask, with their state in memory. */
export class FakePlatform {
  readonly accounts = new Map<string, AccountSummary & { tenantId: string }>();
  readonly plans: (PlanVersion & { tenantId: string })[] = [];
  readonly meters = new Set<string>(['api_call', 'storage_gb']);
  /** The dimensions of those that group. */
  readonly dimensions = new Map<string, string[]>([['storage_gb', ['region']]]);
  readonly events: MeteredEvent[] = [];
  readonly tenants: string[] = [];
  /** Days of usage that changed late, as metering lists them. */
  readonly lateChanges: { tenantId: string; accountId: string; meter: string; from: string; to: string }[] = [];
  readonly coupons: (Coupon & { tenantId: string })[] = [];
  /** Sandboxes, and where their time stands. */
  readonly testClocks = new Map<string, string | null>();
  /** Calls of listQuantities that are still answered; the next one fails. */
  quantityCallsLeft = Number.POSITIVE_INFINITY;

  addAccount(tenantId: string, changes: Partial<AccountSummary> = {}): AccountSummary {
    const id = newId();
    const account = {
      id,
      key: id,
      name: 'Acme',
      email: null,
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      parentId: null,
      customerTenantId: null,
      billing: {},
      ...changes,
    };
    this.accounts.set(account.id, { ...account, tenantId });
    return account;
  }

  addPlan(
    tenantId: string,
    models: Readonly<Record<string, PriceModel>>,
    changes: Partial<PlanVersion> = {},
  ): PlanVersion {
    const plan: PlanVersion = {
      planId: newId(),
      planKey: 'plan',
      planName: 'Plan',
      version: 1,
      kind: 'plan',
      family: null,
      addOnTo: null,
      currency: 'EUR',
      period: { unit: 'month', count: 1 },
      phases: [{ key: 'evergreen', kind: 'evergreen', length: null }],
      prorationBasis: 'day',
      taxInclusive: false,
      minimumSpend: null,
      maximumSpend: null,
      entitlements: [],
      prices: Object.entries(models).map(([key, model]) => buildPrice(key, model)),
      archived: false,
      ...changes,
    };
    this.plans.push({ ...plan, tenantId });
    return plan;
  }

  addCoupon(tenantId: string, discount: Coupon['discount'], changes: Partial<Coupon> = {}): Coupon {
    const couponId = newId();
    const coupon: Coupon = {
      couponId,
      code: `CODE-${couponId.slice(-8)}`,
      name: 'Coupon',
      discount,
      periods: null,
      plans: null,
      prices: null,
      redeemableUntil: null,
      maximumRedemptions: null,
      oncePerAccount: false,
      archived: false,
      ...changes,
    };
    this.coupons.push({ ...coupon, tenantId });
    return coupon;
  }

  meter(tenantId: string, accountId: string, meter: string, at: string, quantity: number): void {
    this.meterBy(tenantId, { accountId, meter, at, quantity, dimensions: {} });
  }

  /** Meters usage whose dimensions have the given values. */
  meterBy(tenantId: string, event: Omit<MeteredEvent, 'tenantId' | 'at'> & { readonly at: string }): void {
    this.events.push({ ...event, tenantId, at: new Date(event.at) });
  }

  /** The contracts, by service, as a service under test takes them. */
  get contracts() {
    return {
      account: {
        listAccountsByIds: async ({ tenantId, ids }: { tenantId: string; ids: string[] }) =>
          ids.flatMap((id) => {
            const account = this.accounts.get(id);
            return account?.tenantId === tenantId ? [account] : [];
          }),
      },
      product: {
        findCoupon: async ({ tenantId, code }: { tenantId: string; code: string }) =>
          this.coupons.find((coupon) => coupon.tenantId === tenantId && coupon.code === code) ?? null,
        findPlanVersion: async ({
          tenantId,
          planId,
          version,
          currency,
        }: {
          tenantId: string;
          planId: string;
          version?: number;
          currency?: string;
        }) =>
          this.plans.findLast(
            (plan) =>
              plan.tenantId === tenantId &&
              plan.planId === planId &&
              (version === undefined || plan.version === version) &&
              (currency === undefined || plan.currency === currency),
          ) ?? null,
      },
      metering: {
        listLateChanges: async ({ tenantId, after }: { tenantId: string; after: number }) =>
          this.lateChanges
            .filter((change) => change.tenantId === tenantId)
            .map((change, index) => ({ ...change, sequence: index + 1 }))
            .filter(({ sequence }) => sequence > after),
        listMeters: async ({ keys }: { keys: string[] }) =>
          keys
            .filter((key) => this.meters.has(key))
            .map((key) => ({ key, dimensions: this.dimensions.get(key) ?? [] })),
        listQuantities: async ({ tenantId, requests }: { tenantId: string; requests: UsageRequest[] }) => {
          if (this.quantityCallsLeft <= 0) throw new Error('metering is away');
          this.quantityCallsLeft -= 1;
          return requests.map((request) => this.#sum(tenantId, request));
        },
        listGroupedQuantities: async ({
          tenantId,
          requests,
        }: {
          tenantId: string;
          requests: (UsageRequest & { groupBy: string[] })[];
        }) => requests.map((request) => this.#sumByDimensions(tenantId, request)),
      },
      tenant: {
        findTenant: async ({ tenantId }: { tenantId: string }) => ({
          id: tenantId,
          organizationId: tenantId,
          name: 'Northwind',
          status: 'active' as const,
        }),
        findClock: async ({ tenantId }: { tenantId: string }) => this.#clockOf(tenantId),
        advanceClock: async ({ tenantId, to }: { tenantId: string; to: string }) => {
          this.testClocks.set(tenantId, to);
          return this.#clockOf(tenantId);
        },
        listActiveTenantIds: async ({ after, limit = 1000 }: { after?: string; limit?: number }) =>
          this.tenants
            .toSorted()
            .filter((id) => after === undefined || id > after)
            .slice(0, limit),
      },
    };
  }

  #clockOf(tenantId: string) {
    return { sandbox: this.testClocks.has(tenantId), testClock: this.testClocks.get(tenantId) ?? null };
  }

  #sum(tenantId: string, request: UsageRequest): string {
    return String(this.#list(tenantId, request).reduce((sum, event) => sum + event.quantity, 0));
  }

  #sumByDimensions(tenantId: string, { groupBy, ...request }: UsageRequest & { groupBy: string[] }) {
    const valuesOf = ({ dimensions }: MeteredEvent) =>
      Object.fromEntries(groupBy.map((name) => [name, dimensions[name] ?? '']));
    const groups = Map.groupBy(this.#list(tenantId, request), (event) => JSON.stringify(valuesOf(event)));
    return [...groups.values()].map((events) => ({
      values: valuesOf(events[0]!),
      quantity: String(events.reduce((sum, event) => sum + event.quantity, 0)),
    }));
  }

  #list(tenantId: string, { accountId, meter, from, to }: UsageRequest): MeteredEvent[] {
    const [start, end] = [new Date(from), new Date(to)];
    return this.events.filter(
      (event) =>
        event.tenantId === tenantId &&
        event.accountId === accountId &&
        event.meter === meter &&
        event.at >= start &&
        event.at < end,
    );
  }
}

export function buildPrice(key: string, model: PriceModel): Price {
  return { id: newId(), key, description: `Price ${key}`, model, taxCategory: 'standard', phases: null };
}
