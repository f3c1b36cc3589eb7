import type { AccountSummary, PlanVersion, Price, PriceModel, UsageRequest } from '@plinth/contracts';
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
}

/** The services that subscriptions ask, with their state in memory. */
export class FakePlatform {
  readonly accounts = new Map<string, AccountSummary & { tenantId: string }>();
  readonly plans: (PlanVersion & { tenantId: string })[] = [];
  readonly meters = new Set<string>(['api_call', 'storage_gb']);
  readonly events: MeteredEvent[] = [];
  readonly tenants: string[] = [];
  /** Calls of listQuantities that are still answered; the next one fails. */
  quantityCallsLeft = Number.POSITIVE_INFINITY;

  addAccount(tenantId: string, changes: Partial<AccountSummary> = {}): AccountSummary {
    const id = newId();
    const account = { id, key: id, name: 'Acme', currency: 'EUR', timeZone: 'Europe/Berlin', ...changes };
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
      currency: 'EUR',
      period: { unit: 'month', count: 1 },
      prices: Object.entries(models).map(([key, model]) => buildPrice(key, model)),
      archived: false,
      ...changes,
    };
    this.plans.push({ ...plan, tenantId });
    return plan;
  }

  meter(tenantId: string, accountId: string, meter: string, at: string, quantity: number): void {
    this.events.push({ tenantId, accountId, meter, at: new Date(at), quantity });
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
        findPlanVersion: async ({
          tenantId,
          planId,
          version,
        }: {
          tenantId: string;
          planId: string;
          version?: number;
        }) =>
          this.plans.findLast(
            (plan) =>
              plan.tenantId === tenantId &&
              plan.planId === planId &&
              (version === undefined || plan.version === version),
          ) ?? null,
      },
      metering: {
        listKnownMeters: async ({ meters }: { meters: string[] }) => meters.filter((meter) => this.meters.has(meter)),
        listQuantities: async ({ tenantId, requests }: { tenantId: string; requests: UsageRequest[] }) => {
          if (this.quantityCallsLeft <= 0) throw new Error('metering is away');
          this.quantityCallsLeft -= 1;
          return requests.map((request) => this.#sum(tenantId, request));
        },
      },
      tenant: {
        listActiveTenantIds: async ({ after, limit = 1000 }: { after?: string; limit?: number }) =>
          this.tenants
            .toSorted()
            .filter((id) => after === undefined || id > after)
            .slice(0, limit),
      },
    };
  }

  #sum(tenantId: string, { accountId, meter, from, to }: UsageRequest): string {
    const [start, end] = [new Date(from), new Date(to)];
    const counted = this.events.filter(
      (event) =>
        event.tenantId === tenantId &&
        event.accountId === accountId &&
        event.meter === meter &&
        event.at >= start &&
        event.at < end,
    );
    return String(counted.reduce((sum, event) => sum + event.quantity, 0));
  }
}

export function buildPrice(key: string, model: PriceModel): Price {
  return { id: newId(), key, description: `Price ${key}`, model };
}
