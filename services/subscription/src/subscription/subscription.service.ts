import type { AccountSummary, PlanVersion } from '@plinth/contracts';
import {
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type DomainError,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { billingAt } from '../billing/billing.ts';
import { localDateAt } from '../period/local-date.ts';
import type { PlanChoice, SubscriptionChecks } from './subscription-checks.service.ts';
import {
  EndsBeforeStartError,
  PeriodDiffersError,
  PlanArchivedError,
  SubscriptionCanceledError,
} from './subscription.errors.ts';
import * as store from './subscription.store.ts';
import {
  cancel,
  changePhase,
  endsAt,
  phaseOn,
  scheduleOf,
  type EffectiveTime,
  type Subscription,
  type SubscriptionStatus,
} from './subscription.ts';

export interface NewSubscription extends PlanChoice {
  readonly accountId: string;
  readonly startsOn?: string | undefined;
  readonly endsOn?: string | undefined;
  readonly quantity?: number | undefined;
}

export interface SubscriptionChange extends PlanChoice {
  readonly quantity?: number | undefined;
  readonly when: EffectiveTime;
}

export interface SubscriptionQuery {
  readonly accountId?: string | undefined;
  readonly status?: SubscriptionStatus | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What became of one subscription of a batch. */
export type CreateOutcome =
  | { readonly subscriptionId: string; readonly created: boolean }
  | { readonly error: DomainError };

interface Sale {
  readonly subscription: Subscription;
  readonly plan: PlanVersion;
}

/** Sells plans to accounts and leads subscriptions through change and cancellation. */
export class SubscriptionService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #checks: SubscriptionChecks;

  constructor(database: Database, clock: Clock, checks: SubscriptionChecks) {
    this.#database = database;
    this.#clock = clock;
    this.#checks = checks;
  }

  now(): Date {
    return this.#clock.now();
  }

  async createSubscription(tenantId: string, input: NewSubscription): Promise<Subscription> {
    const [sale] = await this.#prepareSales(tenantId, [input]);
    if (sale === undefined || 'error' in sale) throw sale?.error ?? new NotFoundError('account', input.accountId);
    if (sale.plan.archived) throw new PlanArchivedError(sale.plan.planKey);
    await this.#database.transaction(tenantId, (transaction) => insertSales(transaction, [sale]));
    return sale.subscription;
  }

  /**
   * Creates many, set-based, with an answer for each. `unlessSubscribed`: an account that is subscribed to the
   * plan on the start date keeps that subscription.
   */
  async createSubscriptions(
    tenantId: string,
    inputs: readonly NewSubscription[],
    unlessSubscribed: boolean,
  ): Promise<CreateOutcome[]> {
    const sales = await this.#prepareSales(tenantId, inputs);
    return this.#database.transaction(tenantId, async (transaction) => {
      const findSubscribed = unlessSubscribed ? await this.#loadSubscribed(transaction, inputs) : undefined;
      const fresh = new Map<string, string>();
      const created: Sale[] = [];
      const outcomes = sales.map((sale): CreateOutcome => {
        if ('error' in sale) return sale;
        const { id, accountId, startsOn } = sale.subscription;
        const key = `${accountId}/${sale.plan.planId}/${startsOn}`;
        const existing = findSubscribed?.(sale) ?? (unlessSubscribed ? fresh.get(key) : undefined);
        if (existing !== undefined) return { subscriptionId: existing, created: false };
        if (sale.plan.archived) return { error: new PlanArchivedError(sale.plan.planKey) };
        fresh.set(key, id);
        created.push(sale);
        return { subscriptionId: id, created: true };
      });
      if (created.length > 0) await insertSales(transaction, created);
      return outcomes;
    });
  }

  async getSubscription(tenantId: string, id: string): Promise<Subscription> {
    const subscription = await this.#database.transaction(tenantId, (transaction) =>
      store.findSubscription(transaction, id),
    );
    if (subscription === undefined) throw new NotFoundError('subscription', id);
    return subscription;
  }

  async listSubscriptions(
    tenantId: string,
    { limit, cursor, ...filter }: SubscriptionQuery,
  ): Promise<Page<Subscription>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listSubscriptions(transaction, filter, limit + 1, before),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (subscription) => subscription,
    );
  }

  async changeSubscription(
    tenantId: string,
    id: string,
    change: SubscriptionChange,
    ifMatch: number | undefined,
  ): Promise<Subscription> {
    const current = await this.getSubscription(tenantId, id);
    const plan = (await this.#checks.loadPlans(tenantId, [change]))(change, current.currency);
    if ('error' in plan) throw plan.error;
    if (plan.period.unit !== current.period.unit || plan.period.count !== current.period.count)
      throw new PeriodDiffersError();
    // Who has an archived plan keeps it, with another quantity too.
    if (plan.archived && !current.phases.some(({ planId }) => planId === plan.planId))
      throw new PlanArchivedError(plan.planKey);
    return this.#change(tenantId, id, ifMatch, 'subscription.changed', async (before, transaction) => {
      if (before.status !== 'active') throw new SubscriptionCanceledError();
      await store.insertPlanVersions(transaction, [plan]);
      const now = this.#clock.now();
      const quantity = change.quantity ?? phaseOn(before.phases, localDateAt(before.timeZone, now)).quantity;
      return changePhase(
        before,
        { id: newId(), planId: plan.planId, planVersion: plan.version, quantity },
        change.when,
        now,
      );
    });
  }

  async cancelSubscription(
    tenantId: string,
    id: string,
    when: EffectiveTime,
    ifMatch: number | undefined,
  ): Promise<Subscription> {
    return this.#change(tenantId, id, ifMatch, 'subscription.canceled', async (before, transaction) => {
      const after = cancel(before, when, this.#clock.now());
      if (after === before) return before;
      transaction.publish('subscription.canceled', id, {
        subscriptionId: id,
        accountId: after.accountId,
        endsAt: endsAt(after)!.toISOString(),
      });
      return after;
    });
  }

  async #change(
    tenantId: string,
    id: string,
    ifMatch: number | undefined,
    action: string,
    change: (before: Subscription, transaction: Transaction) => Promise<Subscription>,
  ): Promise<Subscription> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findSubscriptionForUpdate(transaction, id);
      if (before === undefined) throw new NotFoundError('subscription', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const changed = await change(before, transaction);
      if (changed === before) return before;
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateSubscription(transaction, after);
      transaction.audit({ action, resourceType: 'subscription', resourceId: id, before, after });
      return after;
    });
  }

  async #prepareSales(
    tenantId: string,
    inputs: readonly NewSubscription[],
  ): Promise<(Sale | { error: DomainError })[]> {
    const accounts = await this.#checks.loadAccounts(
      tenantId,
      inputs.map((input) => input.accountId),
    );
    const findPlan = await this.#checks.loadPlans(tenantId, inputs);
    const now = this.#clock.now();
    return inputs.map((input) => {
      const account = accounts.get(input.accountId);
      if (account === undefined) return { error: new NotFoundError('account', input.accountId) };
      const plan = findPlan(input, account.currency);
      const startsOn = input.startsOn ?? localDateAt(account.timeZone, now);
      if (input.endsOn !== undefined && input.endsOn <= startsOn) return { error: new EndsBeforeStartError(startsOn) };
      return 'error' in plan ? plan : { plan, subscription: buildSubscription(input, account, plan, now) };
    });
  }

  /** Tells which subscription an account has to the plan of a sale on its start date. */
  async #loadSubscribed(
    transaction: Transaction,
    inputs: readonly NewSubscription[],
  ): Promise<(sale: Sale) => string | undefined> {
    await store.lockImports(transaction);
    const accountIds = [...new Set(inputs.map((input) => input.accountId))];
    const planIds = [...new Set(inputs.map((input) => input.planId))];
    const phases = await store.listSubscribedPlans(transaction, accountIds, planIds);
    const byAccountAndPlan = Map.groupBy(phases, ({ accountId, planId }) => `${accountId}/${planId}`);
    return ({ plan, subscription: { accountId, startsOn } }) =>
      byAccountAndPlan
        .get(`${accountId}/${plan.planId}`)
        ?.find(({ from, to }) => from <= startsOn && (to === null || to > startsOn))?.subscriptionId;
  }
}

