import { accountContract, type ContractFunctions, type meteringContract } from '@plinth/contracts';
import {
  createTenantData,
  Database,
  IdempotencyInterceptor,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { MeterController } from './meter/meter.controller.ts';
import { MeterService } from './meter/meter.service.ts';
import { AccountResolver } from './usage/account-resolver.ts';
import { DayRollUp, dayRollUpJob } from './usage/day-roll-up.ts';
import { UsageController } from './usage/usage.controller.ts';
import { UsageService } from './usage/usage.service.ts';
import { tenantTables } from './tenant-tables.ts';

class MeteringAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock, contracts, log }: ServiceDependencies): Promise<ServiceInstance> {
  const meters = new MeterService(database, clock);
  const usage = new UsageService(database, meters, new AccountResolver(contracts.client(accountContract)), clock);
  const contract: ContractFunctions<typeof meteringContract> = {
    ...createTenantData({ database, tables: tenantTables }),
    listQuantities: ({ tenantId, requests }) => usage.listQuantities(tenantId, requests),
    listKnownMeters: async ({ tenantId, meters: keys }) => {
      const known = new Set((await meters.listActive(tenantId)).map((meter) => meter.key));
      return keys.filter((key) => known.has(key));
    },
  };
  const controllers = [MeterController, UsageController];
  return {
    controllers,
    contract,
    jobs: [dayRollUpJob(new DayRollUp(database, clock), log)],
    module: {
      module: MeteringAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: MeterService, useValue: meters },
        { provide: UsageService, useValue: usage },
        IdempotencyInterceptor,
      ],
    },
  };
}
