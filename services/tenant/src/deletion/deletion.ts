/** Rows by table in one service. */
export interface FoundRows {
  readonly service: string;
  readonly rows: Readonly<Record<string, number>>;
}

/** The deletion of a tenant, from the request for it on. */
export interface Deletion {
  readonly tenantId: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly previousStatus: 'active' | 'suspended';
  readonly dueAt: Date;
  readonly startedAt: Date | null;
  readonly found: readonly FoundRows[] | null;
  readonly completedAt: Date | null;
}
