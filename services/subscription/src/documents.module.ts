import type { ContractFunctions, accountContract, tenantContract } from '@plinth/contracts';
import type { Database } from '@plinth/common';
import { DocumentController } from './document/document.controller.ts';
import { DocumentService } from './document/document.service.ts';
import { StatementService } from './document/statement.service.ts';
import type { createInvoicing } from './invoicing.module.ts';

export interface DocumentsDependencies {
  readonly database: Database;
  readonly invoicing: Pick<ReturnType<typeof createInvoicing>, 'invoices' | 'entities' | 'creditNotes'>;
  readonly account: ContractFunctions<typeof accountContract>;
  readonly tenant: ContractFunctions<typeof tenantContract>;
}

/** Puts together what makes files of invoices, credit notes and accounts, with its controller and what it is given. */
export function createDocuments({ database, invoicing, account, tenant }: DocumentsDependencies) {
  const { invoices, creditNotes, entities: legalEntities } = invoicing;
  const documents = new DocumentService({ database, invoices, creditNotes, legalEntities, account, tenant });
  const statements = new StatementService({ database, legalEntities, account, tenant });
  return {
    documents,
    // Before those whose paths begin with the id of an invoice.
    controllers: [DocumentController],
    providers: [
      { provide: DocumentService, useValue: documents },
      { provide: StatementService, useValue: statements },
    ],
  };
}
