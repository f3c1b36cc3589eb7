import { Database, type ServiceDependencies, type ServiceInstance } from '@plinth/common';
import { ChainController } from './trail/chain.controller.ts';
import { ChainService } from './trail/chain.service.ts';
import { AppendAuditRecords } from './trail/append-audit-records.consumer.ts';
import { EntryController } from './trail/entry.controller.ts';
import { EntryService } from './trail/entry.service.ts';

class AuditAppModule {}

/** Puts the service together. */
export async function createApp({ database }: ServiceDependencies): Promise<ServiceInstance> {
  const entries = new EntryService(database);
  const controllers = [EntryController, ChainController];
  return {
    controllers,
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
