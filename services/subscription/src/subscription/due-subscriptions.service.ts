import type { Transaction } from '@plinth/common';
import { compilePlan, type BillablePlan } from '../billing/billable-plan.ts';
import type { BillableSubscription } from '../billing/billing.ts';
import * as store from './subscription.store.ts';
import { scheduleOf, type Phase, type Subscription } from './subscription.ts';

// A compiled plan takes a few kilobytes; a platform sells far fewer versions than this at a time.
const maximumPlans = 2000;

/** A plan version that is compiled when it is first rated: one that cannot be concerns its subscriptions only. */
type PreparePlan = () => BillablePlan;

/** Subscriptions with something to bill, and the plan versions of their phases. */
export interface DuePage {
  readonly subscriptions: readonly Subscription[];
  readonly plans: ReadonlyMap<string, PreparePlan>;
}

/** What the invoice run needs of subscriptions: which are due, with their plans prepared for rating, and their progress. */
export class DueSubscriptions {
  readonly #plans = new Map<string, PreparePlan>();

  /** Due subscriptions behind a position, the longest due first. */
  async listDueIn(transaction: Transaction, until: Date, after: store.DuePosition, limit: number): Promise<DuePage> {
    const subscriptions = await store.listDueSubscriptions(transaction, until, after, limit);
    return {
      subscriptions,
      plans: await this.#loadPlans(
        transaction,
        subscriptions.flatMap(({ phases }) => phases),
      ),
    };
  }

  /** Locks those that are still as they were read; others are left alone. */
  async lockUnchangedIn(
    transaction: Transaction,
    subscriptions: readonly Subscription[],
  ): Promise<ReadonlySet<string>> {
    return store.lockUnchanged(transaction, subscriptions);
  }

  async saveProgressIn(transaction: Transaction, progress: readonly store.BillingProgress[]): Promise<void> {
    if (progress.length > 0) await store.updateBillingProgress(transaction, progress);
  }

  async #loadPlans(transaction: Transaction, phases: readonly Phase[]): Promise<Map<string, PreparePlan>> {
    const tenantId = transaction.tenantId ?? '';
    const plans = new Map<string, PreparePlan>();
    const missing = new Map<string, Phase>();
    for (const phase of phases) {
      const known = this.#plans.get(`${tenantId}/${keyOf(phase)}`);
      if (known === undefined) missing.set(keyOf(phase), phase);
      else plans.set(keyOf(phase), known);
    }
    if (missing.size === 0) return plans;
    if (this.#plans.size > maximumPlans) this.#plans.clear();
    for (const version of await store.listPlanVersions(transaction, [...missing.values()])) {
      let compiled: BillablePlan | undefined;
      const prepare = (): BillablePlan => (compiled ??= compilePlan(version));
      const key = keyOf({ planId: version.planId, planVersion: version.version });
      plans.set(key, prepare);
      this.#plans.set(`${tenantId}/${key}`, prepare);
    }
    return plans;
  }
}

/** The subscription with compiled prices. Throws where a price cannot be rated. */
export function toBillable(subscription: Subscription, plans: DuePage['plans']): BillableSubscription {
  const { id, accountId, currency, endsOn } = subscription;
  const phases = subscription.phases.map((phase) => {
    const prepare = plans.get(keyOf(phase));
    if (prepare === undefined) throw new Error(`plan version ${keyOf(phase)} is not stored`);
    return { id: phase.id, from: phase.from, to: phase.to, quantity: phase.quantity, plan: prepare() };
  });
  return { id, accountId, currency, endsOn, phases, schedule: scheduleOf(subscription) };
}

function keyOf({ planId, planVersion }: Pick<Phase, 'planId' | 'planVersion'>): string {
  return `${planId}/${planVersion}`;
}
