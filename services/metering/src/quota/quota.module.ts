import type { Provider, Type } from '@nestjs/common';
import { accountContract, type ContractFunctions, type meteringContract } from '@plinth/contracts';
import type { JobDefinition, ServiceDependencies, TenantClock } from '@plinth/common';
import type { UsageService } from '../usage/usage.service.ts';
import { AccountZones } from './account-zones.ts';
import { PlanQuotas } from './plan-quotas.service.ts';
import { QuotaController } from './quota.controller.ts';
import { QuotaEvaluator } from './quota-evaluator.ts';
import { QuotaService } from './quota.service.ts';
import { QuotaStateService } from './quota-state.service.ts';
import { SetQuotas } from './set-quotas.consumer.ts';

export interface QuotaModule {
  readonly controllers: readonly Type[];
  readonly providers: Provider[];
  readonly contract: Pick<ContractFunctions<typeof meteringContract>, 'setQuotas' | 'checkQuota'>;
  readonly useCases: { readonly SetQuotas: SetQuotas };
  readonly jobs: readonly JobDefinition[];
  readonly states: QuotaStateService;
  readonly evaluator: QuotaEvaluator;
}

export function createQuotaModule(
  { database, contracts, log }: ServiceDependencies,
  usage: UsageService,
  clock: TenantClock,
): QuotaModule {
  const zones = new AccountZones(contracts.client(accountContract));
  const states = new QuotaStateService(database, usage, zones, clock);
  const quotas = new QuotaService(database, states, clock);
  const planQuotas = new PlanQuotas(database, quotas, clock, log);
  return {
    controllers: [QuotaController],
    providers: [
      { provide: QuotaService, useValue: quotas },
      { provide: QuotaStateService, useValue: states },
    ],
    contract: {
      setQuotas: async ({ tenantId, accountId, quotas: grants }) => {
        await clock.load(tenantId);
        return { changed: await quotas.replaceGranted(tenantId, accountId, grants) };
      },
      checkQuota: (question) => states.check(question),
    },
    useCases: { SetQuotas: new SetQuotas(planQuotas) },
    jobs: [planQuotas.job()],
    states,
    evaluator: new QuotaEvaluator({ database, states, zones, clock, log }),
  };
}
