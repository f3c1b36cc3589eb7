import { type ContractFunctions, type tenantContract } from '@plinth/contracts';
import { Database, IdempotencyInterceptor, type ServiceDependencies, type ServiceInstance } from '@plinth/common';
import { EnsureTenant } from './tenant/ensure-tenant.consumer.ts';
import { TenantController } from './tenant/tenant.controller.ts';
import { TenantService } from './tenant/tenant.service.ts';
import type { Tenant } from './tenant/tenant.ts';

class TenantAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock }: ServiceDependencies): Promise<ServiceInstance> {
  const tenants = new TenantService(database, clock);
  const contract: ContractFunctions<typeof tenantContract> = {
    ensureTenant: async (input) => toSummary(await tenants.ensureTenant(input)),
    findTenant: async ({ tenantId }) => {
      const tenant = await tenants.findTenant(tenantId);
      return tenant === undefined ? null : toSummary(tenant);
    },
    listActiveTenantIds: ({ limit, after }) => tenants.listActiveTenantIds(limit ?? 1000, after),
  };
  const controllers = [TenantController];
  return {
    controllers,
    contract,
    useCases: { EnsureTenant: new EnsureTenant(tenants) },
    module: {
      module: TenantAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: TenantService, useValue: tenants },
        IdempotencyInterceptor,
      ],
    },
  };
}

function toSummary({
  id,
  organizationId,
  name,
  status,
}: Tenant): Pick<Tenant, 'id' | 'organizationId' | 'name' | 'status'> {
  return { id, organizationId, name, status };
}
