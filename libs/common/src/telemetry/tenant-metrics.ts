import { Counter, type Registry } from 'prom-client';

/** Tenants that are told apart, by service; all later ones are one. Without a bound every new customer would be a series for good. */
const MOST_TENANTS = 500;
const OTHER_TENANTS = 'other';
const NO_TENANT = 'none';

interface Spent {
  readonly service: string;
  readonly tenant: string;
  seconds: number;
}

/** `tenant_request_seconds_total`: for whom services work, so that what they cost can be shared out. */
export class TenantMetrics {
  readonly #byService = new Map<string, Map<string, Spent>>();

  constructor(registry: Registry) {
    const byService = this.#byService;
    new Counter({
      name: 'tenant_request_seconds_total',
      help: `Time spent on requests by tenant; "${OTHER_TENANTS}": all beyond ${MOST_TENANTS} tenants, "${NO_TENANT}": no tenant`,
      labelNames: ['service', 'tenant'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const tenants of byService.values())
          for (const { service, tenant, seconds } of tenants.values()) this.inc({ service, tenant }, seconds);
      },
    });
  }

  /** Adds the time of a finished request to its tenant's. */
  record(service: string, tenant: string | undefined, seconds: number): void {
    const spent = this.#byService.get(service)?.get(tenant ?? NO_TENANT) ?? this.#add(service, tenant ?? NO_TENANT);
    spent.seconds += seconds;
  }

  #add(service: string, tenant: string): Spent {
    const tenants = this.#byService.get(service) ?? new Map<string, Spent>();
    this.#byService.set(service, tenants);
    const name = tenants.size < MOST_TENANTS || tenant === NO_TENANT ? tenant : OTHER_TENANTS;
    const spent = tenants.get(name) ?? { service, tenant: name, seconds: 0 };
    tenants.set(name, spent);
    return spent;
  }
}
