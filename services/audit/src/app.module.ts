import type { auditContract, ContractFunctions } from '@plinth/contracts';
import { createTenantData, Database, type ServiceDependencies, type ServiceInstance } from '@plinth/common';
import { ChainController } from './trail/chain.controller.ts';
import { ChainService } from './trail/chain.service.ts';
import { AppendAuditRecords } from './trail/append-audit-records.consumer.ts';
import { EntryController } from './trail/entry.controller.ts';
import { toResponse } from './trail/entry.dto.ts';
import { EntryService } from './trail/entry.service.ts';
import * as chains from './trail/chain.store.ts';
import { tenantTables } from './tenant-tables.ts';

class AuditAppModule {}

/** Puts the service together. */
export async function createApp({ database, clock }: ServiceDependencies): Promise<ServiceInstance> {
  const entries = new EntryService(database);
  const tenantData = createTenantData({
    database,
    tables: tenantTables,
    prepareDeletion: (transaction, tenantId) => chains.closeChain(transaction, tenantId, clock.now()),
    listFacts: async (transaction, tenantId): Promise<Record<string, string>> => {
      const end = await chains.findClosedHead(transaction, tenantId);
      return end === undefined ? {} : { lastSequence: end.sequence, lastHash: end.hash };
    },
  });
  const contract: ContractFunctions<typeof auditContract> = {
    ...tenantData,
    listEntries: async ({ tenantId, cursor, limit = 50, ...filter }) => {
      const page = await entries.listOf(tenantId, filter, limit, cursor);
      return { ...page, data: page.data.map(toResponse) };
    },
  };
  const controllers = [EntryController, ChainController];
  return {
    controllers,
    contract,
    useCases: { AppendAuditRecords: new AppendAuditRecords(entries) },
    module: {
      module: AuditAppModule,
      controllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: EntryService, useValue: entries },
        { provide: ChainService, useValue: new ChainService(database) },
      ],
    },
  };
}
