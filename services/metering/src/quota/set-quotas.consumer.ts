import type { Entitlement, EventData, EventEnvelope, QuotaGrant } from '@plinth/contracts';
import type { Transaction, UseCase } from '@plinth/common';
import type { PlanQuotas } from './plan-quotas.service.ts';

type Changed = EventData<'entitlements.changed'>;

/** Makes the metered entitlements of an account its quotas. */
export class SetQuotas implements UseCase<Changed> {
  readonly #quotas: PlanQuotas;
  constructor(quotas: PlanQuotas) {
    this.#quotas = quotas;
  }

  async handle(_: Transaction, { tenant, data }: EventEnvelope<Changed>): Promise<void> {
    if (tenant !== undefined) await this.#quotas.apply(tenant, data.accountId, toGrants(data));
  }
}

function toGrants({ entitlements, anchor, period }: Changed): QuotaGrant[] {
  return entitlements.flatMap((entitlement: Entitlement): QuotaGrant[] => {
    const { feature, type, meter, value, overage, alertsAt } = entitlement;
    if (type !== 'metered' || meter === null || typeof value === 'boolean') return [];
    const reset = entitlement.reset ?? 'period';
    return [
      {
        feature,
        meter,
        limit: value,
        reset,
        anchor: reset === 'period' ? anchor : null,
        period: reset === 'period' ? period : null,
        rollOver: reset === 'never' ? null : entitlement.rollOver,
        overage: overage ?? 'deny',
        alertsAt,
      },
    ];
  });
}
