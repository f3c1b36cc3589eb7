import type { PlanVersion } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';

/** What a plan version says beside its prices, as it was sold. */
export type PlanTerms = Pick<
  PlanVersion,
  | 'kind'
  | 'family'
  | 'addOnTo'
  | 'phases'
  | 'prorationBasis'
  | 'taxInclusive'
  | 'minimumSpend'
  | 'maximumSpend'
  | 'entitlements'
>;

/** The copy of a plan version in one currency. Whether the plan is archived is asked anew at each sale. */
export type SoldPlanVersion = Omit<PlanVersion, 'archived'>;

interface PlanVersionRow {
  readonly plan_id: string;
  readonly version: number;
  readonly key: string;
  readonly name: string;
  readonly currency: string;
  readonly period_unit: PlanVersion['period']['unit'];
  readonly period_count: number;
  readonly prices: PlanVersion['prices'];
  readonly terms: PlanTerms | null;
}

// What a version said that was copied before it could say more.
const plainTerms: PlanTerms = {
  kind: 'plan',
  family: null,
  addOnTo: null,
  phases: [{ key: 'evergreen', kind: 'evergreen', length: null }],
  prorationBasis: 'day',
  taxInclusive: false,
  minimumSpend: null,
  maximumSpend: null,
  entitlements: [],
};

/** Keeps the first copy of each plan version and currency: a published version never changes. */
export async function insertPlanVersions(transaction: Transaction, plans: readonly PlanVersion[]): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.plan_versions (tenant_id, plan_id, version, key, name, currency, period_unit, period_count, prices, terms)
     SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::jsonb[], $10::jsonb[])
     ON CONFLICT DO NOTHING`,
    [
      transaction.tenantId,
      plans.map((plan) => plan.planId),
      plans.map((plan) => plan.version),
      plans.map((plan) => plan.planKey),
      plans.map((plan) => plan.planName),
      plans.map((plan) => plan.currency),
      plans.map((plan) => plan.period.unit),
      plans.map((plan) => plan.period.count),
      plans.map((plan) => JSON.stringify(plan.prices)),
      plans.map((plan) => JSON.stringify(termsOf(plan))),
    ],
  );
}

/** The copies of the versions in their currencies; those that were never sold are absent. */
export async function listPlanVersions(
  transaction: Transaction,
  versions: readonly { readonly planId: string; readonly planVersion: number; readonly currency: string }[],
): Promise<SoldPlanVersion[]> {
  const rows = await transaction.rows<PlanVersionRow>(
    `SELECT plan_id, version, key, name, currency, period_unit, period_count, prices, terms FROM subscription.plan_versions
     WHERE (plan_id, version, currency) IN (SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[]))`,
    [
      versions.map((version) => version.planId),
      versions.map((version) => version.planVersion),
      versions.map((version) => version.currency),
    ],
  );
  return rows.map(fromRow);
}

/** The copy that a phase was sold under. Throws when there is none: each sale writes it. */
export async function getSoldPlan(
  transaction: Transaction,
  currency: string,
  { planId, planVersion }: { readonly planId: string; readonly planVersion: number },
): Promise<SoldPlanVersion> {
  const [plan] = await listPlanVersions(transaction, [{ planId, planVersion, currency }]);
  if (plan === undefined) throw new Error(`plan version ${planId}/${planVersion}/${currency} is not stored`);
  return plan;
}

function termsOf(plan: PlanVersion): PlanTerms {
  const { kind, family, addOnTo, phases, prorationBasis, taxInclusive, minimumSpend, maximumSpend, entitlements } =
    plan;
  return { kind, family, addOnTo, phases, prorationBasis, taxInclusive, minimumSpend, maximumSpend, entitlements };
}

function fromRow(row: PlanVersionRow): SoldPlanVersion {
  return {
    ...(row.terms ?? plainTerms),
    planId: row.plan_id,
    planKey: row.key,
    planName: row.name,
    version: row.version,
    currency: row.currency,
    period: { unit: row.period_unit, count: row.period_count },
    prices: row.prices,
  };
}
