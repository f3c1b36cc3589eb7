import { accountContract, tenantContract, type ContractFunctions, type meteringContract } from '@plinth/contracts';
import {
  createTenantData,
  Database,
  IdempotencyInterceptor,
  TenantClock,
  type ServiceDependencies,
  type ServiceInstance,
} from '@plinth/common';
import { RecordUsage } from './emission/record-usage.consumer.ts';
import { createBackfillModule } from './backfill/backfill.module.ts';
import { ExportController } from './export/export.controller.ts';
import { ExportService } from './export/export.service.ts';
import { MeterController } from './meter/meter.controller.ts';
import { MeterService } from './meter/meter.service.ts';
import { OpenMeterController } from './openmeter/openmeter.controller.ts';
import { OpenMeterService } from './openmeter/openmeter.service.ts';
import { createQuotaModule } from './quota/quota.module.ts';
import { AccountResolver } from './usage/account-resolver.ts';
import { CorrectionController } from './usage/correction.controller.ts';
import { toEventResponse } from './usage/correction.dto.ts';
import { CorrectionService } from './usage/correction.service.ts';
import { DayRollUp, dayRollUpJob } from './usage/day-roll-up.ts';
import { RE_AGGREGATION_JOB, ReAggregation, reAggregationJob } from './usage/re-aggregation.ts';
import { UsageCounter } from './usage/usage-counter.ts';
import { ServiceUsage } from './usage/service-usage.service.ts';
import { UsageController } from './usage/usage.controller.ts';
import { UsageService } from './usage/usage.service.ts';
import { tenantTables } from './tenant-tables.ts';

class MeteringAppModule {}

/** Puts the service together. */
export async function createApp(dependencies: ServiceDependencies): Promise<ServiceInstance> {
  const { database, clock: processClock, contracts, log, jobs } = dependencies;
  const tenants = contracts.client(tenantContract);
  // Whoever moved a sandbox's time on sends its usage next: it is asked for each time, and nobody else's.
  const clock = new TenantClock(processClock, (input) => tenants.findClock(input), { sandboxMs: 0 });
  const meters = new MeterService(
    database,
    processClock,
    () => void jobs.send(RE_AGGREGATION_JOB, {}, RE_AGGREGATION_JOB),
  );
  const usage = new UsageService(database, meters, new AccountResolver(contracts.client(accountContract)), clock);
  const quotas = createQuotaModule(dependencies, usage, clock);
  const backfill = createBackfillModule(dependencies, usage);
  const openMeter = new OpenMeterService(meters, usage, quotas.states, contracts.client(accountContract));
  const serviceUsage = new ServiceUsage(database, clock);
  const counter = new UsageCounter(clock);
  const corrections = new CorrectionService(database, processClock, counter);
  const reAggregation = new ReAggregation({
    database,
    clock: processClock,
    counter,
    replay: (tenantId, type) => usage.unmatched.replay(tenantId, type),
  });
  const contract: ContractFunctions<typeof meteringContract> = {
    ...createTenantData({ database, tables: tenantTables }),
    ...quotas.contract,
    listQuantities: ({ tenantId, requests }) => usage.listQuantities(tenantId, requests),
    listGroupedQuantities: ({ tenantId, requests }) => usage.listGroupedQuantities(tenantId, requests),
    listServiceQuantities: (input) => serviceUsage.list(input),
    listEvents: async ({ tenantId, from, to, order, limit = 200, ...query }) => {
      const range = { from: new Date(from), to: new Date(to), oldestFirst: order === 'oldest' };
      const page = await corrections.listEvents(tenantId, { ...query, ...range, limit });
      return { ...page, data: page.data.map(toEventResponse) };
    },
    correctEvent: async ({ tenantId, time, data, ...request }) => {
      const correction = { ...request, time: time === undefined ? undefined : new Date(time) };
      const corrected =
        data === undefined
          ? await corrections.retract(tenantId, correction)
          : await corrections.replace(tenantId, correction, data);
      return toEventResponse(corrected);
    },
    listLateChanges: async ({ tenantId, after, limit }) =>
      (await corrections.listLateChanges(tenantId, after, limit)).map((change) => ({
        ...change,
        from: change.from.toISOString(),
        to: change.to.toISOString(),
      })),
    listMeters: ({ tenantId, keys }) => meters.listByKeys(tenantId, keys),
  };
  const controllers = [
    MeterController,
    UsageController,
    CorrectionController,
    ExportController,
    OpenMeterController,
    ...quotas.controllers,
    ...backfill.controllers,
  ];
  return {
    controllers,
    contract,
    useCases: { RecordUsage: new RecordUsage(usage), ...quotas.useCases },
    jobs: [
      dayRollUpJob(new DayRollUp(database, processClock), log),
      reAggregationJob(reAggregation, log),
      ...quotas.jobs,
      ...backfill.jobs,
    ],
    start: async () => quotas.evaluator.start(),
    stop: () => quotas.evaluator.stop(),
    module: {
      module: MeteringAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: MeterService, useValue: meters },
        { provide: UsageService, useValue: usage },
        { provide: CorrectionService, useValue: corrections },
        { provide: ExportService, useValue: new ExportService(database, usage) },
        { provide: OpenMeterService, useValue: openMeter },
        ...quotas.providers,
        ...backfill.providers,
        IdempotencyInterceptor,
      ],
    },
  };
}
