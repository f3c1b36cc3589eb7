import type { BillingPeriod, Price } from '@plinth/contracts';

/** A plan and one of its versions. Versions are final: subscriptions keep the one that they were sold under. */
export interface Plan {
  readonly id: string;
  readonly productId: string;
  readonly key: string;
  readonly name: string;
  readonly archived: boolean;
  readonly planVersion: number;
  readonly currency: string;
  readonly period: BillingPeriod;
  readonly prices: readonly Price[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
