import {
  featureOfLimit,
  tenantLimitNames,
  type Entitlement,
  type TenantLimits,
  type TenantStatus,
} from '@plinth/contracts';

/** The isolation boundary of one customer organization. */
export interface Tenant {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly region: string;
  readonly status: TenantStatus;
  /** What the operator says; goes before the plan's. */
  readonly limits: TenantLimits;
  /** Whether it is there to try things out, and may stop its time. */
  readonly sandbox: boolean;
  /** Where its time stands; null: it goes with everybody's. */
  readonly testClock: Date | null;
  /** What the plan allows that somebody pays for on the tenant's behalf. */
  readonly planLimits: TenantLimits;
  /** When a closing tenant is deleted. */
  readonly deletesAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The limits that hold: the operator's, and the plan's where the operator says nothing. */
export function resolveLimits({ limits, planLimits }: Pick<Tenant, 'limits' | 'planLimits'>): TenantLimits {
  return { ...planLimits, ...limits };
}

/** The limits that entitlements set, such as the feature `tenant.members`; fractions of a thing are rounded down. */
export function toPlanLimits(entitlements: readonly Entitlement[]): TenantLimits {
  const values = new Map(entitlements.map(({ feature, value }) => [feature, value]));
  return Object.fromEntries(
    tenantLimitNames.flatMap((name) => {
      const value = values.get(featureOfLimit(name));
      return typeof value === 'string' ? [[name, toWholeNumber(value)]] : [];
    }),
  );
}

function toWholeNumber(decimal: string): number {
  const whole = BigInt(decimal.split('.')[0] ?? '0');
  return Number(whole > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : whole);
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