function buildSubscription(
  input: NewSubscription,
  account: AccountSummary,
  plan: PlanVersion,
  now: Date,
): Subscription {
  const startsOn = input.startsOn ?? localDateAt(account.timeZone, now);
  const endsOn = input.endsOn ?? null;
  const schedule = scheduleOf({ startsOn, period: plan.period, timeZone: account.timeZone });
  const phase = {
    id: newId(),
    planId: plan.planId,
    planVersion: plan.version,
    quantity: input.quantity ?? 1,
    from: startsOn,
    to: endsOn,
  };
  return {
    id: newId(),
    accountId: account.id,
    currency: plan.currency,
    timeZone: account.timeZone,
    startsOn,
    period: plan.period,
    status: endsOn === null ? 'active' : 'canceled',
    endsOn,
    billNextIndex: 0,
    billNextAt: billingAt(schedule, endsOn, 0),
    changedSinceBilling: false,
    phases: [phase],
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

async function insertSales(transaction: Transaction, sales: readonly Sale[]): Promise<void> {
  const plans = new Map(sales.map(({ plan }) => [`${plan.planId}/${plan.version}`, plan]));
  await store.insertPlanVersions(transaction, [...plans.values()]);
  await store.insertSubscriptions(
    transaction,
    sales.map(({ subscription }) => subscription),
  );
  for (const { subscription, plan } of sales) {
    const { id, accountId } = subscription;
    transaction.audit({
      action: 'subscription.created',
      resourceType: 'subscription',
      resourceId: id,
      after: subscription,
    });
    transaction.publish('subscription.created', id, { subscriptionId: id, accountId, planId: plan.planId });
  }
}
