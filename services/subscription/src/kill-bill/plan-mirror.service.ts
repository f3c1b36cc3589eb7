import { createHash } from 'node:crypto';
import type { Database, Transaction } from '@plinth/common';
import { listPlanVersions } from '../subscription/plan-version.store.ts';
import type { OpenConnection } from './connection.service.ts';
import { noteCatalogue } from './connection.store.ts';
import { expressPlan, type KillBillPlan } from './kill-bill-plan.ts';
import { planKeyOf, type ExpressedPlan } from './mirror-steps.ts';
import { listSoldVersions } from './mirror.store.ts';
import { renderCatalogue } from './render-catalogue.ts';

/**
 * Before every subscription. Each upload is a second later than the one before: Kill Bill takes the newest version of
 * the catalogue that was in effect when something began, and plans stay in it once they were sold.
 */
const firstEffective = Date.parse('2000-01-01T00:00:00Z');

/** The plan versions that were sold, as Kill Bill has them. */
export class PlanMirror {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** What Kill Bill makes of each plan version that was sold, by key. */
  async expressSold(tenantId: string): Promise<Map<string, ExpressedPlan>> {
    return this.#database.transaction(tenantId, (transaction) => this.expressSoldIn(transaction));
  }

  async expressSoldIn(transaction: Transaction): Promise<Map<string, ExpressedPlan>> {
    const sold = await listPlanVersions(transaction, await listSoldVersions(transaction));
    return new Map(
      sold.map((plan) => [
        planKeyOf(plan.planId, plan.version, plan.currency),
        { sold: plan, expression: expressPlan(plan) },
      ]),
    );
  }

  /** Uploads the catalogue if it is another one than last time. */
  async upload(
    tenantId: string,
    { client, connection }: OpenConnection,
    plans: ReadonlyMap<string, ExpressedPlan>,
  ): Promise<boolean> {
    const expressed = [...plans.values()].flatMap(({ expression }): KillBillPlan[] =>
      expression.plan === undefined ? [] : [expression.plan],
    );
    if (expressed.length === 0) return false;
    const digest = createHash('sha256')
      .update(renderCatalogue(expressed, new Date(firstEffective)))
      .digest('hex');
    if (digest === connection.catalogueDigest) return false;
    const effective = new Date(firstEffective + connection.catalogueUploads * 1000);
    await client.uploadCatalogue(renderCatalogue(expressed, effective));
    await this.#database.transaction(tenantId, (transaction) => noteCatalogue(transaction, digest));
    return true;
  }
}
