import type { Transaction } from '@plinth/common';
import { compilePlan, type BillablePlan } from '../billing/billable-plan.ts';
import type { BillableSubscription } from '../billing/billing.ts';
import * as store from './subscription.store.ts';
import { listPlanVersions } from './plan-version.store.ts';
import { servedPhases, spanOf, type Phase, type Subscription } from './subscription.ts';

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
      plans: await this.#loadPlans(transaction, subscriptions),
    };
  }

  /** The plan versions of any subscriptions, prepared for rating; also those that are not due or not written yet. */
  async preparePlansIn(transaction: Transaction, subscriptions: readonly Subscription[]): Promise<DuePage['plans']> {
    return this.#loadPlans(transaction, subscriptions);
  }

  /** When the next billing falls due after an instant; null when none is known to. */
  async findNextDueIn(transaction: Transaction, after: Date): Promise<Date | null> {
    return store.findNextDue(transaction, after);
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

  async #loadPlans(
    transaction: Transaction,
    subscriptions: readonly Subscription[],
  ): Promise<Map<string, PreparePlan>> {
    const tenantId = transaction.tenantId ?? '';
    const plans = new Map<string, PreparePlan>();
    const missing = new Map<string, SoldPhase>();
    for (const { currency, phases } of subscriptions) {
      for (const phase of phases) {
        const key = keyOf(phase, currency);
        const known = this.#plans.get(`${tenantId}/${key}`);
        if (known === undefined) missing.set(key, { ...phase, currency });
        else plans.set(key, known);
      }
    }
    if (missing.size === 0) return plans;
    if (this.#plans.size > maximumPlans) this.#plans.clear();
    const versions = new Map(
      (await listPlanVersions(transaction, [...missing.values()])).map((version) => [versionKeyOf(version), version]),
    );
    for (const [key, phase] of missing) {
      const version = versions.get(versionKeyOf({ ...phase, version: phase.planVersion }));
      if (version === undefined) continue;
      let compiled: BillablePlan | undefined;
      const part = { phaseKey: phase.phaseKey, feesWaived: areFeesWaived(phase) };
      const prepare = (): BillablePlan => (compiled ??= compilePlan(version, part));
      plans.set(key, prepare);
      this.#plans.set(`${tenantId}/${key}`, prepare);
    }
    return plans;
  }
}

type SoldPhase = Phase & { readonly currency: string };

/** The subscription with compiled prices. Throws where a price cannot be rated. */
export function toBillable(subscription: Subscription, plans: DuePage['plans']): BillableSubscription {
  const { id, accountId, currency, prorationBasis } = subscription;
  const phases = servedPhases(subscription).map((phase) => {
    const key = keyOf(phase, currency);
    const prepare = plans.get(key);
    if (prepare === undefined) throw new Error(`plan version ${key} is not stored`);
    const { track, from, to, startsAt, endsAt, quantity } = phase;
    return { id: phase.id, track, from, to, startsAt, endsAt, quantity, plan: prepare() };
  });
  return { ...spanOf(subscription), id, accountId, currency, basis: prorationBasis, phases };
}

function areFeesWaived({ phaseKind, paused }: Phase): boolean {
  return phaseKind === 'trial' || paused;
}

function keyOf(phase: Phase, currency: string): string {
  const { planId, planVersion, phaseKey } = phase;
  return `${planId}/${planVersion}/${currency}/${phaseKey}${areFeesWaived(phase) ? '/waived' : ''}`;
}

function versionKeyOf({ planId, version, currency }: { planId: string; version: number; currency: string }): string {
  return `${planId}/${version}/${currency}`;
}
