import type { Transaction } from '@plinth/common';
import type { PlanPrice } from './price.ts';

const select = `
  SELECT r.id, r.key, r.description, r.model, r.models, r.tax_category AS "taxCategory", r.phases, r.plan_id AS "planId", r.plan_version AS "planVersion", v.currency, r.position
  FROM product.prices r JOIN product.plan_versions v USING (plan_id, plan_version)`;

export interface PriceSelection {
  /** The prices of this plan only. */
  readonly planId: string | undefined;
  /** Prices with a tier table only. */
  readonly tieredOnly: boolean;
}

export interface PricePlace {
  readonly planId: string;
  readonly position: number;
}

/** Prices of the newest versions, plan by plan, in the order in which the plan lists them. */
export async function listPrices(
  transaction: Transaction,
  { planId, tieredOnly }: PriceSelection,
  limit: number,
  after: PricePlace | undefined,
): Promise<PlanPrice[]> {
  return transaction.rows<PlanPrice>(
    `${select} JOIN product.plans p ON p.id = r.plan_id AND p.newest_version = r.plan_version
     WHERE ($2::uuid IS NULL OR r.plan_id = $2)
       AND (NOT $3 OR r.model ? 'tiers')
       AND ($4::uuid IS NULL OR (r.plan_id, r.position) > ($4, $5::integer))
     ORDER BY r.plan_id, r.position LIMIT $1`,
    [limit, planId ?? null, tieredOnly, after?.planId ?? null, after?.position ?? null],
  );
}

/** The price, of whichever version. */
export async function findPrice(transaction: Transaction, id: string): Promise<PlanPrice | undefined> {
  return transaction.findRow<PlanPrice>(`${select} WHERE r.id = $1`, [id]);
}
