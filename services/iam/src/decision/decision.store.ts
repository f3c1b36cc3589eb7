import type { Transaction } from '@plinth/common';
import type { Reason } from './decision.ts';

export type DecisionSource = 'authzen' | 'explain' | 'check';

/** An answer about access that was given, and why. */
export interface LoggedDecision {
  readonly id: string;
  readonly time: Date;
  readonly source: DecisionSource;
  /** Who asked. */
  readonly askedBy: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly permission: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly allowed: boolean;
  readonly reason: Reason;
}

export async function insertDecisions(transaction: Transaction, decisions: readonly LoggedDecision[]): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.decisions (id, tenant_id, time, source, asked_by, subject_type, subject_id, permission,
                                resource_type, resource_id, allowed, reason)
     SELECT d.id, plinth.current_tenant(), d.time, d.source, d."askedBy", d."subjectType", d."subjectId", d.permission,
            d."resourceType", d."resourceId", d.allowed, d.reason
       FROM jsonb_to_recordset($1::jsonb) AS d (id uuid, time timestamptz, source text, "askedBy" text,
            "subjectType" text, "subjectId" text, permission text, "resourceType" text, "resourceId" text,
            allowed boolean, reason jsonb)`,
    [JSON.stringify(decisions)],
  );
}

export interface DecisionFilter {
  readonly subjectId?: string | undefined;
  readonly permission?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly source?: DecisionSource | undefined;
  readonly allowed?: boolean | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly before: string | undefined;
  readonly limit: number;
}

/** Decisions of the transaction's tenant, the newest first. */
export async function listDecisions(transaction: Transaction, filter: DecisionFilter): Promise<LoggedDecision[]> {
  return transaction.rows<LoggedDecision>(
    `SELECT id, time, source, asked_by AS "askedBy", subject_type AS "subjectType", subject_id AS "subjectId",
            permission, resource_type AS "resourceType", resource_id AS "resourceId", allowed, reason
       FROM iam.decisions
      WHERE ($1::text IS NULL OR subject_id = $1) AND ($2::text IS NULL OR permission = $2)
        AND ($3::text IS NULL OR resource_type = $3) AND ($4::text IS NULL OR resource_id = $4)
        AND ($5::text IS NULL OR source = $5) AND ($6::boolean IS NULL OR allowed = $6)
        AND ($7::timestamptz IS NULL OR time >= $7) AND ($8::timestamptz IS NULL OR time < $8)
        AND ($9::uuid IS NULL OR id < $9)
      ORDER BY id DESC LIMIT $10`,
    [
      filter.subjectId ?? null,
      filter.permission ?? null,
      filter.resourceType ?? null,
      filter.resourceId ?? null,
      filter.source ?? null,
      filter.allowed ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
}

/** Removes decisions that are older; at most `limit`. Needs a platform transaction. */
export async function deleteDecisionsBefore(transaction: Transaction, time: Date, limit: number): Promise<number> {
  return transaction.execute(
    `DELETE FROM iam.decisions WHERE id IN (SELECT id FROM iam.decisions WHERE time < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [time, limit],
  );
}
