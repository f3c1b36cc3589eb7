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
    choices: readonly PlanChoice[],
  ): Promise<(choice: PlanChoice, currency: string) => Checked<PlanVersion>> {
    const distinct = new Map(choices.map((choice) => [keyOf(choice), choice]));
    const plans = new Map<string, PlanVersion | null>();
    for (const [key, { planId, planVersion }] of distinct) {
      plans.set(
        key,
        await this.#contracts.product.findPlanVersion({
          tenantId,
          planId,
          ...(planVersion === undefined ? {} : { version: planVersion }),
        }),
      );
    }
    const known = await this.#loadKnownMeters(
      tenantId,
      [...plans.values()].filter((plan) => plan !== null),
    );
    return (choice, currency) => {
      const plan = plans.get(keyOf(choice));
      if (plan === undefined || plan === null) return { error: new NotFoundError('plan', choice.planId) };
      if (plan.currency !== currency) return { error: new CurrencyDiffersError(plan.currency, currency) };
      const unknown = metersOf(plan).filter((meter) => !known.has(meter));
      return unknown.length > 0 ? { error: new MeterUnknownError(unknown) } : plan;
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

function keyOf({ planId, planVersion }: PlanChoice): string {
  return `${planId}/${planVersion ?? ''}`;
}
