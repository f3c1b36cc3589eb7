import type { Provider, Type } from '@nestjs/common';
import { accountContract } from '@plinth/contracts';
import type { JobDefinition, ServiceDependencies } from '@plinth/common';
import type { UsageService } from '../usage/usage.service.ts';
import { BackfillController } from './backfill.controller.ts';
import { BackfillService } from './backfill.service.ts';
import { PrometheusClient } from './prometheus-client.ts';

export interface BackfillModule {
  readonly controllers: readonly Type[];
  readonly providers: Provider[];
  readonly jobs: readonly JobDefinition[];
}

export function createBackfillModule(dependencies: ServiceDependencies, usage: UsageService): BackfillModule {
  const { database, clock, contracts, environment, log } = dependencies;
  const url = environment.findString('METERING_PROMETHEUS_URL');
  const prometheus =
    url === undefined ? undefined : new PrometheusClient(url, environment.findSecret('METERING_PROMETHEUS_TOKEN'));
  const accounts = contracts.client(accountContract);
  const backfill = new BackfillService({ database, usage, accounts, clock, log, prometheus });
  return {
    controllers: [BackfillController],
    providers: [{ provide: BackfillService, useValue: backfill }],
    // Some time after midnight UTC, when the day is settled.
    jobs: [{ name: 'metering.backfill', schedule: '40 1 * * *', run: () => backfill.run() }],
  };
}
