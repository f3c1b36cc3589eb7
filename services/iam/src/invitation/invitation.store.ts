import type { Transaction } from '@plinth/common';
import type { Invitation, InvitationStatus } from './invitation.ts';

const columns = `id, tenant_id AS "tenantId", organization_id AS "organizationId", organization_name AS "organizationName",
  email, roles, locale, invited_by AS "invitedBy", created_at AS "createdAt", sent_at AS "sentAt",
  expires_at AS "expiresAt", accepted_at AS "acceptedAt", accepted_by AS "acceptedBy", revoked_at AS "revokedAt"`;
const isOpen = 'accepted_at IS NULL AND revoked_at IS NULL';

/** Inserts an invitation; throws a unique violation when the address has one that can be accepted. */
export async function insertInvitation(
  transaction: Transaction,
  invitation: Invitation,
  tokenHash: Buffer,
): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.invitations (id, tenant_id, organization_id, organization_name, email, roles, locale, token_hash,
                                  invited_by, created_at, sent_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      invitation.id,
      invitation.tenantId,
      invitation.organizationId,
      invitation.organizationName,
      invitation.email,
      invitation.roles,
      invitation.locale,
      tokenHash,
      invitation.invitedBy,
      invitation.createdAt,
      invitation.sentAt,
      invitation.expiresAt,
    ],
  );
}

/** Takes invitations of an address out of the way that nobody can accept any more. */
export async function revokeExpired(transaction: Transaction, email: string, now: Date): Promise<void> {
  await transaction.execute(
    `UPDATE iam.invitations SET revoked_at = expires_at WHERE email = $1 AND ${isOpen} AND expires_at <= $2`,
    [email, now],
  );
}

export async function countOpen(transaction: Transaction, now: Date): Promise<number> {
  const row = await transaction.findRow<{ count: number }>(
    `SELECT count(*)::int AS count FROM iam.invitations WHERE ${isOpen} AND expires_at > $1`,
    [now],
  );
  return row?.count ?? 0;
}

export interface InvitationFilter {
  readonly status: InvitationStatus | undefined;
  readonly now: Date;
  readonly after: string | undefined;
  readonly limit: number;
}

const conditions: Readonly<Record<InvitationStatus, string>> = {
  open: `${isOpen} AND expires_at > $1`,
  expired: `${isOpen} AND expires_at <= $1`,
  accepted: 'accepted_at IS NOT NULL AND $1::timestamptz IS NOT NULL',
  revoked: 'revoked_at IS NOT NULL AND $1::timestamptz IS NOT NULL',
};

/** The tenant's invitations in the order in which they were made. */
export async function listInvitations(transaction: Transaction, filter: InvitationFilter): Promise<Invitation[]> {
  const condition = filter.status === undefined ? '$1::timestamptz IS NOT NULL' : conditions[filter.status];
  return transaction.rows<Invitation>(
    `SELECT ${columns} FROM iam.invitations WHERE ${condition} AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [filter.now, filter.after ?? null, filter.limit],
  );
}

/** Locks the invitation until the transaction ends. */
export async function findInvitationForUpdate(transaction: Transaction, id: string): Promise<Invitation | undefined> {
  return transaction.findRow<Invitation>(`SELECT ${columns} FROM iam.invitations WHERE id = $1 FOR UPDATE`, [id]);
}

export async function findInvitation(transaction: Transaction, id: string): Promise<Invitation | undefined> {
  return transaction.findRow<Invitation>(`SELECT ${columns} FROM iam.invitations WHERE id = $1`, [id]);
}

/** Gives an invitation a new token; the one before is worth nothing from here on. */
export async function renewInvitation(
  transaction: Transaction,
  renewal: { readonly id: string; readonly tokenHash: Buffer; readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  await transaction.execute(`UPDATE iam.invitations SET token_hash = $2, sent_at = $3, expires_at = $4 WHERE id = $1`, [
    renewal.id,
    renewal.tokenHash,
    renewal.now,
    renewal.expiresAt,
  ]);
}

export async function revokeInvitation(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.execute(`UPDATE iam.invitations SET revoked_at = $2 WHERE id = $1`, [id, now]);
}

/** The invitation of a token that can be accepted. Needs a platform transaction. */
export async function findOpenByToken(
  transaction: Transaction,
  tokenHash: Buffer,
  now: Date,
): Promise<Invitation | undefined> {
  return transaction.findRow<Invitation>(
    `SELECT ${columns} FROM iam.invitations WHERE token_hash = $1 AND ${isOpen} AND expires_at > $2`,
    [tokenHash, now],
  );
}

/** Takes a token out of use. Of two that try at once, one gets the invitation. */
export async function acceptInvitation(
  transaction: Transaction,
  acceptance: { readonly tokenHash: Buffer; readonly userId: string; readonly now: Date },
): Promise<Invitation | undefined> {
  return transaction.findRow<Invitation>(
    `UPDATE iam.invitations SET accepted_at = $3, accepted_by = $2
      WHERE token_hash = $1 AND ${isOpen} AND expires_at > $3 RETURNING ${columns}`,
    [acceptance.tokenHash, acceptance.userId, acceptance.now],
  );
}
