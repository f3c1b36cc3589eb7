import {
  accountContract,
  iamContract,
  subscriptionContract,
  type ContractFunctions,
  type TenantClockState,
  type tenantContract,
} from '@plinth/contracts';
import {
  createTenantData,
  Database,
  IdempotencyInterceptor,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { loadConfig } from './config.ts';
import { listDataHolders } from './data-holders.ts';
import { DeletionController } from './deletion/deletion.controller.ts';
import { DeletionRunService } from './deletion/deletion-run.service.ts';
import { DeletionService } from './deletion/deletion.service.ts';
import { ExportController } from './export/export.controller.ts';
import { exportJobName, ExportRunService } from './export/export-run.service.ts';
import { ExportService } from './export/export.service.ts';
import { ApplyEntitlements, ApplyLink } from './tenant/apply-entitlements.consumer.ts';
import { EnsureTenant } from './tenant/ensure-tenant.consumer.ts';
import { TenantController } from './tenant/tenant.controller.ts';
import { TenantService } from './tenant/tenant.service.ts';
import { resolveLimits, type Tenant } from './tenant/tenant.ts';
import { tenantTables } from './tenant-tables.ts';

class TenantAppModule {}

/** Puts the service together. */
export async function createApp(dependencies: ServiceDependencies): Promise<ServiceInstance> {
  const { database, clock, log, contracts, jobs, environment, publicUrl } = dependencies;
  const { graceMs, exportLifetimeMs: lifetimeMs } = loadConfig(environment);
  const iam = contracts.client(iamContract);
  const account = contracts.client(accountContract);
  const holders = listDataHolders(contracts);
  const tenants = new TenantService(database, clock);
  const deletions = new DeletionService({ database, clock, tenants, account, iam, graceMs });
  const deletionRuns = new DeletionRunService({ database, clock, log, holders, iam, publicUrl });
  const onRequested = () => jobs.send(exportJobName, {});
  const exports = new ExportService({ database, clock, tenants, lifetimeMs, onRequested });
  const exportRuns = new ExportRunService({ database, clock, log, holders, lifetimeMs });
  const payers = { tenants, account, subscription: contracts.client(subscriptionContract) };
  const controllers = [TenantController, DeletionController, ExportController];
  return {
    controllers,
    contract: createContract(database, tenants),
    useCases: {
      EnsureTenant: new EnsureTenant(tenants),
      ApplyEntitlements: new ApplyEntitlements(payers),
      ApplyLink: new ApplyLink(payers),
    },
    jobs: [deletionRuns.job, exportRuns.job],
    module: {
      module: TenantAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: TenantService, useValue: tenants },
        { provide: DeletionService, useValue: deletions },
        { provide: ExportService, useValue: exports },
        IdempotencyInterceptor,
      ],
    },
  };
}

function createContract(database: Database, tenants: TenantService): ContractFunctions<typeof tenantContract> {
  return {
    ...createTenantData({ database, tables: tenantTables, withMessages: true }),
    ensureTenant: async (input) => toSummary(await tenants.ensureTenant(input)),
    findTenant: async ({ tenantId }) => {
      const tenant = await tenants.findTenant(tenantId);
      return tenant === undefined ? null : toSummary(tenant);
    },
    getLimits: async ({ tenantId }) => {
      const tenant = await tenants.findTenant(tenantId);
      return tenant === undefined ? {} : resolveLimits(tenant);
    },
    findClock: async ({ tenantId }) => {
      const tenant = await tenants.findTenant(tenantId);
      return tenant === undefined ? { sandbox: false, testClock: null } : toClock(tenant);
    },
    advanceClock: async ({ tenantId, to }) => toClock(await tenants.advanceClock(tenantId, new Date(to))),
    listActiveTenantIds: ({ limit, after }) => tenants.listActiveTenantIds(limit ?? 1000, after),
  };
}

function toClock({ sandbox, testClock }: Tenant): TenantClockState {
  return { sandbox, testClock: testClock?.toISOString() ?? null };
}

function toSummary(tenant: Tenant): Awaited<ReturnType<ContractFunctions<typeof tenantContract>['ensureTenant']>> {
  const { id, organizationId, name, status } = tenant;
  const { requestsPerMinute } = resolveLimits(tenant);
  return { id, organizationId, name, status, ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }) };
}
