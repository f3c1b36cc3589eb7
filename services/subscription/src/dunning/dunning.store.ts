import type { Transaction } from '@plinth/common';
import type { Dunning, DunningPolicy, PauseReason } from './dunning.ts';

const dunningColumns = `invoice_id AS "invoiceId", account_id AS "accountId", reached, paused, last_step_at AS "lastStepAt",
  version, created_at AS "createdAt", updated_at AS "updatedAt"`;
const policyColumns = `id, legal_entity_id AS "legalEntityId", steps, version, created_at AS "createdAt",
  updated_at AS "updatedAt"`;

export async function findDunning(transaction: Transaction, invoiceId: string): Promise<Dunning | undefined> {
  return transaction.findRow(`SELECT ${dunningColumns} FROM subscription.dunnings WHERE invoice_id = $1`, [invoiceId]);
}

/** Writes the state of an invoice's dunning, the first time too. */
export async function saveDunning(transaction: Transaction, dunning: Dunning): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.dunnings (tenant_id, invoice_id, account_id, reached, paused, last_step_at, version, created_at,
       updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (invoice_id) DO UPDATE SET reached = excluded.reached, paused = excluded.paused,
       last_step_at = excluded.last_step_at, version = excluded.version, updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      dunning.invoiceId,
      dunning.accountId,
      [...dunning.reached],
      dunning.paused,
      dunning.lastStepAt,
      dunning.version,
      dunning.createdAt,
      dunning.updatedAt,
    ],
  );
}

/** Lifts the pauses of one reason; answers with the invoices that had one. */
export async function resumeDunning(
  transaction: Transaction,
  invoiceIds: readonly string[],
  reason: PauseReason,
  now: Date,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `UPDATE subscription.dunnings SET paused = NULL, version = version + 1, updated_at = $3
      WHERE invoice_id = ANY ($1::uuid[]) AND paused = $2 RETURNING invoice_id AS id`,
    [[...invoiceIds], reason, now],
  );
  return rows.map(({ id }) => id);
}

export async function listPolicies(transaction: Transaction): Promise<DunningPolicy[]> {
  return transaction.rows(
    `SELECT ${policyColumns} FROM subscription.dunning_policies ORDER BY legal_entity_id NULLS FIRST`,
  );
}

export async function findPolicyForUpdate(
  transaction: Transaction,
  legalEntityId: string | null,
): Promise<DunningPolicy | undefined> {
  return transaction.findRow(
    `SELECT ${policyColumns} FROM subscription.dunning_policies WHERE legal_entity_id IS NOT DISTINCT FROM $1::uuid FOR UPDATE`,
    [legalEntityId],
  );
}

export async function savePolicy(transaction: Transaction, policy: DunningPolicy): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.dunning_policies (tenant_id, id, legal_entity_id, steps, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant_id, legal_entity_id) DO UPDATE SET steps = excluded.steps, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      policy.id,
      policy.legalEntityId,
      JSON.stringify(policy.steps),
      policy.version,
      policy.createdAt,
      policy.updatedAt,
    ],
  );
}

/** An invoice that waits for money. */
export interface OpenInvoice {
  readonly id: string;
  readonly accountId: string;
  readonly legalEntityId: string;
  readonly timeZone: string;
  readonly dueOn: string | null;
  readonly currency: string;
  readonly dueMinor: string;
  readonly reached: readonly string[];
  readonly paused: PauseReason | null;
  readonly running: boolean;
  /** The last attempt to charge it; null: there was none. */
  readonly lastPaymentId: string | null;
  readonly lastMethodId: string | null;
  readonly lastFailure: string | null;
  /** What the account is charged by. */
  readonly defaultMethodId: string | null;
}

const openInvoices = `SELECT i.id, i.account_id AS "accountId", i.legal_entity_id AS "legalEntityId", i.time_zone AS "timeZone",
    i.due_on::text AS "dueOn", i.currency, i.due_minor::text AS "dueMinor", coalesce(d.reached, '{}') AS reached, d.paused,
    EXISTS (SELECT FROM subscription.payments r WHERE r.invoice_id = i.id AND r.status IN ('pending', 'requires_action', 'unknown'))
      AS running,
    p.id AS "lastPaymentId", p.payment_method_id AS "lastMethodId", p.failure AS "lastFailure", m.id AS "defaultMethodId"
  FROM subscription.invoices i
  LEFT JOIN subscription.dunnings d ON d.invoice_id = i.id
  LEFT JOIN LATERAL (SELECT id, payment_method_id, failure FROM subscription.payments p
    WHERE p.invoice_id = i.id AND p.cause <> 'recorded' ORDER BY p.id DESC LIMIT 1) p ON true
  LEFT JOIN subscription.payment_methods m ON m.tenant_id = i.tenant_id AND m.account_id = i.account_id AND m.is_default
    AND m.status = 'active'
  WHERE i.status IN ('finalized', 'past_due') AND i.due_minor > 0`;

/** Open invoices with what decides about their next charge and step, by id. */
export async function listOpenInvoices(
  transaction: Transaction,
  limit: number,
  after: string | undefined,
): Promise<OpenInvoice[]> {
  return transaction.rows(`${openInvoices} AND ($1::uuid IS NULL OR i.id > $1) ORDER BY i.id LIMIT $2`, [
    after ?? null,
    limit,
  ]);
}

/** The open ones among the invoices whose accounts can be charged. */
export async function listChargeableInvoices(transaction: Transaction, ids: readonly string[]): Promise<OpenInvoice[]> {
  return transaction.rows(`${openInvoices} AND i.id = ANY($1::uuid[]) AND m.id IS NOT NULL ORDER BY i.id`, [[...ids]]);
}

/** The subscriptions whose lines stand on an invoice. */
export async function listSubscriptionsOf(transaction: Transaction, invoiceId: string): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT DISTINCT subscription_id AS id FROM subscription.invoice_lines
      WHERE invoice_id = $1 AND subscription_id IS NOT NULL ORDER BY 1`,
    [invoiceId],
  );
  return rows.map(({ id }) => id);
}
