import type { ContractFunctions, meteringContract, subscriptionContract } from '@plinth/contracts';
import type { Clock, Database } from '@plinth/common';
import { answerQuantities } from '../invoice-run/answer-quantities.ts';
import { UsageUnreadableError } from '../invoice-run/invoice-run.errors.ts';
import { Quantities } from '../invoice-run/quantities.ts';
import { toBillable, type DueSubscriptions } from '../subscription/due-subscriptions.service.ts';
import type { SubscriptionService } from '../subscription/subscription.service.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { compareLastPeriod, costOf, listComparedWindows } from './plan-preview.ts';
import { countTouched, listTouchedIds } from './plan-preview.store.ts';

type PreviewFunction = ContractFunctions<typeof subscriptionContract>['previewPlanVersion'];
type PlanPreview = Awaited<ReturnType<PreviewFunction>>;

export interface PlanPreviewDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly subscriptions: Pick<SubscriptionService, 'getSubscription'>;
  readonly due: DueSubscriptions;
  readonly metering: Pick<ContractFunctions<typeof meteringContract>, 'listQuantities' | 'listGroupedQuantities'>;
}

/** Tells what a plan version would mean for the subscriptions of its plan before it is published (rule 19). */
export class PlanPreviewService {
  readonly #dependencies: PlanPreviewDependencies;
  constructor(dependencies: PlanPreviewDependencies) {
    this.#dependencies = dependencies;
  }

  /** Counts all subscriptions that have the plan in the version's currency, and rates the oldest of them both ways. */
  async preview({ tenantId, plan, limit }: Parameters<PreviewFunction>[0]): Promise<PlanPreview> {
    const { database, clock, subscriptions, due } = this.#dependencies;
    const now = clock.now();
    const selection = { planId: plan.planId, currency: plan.currency, now };
    const { counts, ids } = await database.transaction(tenantId, async (transaction) => ({
      counts: await countTouched(transaction, selection),
      ids: await listTouchedIds(transaction, selection, limit),
    }));
    const touched: Subscription[] = [];
    for (const id of ids) touched.push(await subscriptions.getSubscription(tenantId, id));
    const plans = await database.transaction(tenantId, (transaction) => due.preparePlansIn(transaction, touched));
    const compared = touched.flatMap((subscription) => {
      const billable = toBillable(subscription, plans);
      const period = compareLastPeriod(billable, subscription.phases, plan, now);
      return period === undefined ? [] : [{ billable, period }];
    });
    const quantities = await this.#loadQuantities(tenantId, compared);
    const costs = compared.flatMap(({ billable, period }) => {
      const findQuantity = quantities.finderFor(billable.accountId);
      const { start, end } = period.current.period;
      const sample = {
        subscriptionId: billable.id,
        accountId: billable.accountId,
        from: start.toISOString(),
        to: end.toISOString(),
      };
      const both = unlessUnreadable(() => ({
        current: costOf(billable, period.current, findQuantity),
        proposed: costOf(billable, period.proposed, findQuantity),
      }));
      return both === undefined ? [] : [{ ...sample, ...both }];
    });
    return {
      ...counts,
      rated: costs.length,
      currentMinor: String(costs.reduce((sum, { current }) => sum + current, 0n)),
      newMinor: String(costs.reduce((sum, { proposed }) => sum + proposed, 0n)),
      samples: costs.map(({ current, proposed, ...sample }) => ({
        ...sample,
        currentMinor: String(current),
        newMinor: String(proposed),
      })),
    };
  }

  async #loadQuantities(
    tenantId: string,
    compared: readonly {
      readonly billable: { readonly accountId: string };
      readonly period: Parameters<typeof listComparedWindows>[0];
    }[],
  ): Promise<Quantities> {
    const { metering } = this.#dependencies;
    const quantities = new Quantities();
    for (const { billable, period } of compared)
      for (const window of listComparedWindows(period)) quantities.add(billable.accountId, window);
    await answerQuantities(metering, tenantId, quantities);
    return quantities;
  }
}

/** A version that is to make usage readable again must not be refused its preview because it is not yet. */
function unlessUnreadable<Cost>(cost: () => Cost): Cost | undefined {
  try {
    return cost();
  } catch (error) {
    if (error instanceof UsageUnreadableError) return undefined;
    throw error;
  }
}
