import {
  checkPriceMeters,
  metersOf,
  type AccountSummary,
  type ContractFunctions,
  type MeterDimensions,
  type PlanVersion,
  type accountContract,
  type meteringContract,
  type productContract,
} from '@plinth/contracts';
import { NotFoundError, type DomainError } from '@plinth/common';
import { CurrencyDiffersError, MeterUnknownError, MeterUnsuitableError } from './subscription.errors.ts';

export interface SubscriptionContracts {
  readonly account: ContractFunctions<typeof accountContract>;
  readonly product: ContractFunctions<typeof productContract>;
  readonly metering: ContractFunctions<typeof meteringContract>;
}

/** A plan as it was asked for; without a version the newest published one is meant. */
export interface PlanChoice {
  readonly planId: string;
  readonly planVersion?: number | undefined;
}

/** A choice and the currency that it is to be billed in. */
export interface PricedChoice extends PlanChoice {
  readonly currency: string;
}

export type Checked<Value> = Value | { readonly error: DomainError };

// The contract's own limit.
const maximumMeters = 1000;

/** Asks the other services what a sale needs to know. Called before a transaction is opened. */
export class SubscriptionChecks {
  readonly #contracts: SubscriptionContracts;
  constructor(contracts: SubscriptionContracts) {
    this.#contracts = contracts;
  }

  /** The accounts by id; those that do not exist are absent. */
  async loadAccounts(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, AccountSummary>> {
    const accounts = await this.#contracts.account.listAccountsByIds({ tenantId, ids: [...new Set(ids)] });
    return new Map(accounts.map((account) => [account.id, account]));
  }

  /** A function that gives the plan version of a choice, or why it cannot be sold in the currency. */
  async loadPlans(
    tenantId: string,
    choices: readonly PricedChoice[],
  ): Promise<(choice: PricedChoice) => Checked<PlanVersion>> {
    const distinct = new Map(choices.map((choice) => [keyOf(choice), choice]));
    const plans = new Map<string, Checked<PlanVersion>>();
    for (const [key, choice] of distinct) plans.set(key, await this.#loadPlan(tenantId, choice));
    const meters = await this.#loadMeters(
      tenantId,
      [...plans.values()].flatMap((plan) => ('error' in plan ? [] : [plan])),
    );
    return (choice) => {
      const plan = plans.get(keyOf(choice));
      if (plan === undefined) return { error: new NotFoundError('plan', choice.planId) };
      if ('error' in plan) return plan;
      const unknown = metersOf(plan.prices).filter((meter) => !meters.has(meter));
      if (unknown.length > 0) return { error: new MeterUnknownError(unknown) };
      const faults = checkPriceMeters(plan.prices, meters);
      return faults.length > 0 ? { error: new MeterUnsuitableError(plan.planKey, faults) } : plan;
    };
  }

  /** The plan version of one choice. Throws why it cannot be sold in the currency. */
  async getPlan(tenantId: string, choice: PricedChoice): Promise<PlanVersion> {
    const plan = (await this.loadPlans(tenantId, [choice]))(choice);
    if ('error' in plan) throw plan.error;
    return plan;
  }

  /** The number of a plan's version, or of its newest published one. Throws when there is none. */
  async getVersion(tenantId: string, { planId, planVersion }: PlanChoice): Promise<number> {
    const choice = { tenantId, planId, ...(planVersion === undefined ? {} : { version: planVersion }) };
    const plan = await this.#contracts.product.findPlanVersion(choice);
    if (plan === null) throw new NotFoundError('plan', planId);
    return plan.version;
  }

  /** Of a plan that is not sold in the currency, its main one tells in which. */
  async #loadPlan(tenantId: string, { planId, planVersion, currency }: PricedChoice): Promise<Checked<PlanVersion>> {
    const choice = { tenantId, planId, ...(planVersion === undefined ? {} : { version: planVersion }) };
    const plan = await this.#contracts.product.findPlanVersion({ ...choice, currency });
    if (plan?.currency === currency) return plan;
    const other = plan ?? (await this.#contracts.product.findPlanVersion(choice));
    return {
      error: other === null ? new NotFoundError('plan', planId) : new CurrencyDiffersError(other.currency, currency),
    };
  }

  async #loadMeters(tenantId: string, plans: readonly PlanVersion[]): Promise<MeterDimensions> {
    const keys = metersOf(plans.flatMap(({ prices }) => prices));
    const meters = new Map<string, readonly string[]>();
    for (let from = 0; from < keys.length; from += maximumMeters) {
      const part = keys.slice(from, from + maximumMeters);
      const found = await this.#contracts.metering.listMeters({ tenantId, keys: part });
      for (const { key, dimensions } of found) meters.set(key, dimensions);
    }
    return meters;
  }
}

function keyOf({ planId, planVersion, currency }: PricedChoice): string {
  return `${planId}/${planVersion ?? ''}/${currency}`;
}
