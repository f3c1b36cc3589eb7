import type { ContractFunctions, subscriptionContract } from '@plinth/contracts';
import type { NewPlanVersion } from '../plan/plan.dto.ts';
import { resolveVersion } from '../plan/plan.ts';
import { compareTerms } from '../plan/compare-terms.ts';
import { describeTerms } from '../plan/describe-terms.ts';
import type { PlanService } from '../plan/plan.service.ts';
import type { VersionPreview } from './preview.dto.ts';

type PreviewFunction = Pick<ContractFunctions<typeof subscriptionContract>, 'previewPlanVersion'>;

/** Tells what a version would mean for subscriptions before it is published (rule 19). */
export class PreviewService {
  readonly #plans: PlanService;
  readonly #subscription: PreviewFunction;

  constructor(plans: PlanService, subscription: PreviewFunction) {
    this.#plans = plans;
    this.#subscription = subscription;
  }

  /** Publishes nothing; throws the faults that publishing would. `limit` subscriptions of each currency are rated. */
  async preview(tenantId: string, planId: string, content: NewPlanVersion, limit: number): Promise<VersionPreview> {
    const newest = await this.#plans.get(tenantId, planId);
    const proposed = await this.#plans.composeVersion(tenantId, planId, content);
    const sold = [proposed.currency, ...proposed.currencies];
    const currencies: VersionPreview['currencies'] = [];
    for (const currency of sold) {
      const plan = resolveVersion(proposed, currency);
      if (plan === undefined) continue;
      currencies.push({ currency, ...(await this.#subscription.previewPlanVersion({ tenantId, plan, limit })) });
    }
    return {
      planId,
      planVersion: proposed.planVersion,
      changes: compareTerms(describeTerms(newest), describeTerms(proposed)),
      currencies,
      droppedCurrencies: [newest.currency, ...newest.currencies].filter((currency) => !sold.includes(currency)),
    };
  }
}
