import type { Transaction } from '@plinth/common';
import type { Notice, NoticeKind } from './notice.ts';

const columns = `id, event_id AS "eventId", kind, account_id AS "accountId", invoice_id AS "invoiceId", facts, status, reason, recipient,
  language, subject, attempts, next_attempt_at AS "nextAttemptAt", created_at AS "createdAt", sent_at AS "sentAt"`;

/** A notice that somebody has taken to send it. */
export interface ClaimedNotice extends Notice {
  readonly tenantId: string;
}

export type NewNotice = Pick<Notice, 'id' | 'eventId' | 'kind' | 'accountId' | 'invoiceId' | 'facts'>;

/** Writes notices that wait to be sent; one for an event at most. */
export async function insertNotices(
  transaction: Transaction,
  notices: readonly NewNotice[],
  now: Date,
): Promise<number> {
  return transaction.execute(
    `INSERT INTO subscription.notices (tenant_id, id, event_id, kind, account_id, invoice_id, facts, status, next_attempt_at,
       created_at)
     SELECT $1, id, event_id, kind, account_id, invoice_id, facts, 'pending', $8, $8
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::jsonb[])
         AS n (id, event_id, kind, account_id, invoice_id, facts)
     ON CONFLICT (event_id) DO NOTHING`,
    [
      transaction.tenantId,
      notices.map(({ id }) => id),
      notices.map(({ eventId }) => eventId),
      notices.map(({ kind }) => kind),
      notices.map(({ accountId }) => accountId),
      notices.map(({ invoiceId }) => invoiceId),
      notices.map(({ facts }) => JSON.stringify(facts)),
      now,
    ],
  );
}

// By the kind of notice: whose legal entity decides whether it is sent, by the id of what the event is about.
const legalEntities: Readonly<Record<NoticeKind, string>> = {
  invoice_issued: `SELECT id, legal_entity_id AS "legalEntityId" FROM subscription.invoices WHERE id = ANY($1::uuid[])`,
  dunning: `SELECT id, legal_entity_id AS "legalEntityId" FROM subscription.invoices WHERE id = ANY($1::uuid[])`,
  payment_succeeded: `SELECT id, legal_entity_id AS "legalEntityId" FROM subscription.payments WHERE id = ANY($1::uuid[])`,
  payment_failed: `SELECT id, legal_entity_id AS "legalEntityId" FROM subscription.payments WHERE id = ANY($1::uuid[])`,
  card_expiring: `SELECT m.id, g.legal_entity_id AS "legalEntityId" FROM subscription.payment_methods m
    JOIN subscription.gateway_accounts g ON g.id = m.gateway_account_id WHERE m.id = ANY($1::uuid[])`,
};

/** The legal entity of each invoice, payment or payment method that notices of a kind are about. */
export async function listLegalEntities(
  transaction: Transaction,
  kind: NoticeKind,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await transaction.rows<{ id: string; legalEntityId: string | null }>(legalEntities[kind], [[...ids]]);
  return new Map(rows.map(({ id, legalEntityId }) => [id, legalEntityId]));
}

/** Takes a notice of any tenant that is due, so that no other process takes it before `until`. */
export async function claimNotice(
  transaction: Transaction,
  now: Date,
  until: Date,
): Promise<ClaimedNotice | undefined> {
  return transaction.findRow(
    `UPDATE subscription.notices SET next_attempt_at = $2, attempts = attempts + 1
      WHERE id = (SELECT id FROM subscription.notices WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT 1
        FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}, tenant_id AS "tenantId"`,
    [now, until],
  );
}

/** Writes what may change of a notice. */
export async function updateNotice(transaction: Transaction, notice: Notice): Promise<void> {
  await transaction.execute(
    `UPDATE subscription.notices SET status = $2, reason = $3, recipient = $4, language = $5, subject = $6, next_attempt_at = $7,
       sent_at = $8 WHERE id = $1`,
    [
      notice.id,
      notice.status,
      notice.reason,
      notice.recipient,
      notice.language,
      notice.subject,
      notice.nextAttemptAt,
      notice.sentAt,
    ],
  );
}

export interface NoticeFilter {
  readonly accountId?: string | undefined;
  readonly invoiceId?: string | undefined;
}

export async function listNotices(
  transaction: Transaction,
  { accountId, invoiceId }: NoticeFilter,
  before: string | undefined,
  limit: number,
): Promise<Notice[]> {
  return transaction.rows(
    `SELECT ${columns} FROM subscription.notices WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR account_id = $2)
       AND ($3::uuid IS NULL OR invoice_id = $3) ORDER BY id DESC LIMIT $4`,
    [before ?? null, accountId ?? null, invoiceId ?? null, limit],
  );
}
