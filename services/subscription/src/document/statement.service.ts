import { NotFoundError, type Database } from '@plinth/common';
import type { accountContract, ContractFunctions, tenantContract } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import { startOfDay } from '@plinth/common/local-date';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import type { DocumentFile } from './document.service.ts';
import { toIssuer } from './issuer.ts';
import { toBalances, type Statement } from './statement.ts';
import * as store from './statement.store.ts';

export interface StatementDependencies {
  readonly database: Database;
  readonly legalEntities: LegalEntityService;
  readonly account: Pick<ContractFunctions<typeof accountContract>, 'listAccountsByIds'>;
  readonly tenant: Pick<ContractFunctions<typeof tenantContract>, 'findTenant'>;
}

export interface StatementQuery {
  readonly accountId: string;
  readonly from: LocalDate;
  /** Not included. */
  readonly to: LocalDate;
  /** Absent: the one that bills the account. */
  readonly legalEntityId?: string | undefined;
}

/** What happened between an account and who bills it, from the ledger. */
export class StatementService {
  readonly #dependencies: StatementDependencies;
  constructor(dependencies: StatementDependencies) {
    this.#dependencies = dependencies;
  }

  /** Dates are of the account's zone, [from, to). */
  async getStatement(tenantId: string, { accountId, from, to, legalEntityId }: StatementQuery): Promise<Statement> {
    const { database, legalEntities, account: accounts, tenant } = this.#dependencies;
    const [[account], entities, own] = await Promise.all([
      accounts.listAccountsByIds({ tenantId, ids: [accountId] }),
      legalEntities.list(tenantId),
      tenant.findTenant({ tenantId }),
    ]);
    if (account === undefined) throw new NotFoundError('account', accountId);
    const entity =
      legalEntityId === undefined
        ? (entities.find(({ key }) => key === account.billing.legalEntity) ??
          entities.find(({ id }) => id === tenantId))
        : entities.find(({ id }) => id === legalEntityId);
    if (entity === undefined) throw new NotFoundError('legal entity', legalEntityId ?? tenantId);
    const [start, end] = [startOfDay(account.timeZone, from), startOfDay(account.timeZone, to)];
    const range = { accountId, legalEntityId: entity.id, start, end };
    const balances = await database.transaction(tenantId, async (transaction) =>
      toBalances(await store.sumReceivable(transaction, range), await store.listReceivable(transaction, range)),
    );
    const issuer = toIssuer(entity, entity, own?.name ?? '');
    return { account, legalEntityId: entity.id, issuer, from, to, start, end, balances };
  }

  async renderStatementPdf(tenantId: string, query: StatementQuery): Promise<DocumentFile> {
    const statement = await this.getStatement(tenantId, query);
    const name = `statement-${statement.account.key}-${query.from}.pdf`;
    // Loaded when it is needed, as the renderer of documents is.
    const { renderStatementPdf } = await import('./pdf/render-statement-pdf.ts');
    return { name, content: await renderStatementPdf(statement) };
  }
}
