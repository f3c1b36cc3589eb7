import type { ContractFunctions, meteringContract, subscriptionContract } from '@plinth/contracts';
import type { Clock, Database } from '@plinth/common';
import { metersOf } from '../billing/billable-plan.ts';
import { answerQuantities } from '../invoice-run/answer-quantities.ts';
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
  readonly metering: Pick<
    ContractFunctions<typeof meteringContract>,
    'listKnownMeters' | 'listQuantities' | 'listGroupedQuantities'
  >;
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
    const quantities = await this.#loadQuantities(tenantId, compared, await this.#listUnknownMeters(tenantId, plan));
    const costs = compared.map(({ billable, period }) => {
      const findQuantity = quantities.finderFor(billable.accountId);
      const { start, end } = period.current.period;
      return {
        subscriptionId: billable.id,
        accountId: billable.accountId,
        from: start.toISOString(),
        to: end.toISOString(),
        current: costOf(billable, period.current, findQuantity),
        proposed: costOf(billable, period.proposed, findQuantity),
      };
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

  /** A meter that is not there yet has counted nothing. */
  async #listUnknownMeters(
    tenantId: string,
    plan: Parameters<PreviewFunction>[0]['plan'],
  ): Promise<ReadonlySet<string>> {
    const meters = metersOf(plan);
    if (meters.length === 0) return new Set();
    const known = new Set(await this.#dependencies.metering.listKnownMeters({ tenantId, meters }));
    return new Set(meters.filter((meter) => !known.has(meter)));
  }

  async #loadQuantities(
    tenantId: string,
    compared: readonly {
      readonly billable: { readonly accountId: string };
      readonly period: Parameters<typeof listComparedWindows>[0];
    }[],
    unknown: ReadonlySet<string>,
  ): Promise<Quantities> {
    const { metering } = this.#dependencies;
    const quantities = new Quantities();
    for (const { billable, period } of compared)
      for (const window of listComparedWindows(period))
        if (!unknown.has(window.meter)) quantities.add(billable.accountId, window);
    await answerQuantities(metering, tenantId, quantities);
    return quantities;
  }
}
