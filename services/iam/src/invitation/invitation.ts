/** What an invitation is at a moment. */
export type InvitationStatus = 'open' | 'accepted' | 'revoked' | 'expired';

/** The invitation of an email address into a tenant. */
export interface Invitation {
  readonly id: string;
  readonly tenantId: string;
  readonly organizationId: string | null;
  /** As the mail names it. */
  readonly organizationName: string | null;
  readonly email: string;
  readonly roles: readonly string[];
  readonly locale: string | null;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly acceptedBy: string | null;
  readonly revokedAt: Date | null;
}

/** For how long an invitation can be accepted after its mail. */
export const invitationLifetimeMs = 7 * 24 * 3600 * 1000;

/** What the invitation is at `now`. */
export function statusOf(
  invitation: Pick<Invitation, 'acceptedAt' | 'revokedAt' | 'expiresAt'>,
  now: Date,
): InvitationStatus {
  if (invitation.acceptedAt !== null) return 'accepted';
  if (invitation.revokedAt !== null) return 'revoked';
  return invitation.expiresAt > now ? 'open' : 'expired';
}
