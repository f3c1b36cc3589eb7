/** A part of an organization. Parts nest to any depth. */
export interface Division {
  readonly id: string;
  readonly organizationId: string;
  /** The division that it is part of; null: directly below the organization. */
  readonly parentId: string | null;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
