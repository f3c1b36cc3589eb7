/** A customer organization: the root of its tree of divisions, and the reason for its tenant. */
export interface Organization {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
