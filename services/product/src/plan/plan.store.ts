import { refuseDuplicate, type Transaction } from '@plinth/common';
import type { FamilyMember } from '../family/family.ts';
import type { KnownPlan } from './check-places.ts';
import type { Plan } from './plan.ts';

/** Plans that have left the family since are no longer among those that a subscription may change to. */
const changesTo = `
  CASE WHEN p.changes_to IS NOT NULL THEN coalesce(
    (SELECT jsonb_agg(named.key ORDER BY named.position)
     FROM unnest(p.changes_to) WITH ORDINALITY AS named (key, position)
     JOIN product.plans o ON o.key = named.key AND o.family_id = p.family_id), '[]') END`;

const select = `
  SELECT p.id, p.product_id AS "productId", p.key, p.name, p.kind, p.archived, v.plan_version AS "planVersion",
    CASE WHEN f.id IS NULL THEN NULL ELSE jsonb_build_object('key', f.key, 'rank', p.family_rank, 'upgrade', f.upgrade,
      'downgrade', f.downgrade, 'changesTo', ${changesTo}) END AS family,
    v.add_on_to AS "addOnTo", v.currency, v.currencies, v.period, v.phases, v.proration_basis AS "prorationBasis",
    v.tax_inclusive AS "taxInclusive", v.minimum_spend AS "minimumSpend", v.minimum_spends AS "minimumSpends",
    v.maximum_spend AS "maximumSpend", v.maximum_spends AS "maximumSpends", p.version,
    p.created_at AS "createdAt", p.updated_at AS "updatedAt",
    (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'description', r.description, 'model', r.model,
       'models', r.models, 'taxCategory', r.tax_category, 'phases', to_jsonb(r.phases)) ORDER BY r.position)
     FROM product.prices r WHERE r.plan_id = v.plan_id AND r.plan_version = v.plan_version) AS prices,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('feature', g.key, 'type', g.type, 'value', e.value, 'meter', g.meter,
       'reset', CASE g.type WHEN 'metered' THEN coalesce(e.reset, 'period') END, 'rollOver', e.roll_over,
       'overage', CASE g.type WHEN 'metered' THEN coalesce(e.overage, 'deny') END, 'alertsAt', to_jsonb(e.alerts_at))
       ORDER BY e.position), '[]')
     FROM product.entitlements e JOIN product.features g ON g.id = e.feature_id
     WHERE e.plan_id = v.plan_id AND e.plan_version = v.plan_version) AS entitlements
  FROM product.plans p JOIN product.plan_versions v ON v.plan_id = p.id
  LEFT JOIN product.plan_families f ON f.id = p.family_id`;

/** Writes the plan with its first version. */
export async function insertPlan(transaction: Transaction, plan: Plan): Promise<void> {
  await refuseDuplicate(
    transaction.execute(
      `INSERT INTO product.plans (id, tenant_id, product_id, key, name, kind, archived, family_id, family_rank, changes_to, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT id FROM product.plan_families WHERE key = $8), $9, $10, $11, $11)`,
      [
        plan.id,
        transaction.tenantId,
        plan.productId,
        plan.key,
        plan.name,
        plan.kind,
        plan.archived,
        plan.family?.key ?? null,
        plan.family?.rank ?? null,
        plan.family?.changesTo ?? null,
        plan.createdAt,
      ],
    ),
    'plan',
    plan.key,
  );
  await insertVersion(transaction, plan);
}

