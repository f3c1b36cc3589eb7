/** A person who can sign in. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
  readonly createdAt: Date;
}

/** A user as a member of one tenant. */
export interface Member extends User {
  /** Roles in the tenant. */
  readonly roles: readonly string[];
}

/** A tenant that a user belongs to. */
export interface UserTenant {
  readonly tenantId: string;
  readonly organizationId: string | null;
  readonly roles: readonly string[];
}
