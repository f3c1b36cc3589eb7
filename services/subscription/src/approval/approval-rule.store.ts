import type { Transaction } from '@plinth/common';
import type { ApprovalRule, GuardedActionName } from './approval.ts';

interface RuleRow extends Omit<ApprovalRule, 'amountMinor' | 'dayMinor'> {
  readonly amountMinor: string | null;
  readonly dayMinor: string | null;
}

const select = `SELECT id, action, holder, currency, amount_minor AS "amountMinor", day_minor AS "dayMinor", version,
  created_at AS "createdAt", updated_at AS "updatedAt" FROM subscription.approval_rules`;

/** The rules for an action in a currency. */
export async function listRulesFor(
  transaction: Transaction,
  action: GuardedActionName,
  currency: string,
): Promise<ApprovalRule[]> {
  const rows = await transaction.rows<RuleRow>(`${select} WHERE action = $1 AND currency = $2`, [action, currency]);
  return rows.map(fromRow);
}

export async function listRules(
  transaction: Transaction,
  after: string | undefined,
  limit: number,
): Promise<ApprovalRule[]> {
  const rows = await transaction.rows<RuleRow>(`${select} WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`, [
    after ?? null,
    limit,
  ]);
  return rows.map(fromRow);
}

export async function findRuleForUpdate(transaction: Transaction, id: string): Promise<ApprovalRule | undefined> {
  const row = await transaction.findRow<RuleRow>(`${select} WHERE id = $1 FOR UPDATE`, [id]);
  return row && fromRow(row);
}

/** The rule with the key of `rule`, if there is one. */
export async function findSameRuleForUpdate(
  transaction: Transaction,
  { action, holder, currency }: Pick<ApprovalRule, 'action' | 'holder' | 'currency'>,
): Promise<ApprovalRule | undefined> {
  const row = await transaction.findRow<RuleRow>(
    `${select} WHERE action = $1 AND holder = $2 AND currency = $3 FOR UPDATE`,
    [action, holder, currency],
  );
  return row && fromRow(row);
}

export async function saveRule(transaction: Transaction, rule: ApprovalRule): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.approval_rules (tenant_id, id, action, holder, currency, amount_minor, day_minor, version, created_at,
       updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (id) DO UPDATE SET amount_minor = excluded.amount_minor, day_minor = excluded.day_minor,
       version = excluded.version, updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      rule.id,
      rule.action,
      rule.holder,
      rule.currency,
      rule.amountMinor?.toString() ?? null,
      rule.dayMinor?.toString() ?? null,
      rule.version,
      rule.createdAt,
      rule.updatedAt,
    ],
  );
}

export async function deleteRule(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM subscription.approval_rules WHERE id = $1`, [id]);
}

function fromRow(row: RuleRow): ApprovalRule {
  return {
    ...row,
    amountMinor: row.amountMinor === null ? null : BigInt(row.amountMinor),
    dayMinor: row.dayMinor === null ? null : BigInt(row.dayMinor),
  };
}