/** Writes a version with its prices and entitlements. */
export async function insertVersion(transaction: Transaction, plan: Plan): Promise<void> {
  await transaction.execute(
    `INSERT INTO product.plan_versions (tenant_id, plan_id, plan_version, add_on_to, currency, currencies, period, phases,
       proration_basis, tax_inclusive, minimum_spend, minimum_spends, maximum_spend, maximum_spends, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      transaction.tenantId,
      plan.id,
      plan.planVersion,
      plan.addOnTo,
      plan.currency,
      plan.currencies,
      JSON.stringify(plan.period),
      JSON.stringify(plan.phases),
      plan.prorationBasis,
      plan.taxInclusive,
      plan.minimumSpend,
      JSON.stringify(plan.minimumSpends),
      plan.maximumSpend,
      JSON.stringify(plan.maximumSpends),
      plan.updatedAt,
    ],
  );
  await insertPrices(transaction, plan);
  if (plan.entitlements.length > 0) await insertEntitlements(transaction, plan);
}

async function insertPrices(transaction: Transaction, plan: Plan): Promise<void> {
  const rows = plan.prices.map((price, index) => ({ ...price, position: index + 1 }));
  await transaction.execute(
    `INSERT INTO product.prices (id, tenant_id, plan_id, plan_version, position, key, description, model, models, tax_category, phases)
     SELECT id, $1, $2, $3, position, key, description, model, models, "taxCategory", phases
     FROM jsonb_to_recordset($4::jsonb) AS new (id uuid, position integer, key text, description text, model jsonb,
       models jsonb, "taxCategory" text, phases text[])`,
    [transaction.tenantId, plan.id, plan.planVersion, JSON.stringify(rows)],
  );
}

/** The features are found by their keys, which are unique in the tenant. */
async function insertEntitlements(transaction: Transaction, plan: Plan): Promise<void> {
  const rows = plan.entitlements.map((entitlement, index) => ({ ...entitlement, position: index + 1 }));
  await transaction.execute(
    `INSERT INTO product.entitlements (tenant_id, plan_id, plan_version, position, feature_id, value, reset, roll_over, overage, alerts_at)
     SELECT $1, $2, $3, new.position, f.id, new.value, new.reset, new."rollOver", new.overage, new."alertsAt"
     FROM jsonb_to_recordset($4::jsonb) AS new (feature text, position integer, value jsonb, reset text,
       "rollOver" text, overage text, "alertsAt" integer[])
     JOIN product.features f ON f.key = new.feature`,
    [transaction.tenantId, plan.id, plan.planVersion, JSON.stringify(rows)],
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

export async function listPlans(
  transaction: Transaction,
  limit: number | null,
  after: string | undefined,
): Promise<Plan[]> {
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

/** The plans with these keys, as a reference to them needs to know them. */
export async function listKnownPlans(
  transaction: Transaction,
  keys: readonly string[],
): Promise<(KnownPlan & { key: string })[]> {
  return transaction.rows<KnownPlan & { key: string }>(
    `SELECT p.key, p.kind, f.key AS family FROM product.plans p LEFT JOIN product.plan_families f ON f.id = p.family_id
     WHERE p.key = ANY($1)`,
    [keys],
  );
}

/** The plans of a family in the order of their ranks. */
export async function listPlansOfFamily(transaction: Transaction, familyId: string): Promise<FamilyMember[]> {
  return transaction.rows<FamilyMember>(
    `SELECT p.id AS "planId", p.key, p.family_rank AS rank, ${changesTo} AS "changesTo"
     FROM product.plans p WHERE p.family_id = $1 ORDER BY p.family_rank, p.key`,
    [familyId],
  );
}

/** Those of the keys that are the key of a price of any version. */
export async function listPriceKeys(transaction: Transaction, keys: readonly string[]): Promise<string[]> {
  const rows = await transaction.rows<{ key: string }>(`SELECT DISTINCT key FROM product.prices WHERE key = ANY($1)`, [
    keys,
  ]);
  return rows.map((row) => row.key);
}

export async function updatePlan(transaction: Transaction, plan: Plan): Promise<void> {
  await transaction.execute(
    `UPDATE product.plans SET name = $2, archived = $3, newest_version = $4, version = $5, updated_at = $6,
       family_id = (SELECT id FROM product.plan_families WHERE key = $7), family_rank = $8, changes_to = $9
     WHERE id = $1`,
    [
      plan.id,
      plan.name,
      plan.archived,
      plan.planVersion,
      plan.version,
      plan.updatedAt,
      plan.family?.key ?? null,
      plan.family?.rank ?? null,
      plan.family?.changesTo ?? null,
    ],
  );
}
