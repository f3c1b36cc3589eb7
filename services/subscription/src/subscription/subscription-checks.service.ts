import type {
  AccountSummary,
  ContractFunctions,
  PlanVersion,
  accountContract,
  meteringContract,
  productContract,
} from '@plinth/contracts';
import { NotFoundError, type DomainError } from '@plinth/common';
import { metersOf } from '../billing/billable-plan.ts';
import { CurrencyDiffersError, MeterUnknownError } from './subscription.errors.ts';

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
    const known = await this.#loadKnownMeters(
      tenantId,
      [...plans.values()].flatMap((plan) => ('error' in plan ? [] : [plan])),
    );
    return (choice) => {
      const plan = plans.get(keyOf(choice));
      if (plan === undefined) return { error: new NotFoundError('plan', choice.planId) };
      if ('error' in plan) return plan;
      const unknown = metersOf(plan).filter((meter) => !known.has(meter));
      return unknown.length > 0 ? { error: new MeterUnknownError(unknown) } : plan;
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

  async #loadKnownMeters(tenantId: string, plans: readonly PlanVersion[]): Promise<Set<string>> {
    const meters = [...new Set(plans.flatMap(metersOf))];
    const known = new Set<string>();
    for (let from = 0; from < meters.length; from += maximumMeters) {
      const found = await this.#contracts.metering.listKnownMeters({
        tenantId,
        meters: meters.slice(from, from + maximumMeters),
      });
      for (const meter of found) known.add(meter);
    }
    return known;
  }
}

function keyOf({ planId, planVersion, currency }: PricedChoice): string {
  return `${planId}/${planVersion ?? ''}/${currency}`;
}
