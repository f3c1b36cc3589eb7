import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { GrantedFeature, Plan } from './plan.ts';

const select = `
  SELECT p.id, p.product_id AS "productId", p.key, p.name, p.archived, v.plan_version AS "planVersion", v.currency, v.period, p.version,
    p.created_at AS "createdAt", p.updated_at AS "updatedAt",
    (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'description', r.description, 'model', r.model) ORDER BY r.position)
     FROM product.prices r WHERE r.plan_id = v.plan_id AND r.plan_version = v.plan_version) AS prices,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('feature', f.key, 'value', e.value) ORDER BY e.position), '[]')
     FROM product.entitlements e JOIN product.features f ON f.id = e.feature_id
     WHERE e.plan_id = v.plan_id AND e.plan_version = v.plan_version) AS entitlements
  FROM product.plans p JOIN product.plan_versions v ON v.plan_id = p.id`;

/** Features by key, as the entitlements of the plan name them. */
export type FeaturesByKey = ReadonlyMap<string, GrantedFeature>;

/** Writes the plan with its first version. */
export async function insertPlan(transaction: Transaction, plan: Plan, features: FeaturesByKey): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO product.plans (id, tenant_id, product_id, key, name, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [plan.id, transaction.tenantId, plan.productId, plan.key, plan.name, plan.createdAt],
    ),
    'plan',
    plan.key,
  );
  await insertVersion(transaction, plan, features);
}

/** Writes a version with its prices and entitlements. */
export async function insertVersion(transaction: Transaction, plan: Plan, features: FeaturesByKey): Promise<void> {
  await transaction.execute(
    `INSERT INTO product.plan_versions (tenant_id, plan_id, plan_version, currency, period, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [transaction.tenantId, plan.id, plan.planVersion, plan.currency, JSON.stringify(plan.period), plan.updatedAt],
  );
  await transaction.execute(
    `INSERT INTO product.prices (id, tenant_id, plan_id, plan_version, position, key, description, model)
     SELECT id, $1, $2, $3, position, key, description, model
     FROM unnest($4::uuid[], $5::text[], $6::text[], $7::jsonb[]) WITH ORDINALITY AS new (id, key, description, model, position)`,
    [
      transaction.tenantId,
      plan.id,
      plan.planVersion,
      plan.prices.map((price) => price.id),
      plan.prices.map((price) => price.key),
      plan.prices.map((price) => price.description),
      plan.prices.map((price) => JSON.stringify(price.model)),
    ],
  );
  if (plan.entitlements.length === 0) return;
  await transaction.execute(
    `INSERT INTO product.entitlements (tenant_id, plan_id, plan_version, position, feature_id, value)
     SELECT $1, $2, $3, position, feature_id, value
     FROM unnest($4::uuid[], $5::jsonb[]) WITH ORDINALITY AS new (feature_id, value, position)`,
    [
      transaction.tenantId,
      plan.id,
      plan.planVersion,
      plan.entitlements.map((entitlement) => features.get(entitlement.feature)?.id),
      plan.entitlements.map((entitlement) => JSON.stringify(entitlement.value)),
    ],
  );
}

/** The plan in the given version, or in its newest. */
export async function findPlan(transaction: Transaction, id: string, planVersion?: number): Promise<Plan | undefined> {
  return transaction.findRow<Plan>(`${select} WHERE p.id = $1 AND v.plan_version = coalesce($2, p.newest_version)`, [
    id,
    planVersion ?? null,
  ]);
}

/** Locks the plan until the transaction ends. */
export async function lockPlan(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`SELECT 1 FROM product.plans WHERE id = $1 FOR UPDATE`, [id]);
}

export async function listPlans(transaction: Transaction, limit: number, after: string | undefined): Promise<Plan[]> {
  return transaction.rows<Plan>(
    `${select} WHERE v.plan_version = p.newest_version AND ($2::uuid IS NULL OR p.id > $2) ORDER BY p.id LIMIT $1`,
    [limit, after ?? null],
  );
}

/** The plan in its versions below `before`, the newest first. */
export async function listVersions(
  transaction: Transaction,
  id: string,
  limit: number,
  before: number | undefined,
): Promise<Plan[]> {
  return transaction.rows<Plan>(
    `${select} WHERE p.id = $1 AND ($3::integer IS NULL OR v.plan_version < $3) ORDER BY v.plan_version DESC LIMIT $2`,
    [id, limit, before ?? null],
  );
}

export async function updatePlan(transaction: Transaction, plan: Plan): Promise<void> {
  await transaction.execute(
    `UPDATE product.plans SET name = $2, archived = $3, newest_version = $4, version = $5, updated_at = $6 WHERE id = $1`,
    [plan.id, plan.name, plan.archived, plan.planVersion, plan.version, plan.updatedAt],
  );
}
