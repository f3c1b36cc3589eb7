/** Who keeps a group: its tenant here, or its tenant's directory by SCIM. */
export type GroupSource = 'local' | 'scim';

/** Members of a tenant who have roles together. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly source: GroupSource;
  /** The directory's own name for it. */
  readonly externalId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface GroupMember {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly addedAt: Date;
}
