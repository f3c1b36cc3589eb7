import type { TenantLimits, TenantStatus } from '@plinth/contracts';

/** The isolation boundary of one customer organization. */
export interface Tenant {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly region: string;
  readonly status: TenantStatus;
  readonly limits: TenantLimits;
  /** When a closing tenant is deleted. */
  readonly deletesAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const followers: Readonly<Record<TenantStatus, readonly TenantStatus[]>> = {
  active: ['suspended', 'closing'],
  suspended: ['active', 'closing'],
  closing: ['deleted'],
  deleted: [],
};

/** Whether the life cycle allows the step: active ⇄ suspended → closing → deleted. Taking a closing back is a matter of its own. */
export function canBecome(from: TenantStatus, to: TenantStatus): boolean {
  return followers[from].includes(to);
}
