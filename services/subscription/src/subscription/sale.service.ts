import { NotFoundError, newId, type Clock, type Database, type DomainError, type Transaction } from '@plinth/common';
import { periodsOf } from '../billing/commitment.ts';
import type { EntitlementService } from '../entitlement/entitlement.service.ts';
import { trialSubject } from './plan-change.ts';
import { insertPlanVersions } from './plan-version.store.ts';
import { buildSubscription, hasTrial, startOf, type NewSubscription, type Sale } from './sale.ts';
import type { Checked, SubscriptionChecks } from './subscription-checks.service.ts';
import { CommitmentTermError, EndsBeforeStartError, NotAPlanError, PlanArchivedError } from './subscription.errors.ts';
import * as store from './subscription.store.ts';
import type { Subscription } from './subscription.ts';
import { findTermFault } from './term-changes.ts';
import { claimTrials } from './trial.store.ts';

/** What became of one subscription of a batch. */
export type CreateOutcome =
  | { readonly subscriptionId: string; readonly created: boolean }
  | { readonly error: DomainError };

/** Sells plans to accounts. */
export class SaleService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #checks: SubscriptionChecks;
  readonly #entitlements: EntitlementService;

  constructor(database: Database, clock: Clock, checks: SubscriptionChecks, entitlements: EntitlementService) {
    this.#database = database;
    this.#clock = clock;
    this.#checks = checks;
    this.#entitlements = entitlements;
  }

  async createSubscription(tenantId: string, input: NewSubscription): Promise<Subscription> {
    const sale = await this.prepare(tenantId, input);
    return this.#database.transaction(tenantId, (transaction) => this.sellIn(transaction, sale));
  }

  /** The sale of one subscription. Throws why it cannot be made. */
  async prepare(tenantId: string, input: NewSubscription): Promise<Sale> {
    const [sale] = await this.#prepareAll(tenantId, [input]);
    if (sale === undefined || 'error' in sale) throw sale?.error ?? new NotFoundError('account', input.accountId);
    if (sale.plan.archived) throw new PlanArchivedError(sale.plan.planKey);
    return sale;
  }

  /** Writes a sale inside a transaction. */
  async sellIn(transaction: Transaction, sale: Sale): Promise<Subscription> {
    const [subscription] = await this.#insert(transaction, [sale]);
    return subscription!;
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
    const sales = await this.#prepareAll(tenantId, inputs);
    return this.#database.transaction(tenantId, async (transaction) => {
      const findSubscribed = unlessSubscribed ? await loadSubscribed(transaction, inputs) : undefined;
      const fresh = new Map<string, string>();
      const created: Sale[] = [];
      const outcomes = sales.map((sale): CreateOutcome => {
        if ('error' in sale) return sale;
        const { id, account, plan, startsOn } = sale;
        const key = `${account.id}/${plan.planId}/${startsOn}`;
        const existing = findSubscribed?.(sale) ?? (unlessSubscribed ? fresh.get(key) : undefined);
        if (existing !== undefined) return { subscriptionId: existing, created: false };
        if (plan.archived) return { error: new PlanArchivedError(plan.planKey) };
        fresh.set(key, id);
        created.push(sale);
        return { subscriptionId: id, created: true };
      });
      if (created.length > 0) await this.#insert(transaction, created);
      return outcomes;
    });
  }

  async #prepareAll(tenantId: string, inputs: readonly NewSubscription[]): Promise<Checked<Sale>[]> {
    const accounts = await this.#checks.loadAccounts(
      tenantId,
      inputs.map((input) => input.accountId),
    );
    const findPlan = await this.#checks.loadPlans(
      tenantId,
      inputs.flatMap((input) => {
        const currency = accounts.get(input.accountId)?.currency;
        return currency === undefined ? [] : [{ ...input, currency }];
      }),
    );
    const now = this.#clock.now();
    return inputs.map((input): Checked<Sale> => {
      const account = accounts.get(input.accountId);
      if (account === undefined) return { error: new NotFoundError('account', input.accountId) };
      const plan = findPlan({ ...input, currency: account.currency });
      const startsOn = startOf(input, account, now);
      if (input.endsOn !== undefined && input.endsOn <= startsOn) return { error: new EndsBeforeStartError(startsOn) };
      if ('error' in plan) return plan;
      if (plan.kind !== 'plan') return { error: new NotAPlanError(plan.planKey) };
      if (input.commitment !== undefined && periodsOf(input.commitment.term, plan.period) === undefined)
        return { error: new CommitmentTermError(`${plan.period.count} ${plan.period.unit}`) };
      const fault = input.term && findTermFault(plan.period, input.term, input.commitment ?? null);
      if (fault !== undefined) return { error: fault };
      return { id: newId(), input, account, plan, startsOn };
    });
  }

  /** Trials are claimed together with what claims them: of two sales at once, one has it. */
  async #insert(transaction: Transaction, sales: readonly Sale[]): Promise<Subscription[]> {
    const now = this.#clock.now();
    const claims = sales
      .filter(({ plan }) => hasTrial(plan))
      .map(({ id, account, plan }) => ({ accountId: account.id, subject: trialSubject(plan), subscriptionId: id }));
    const tried = await claimTrials(transaction, claims, now);
    const subscriptions = sales.map((sale) => buildSubscription(sale, tried.has(sale.id), now, newId));
    const plans = new Map(sales.map(({ plan }) => [`${plan.planId}/${plan.version}/${plan.currency}`, plan]));
    await insertPlanVersions(transaction, [...plans.values()]);
    await store.insertSubscriptions(transaction, subscriptions);
    for (const [position, subscription] of subscriptions.entries()) {
      const { id, accountId } = subscription;
      transaction.audit({
        action: 'subscription.created',
        resourceType: 'subscription',
        resourceId: id,
        after: subscription,
      });
      const { planId } = sales[position]!.plan;
      transaction.publish('subscription.created', id, { subscriptionId: id, accountId, planId });
    }
    await this.#entitlements.refreshIn(
      transaction,
      subscriptions.map(({ accountId }) => accountId),
    );
    return subscriptions;
  }
}

/** Tells which subscription an account has to the plan of a sale on its start date. */
async function loadSubscribed(
  transaction: Transaction,
  inputs: readonly NewSubscription[],
): Promise<(sale: Sale) => string | undefined> {
  await store.lockImports(transaction);
  const accountIds = [...new Set(inputs.map((input) => input.accountId))];
  const planIds = [...new Set(inputs.map((input) => input.planId))];
  const phases = await store.listSubscribedPlans(transaction, accountIds, planIds);
  const byAccountAndPlan = Map.groupBy(phases, ({ accountId, planId }) => `${accountId}/${planId}`);
  return ({ plan, account, startsOn }) =>
    byAccountAndPlan
      .get(`${account.id}/${plan.planId}`)
      ?.find(({ from, to }) => from <= startsOn && (to === null || to > startsOn))?.subscriptionId;
}
