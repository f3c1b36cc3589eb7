import type { ParsedEnvironment } from '@plinth/common';

export interface TenantConfig {
  /** Between the request for a deletion and the deletion. */
  readonly graceMs: number;
  /** For how long an export can be downloaded. */
  readonly exportLifetimeMs: number;
}

/** The service's settings from its variables. */
export function loadConfig(environment: ParsedEnvironment): TenantConfig {
  return {
    graceMs: environment.getInteger('TENANT_DELETION_GRACE_PERIOD'),
    exportLifetimeMs: environment.getInteger('TENANT_EXPORT_LIFETIME'),
  };
}
