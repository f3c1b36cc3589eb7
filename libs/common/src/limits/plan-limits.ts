import type { ContractFunctions, TenantLimitName, TenantLimits, tenantContract } from '@plinth/contracts';
import type { Clock } from '../clock/clock.ts';
import type { Logger } from '../logging/logger.ts';
import { LimitReachedError } from '../errors/common.errors.ts';

export interface PlanLimitsOptions {
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'getLimits'>;
  readonly clock: Clock;
  readonly log: Logger;
}

const rememberedMs = 5000;
const mostRemembered = 10_000;

/** Keeps tenants within what the operator allows them. What is known of a tenant is remembered for five seconds. */
export class PlanLimits {
  readonly #options: PlanLimitsOptions;
  readonly #known = new Map<string, { readonly limits: TenantLimits; readonly until: number }>();

  constructor(options: PlanLimitsOptions) {
    this.#options = options;
  }

  /**
   * Throws `LimitReachedError` unless the tenant may have `adding` more beside the ones that `countUsed` finds; it is
   * asked only where there is a limit. Callers that must hold exactly take a lock before.
   */
  async assertRoom(
    tenantId: string,
    name: TenantLimitName,
    countUsed: () => Promise<number>,
    adding = 1,
  ): Promise<void> {
    const limit = (await this.#load(tenantId))[name];
    if (limit !== undefined && (await countUsed()) + adding > limit) throw new LimitReachedError(name, limit);
  }

  async #load(tenantId: string): Promise<TenantLimits> {
    const { tenants, clock, log } = this.#options;
    const now = clock.now().getTime();
    const known = this.#known.get(tenantId);
    if (known !== undefined && known.until > now) return known.limits;
    try {
      const limits = await tenants.getLimits({ tenantId });
      if (this.#known.size >= mostRemembered) this.#known.clear();
      this.#known.set(tenantId, { limits, until: now + rememberedMs });
      return limits;
    } catch (error) {
      // The gateway asked the same service about the tenant a moment ago; work without it is the platform's own.
      log.warn({ err: error, tenantId }, 'the limits of a tenant could not be read; the last known ones hold');
      return known?.limits ?? {};
    }
  }
}
