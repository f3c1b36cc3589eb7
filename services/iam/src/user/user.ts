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

/** A user to make. */
export interface NewUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Null while nobody has proven the address. */
  readonly emailVerifiedAt: Date | null;
  readonly locale?: string | undefined;
  readonly now: Date;
}
