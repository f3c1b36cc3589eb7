/** A person belongs to an organization. What they may do there is in iam. */
export interface Membership {
  readonly organizationId: string;
  readonly userId: string;
  readonly isOwner: boolean;
  readonly createdAt: Date;
}
