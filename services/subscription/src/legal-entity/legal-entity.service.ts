import {
  AlreadyExistsError,
  NotFoundError,
  VersionMismatchError,
  newId,
  type Clock,
  type Database,
  type Transaction,
} from '@plinth/common';
import { LegalEntityInUseError, TaxServiceMissingError } from './legal-entity.errors.ts';
import { LegalEntities, defaultLegalEntity, type LegalEntity, type LegalEntityContent } from './legal-entity.ts';
import * as store from './legal-entity.store.ts';

export interface LegalEntityDependencies {
  readonly database: Database;
  readonly clock: Clock;
  /** Whether an external tax service is configured. */
  readonly hasTaxService: boolean;
}

/** Keeps those who issue invoices. */
export class LegalEntityService {
  readonly #dependencies: LegalEntityDependencies;
  constructor(dependencies: LegalEntityDependencies) {
    this.#dependencies = dependencies;
  }

  /** All of them; the default one too when nothing was said of it yet. A tenant has a handful. */
  async list(tenantId: string): Promise<LegalEntity[]> {
    const entities = await this.#dependencies.database.transaction(tenantId, store.listLegalEntities);
    return entities.some(({ id }) => id === tenantId) ? entities : [defaultLegalEntity(tenantId), ...entities];
  }

  async get(tenantId: string, id: string): Promise<LegalEntity> {
    const entity = (await this.list(tenantId)).find((one) => one.id === id);
    if (entity === undefined) throw new NotFoundError('legal entity', id);
    return entity;
  }

  /** The legal entity as it was at a version: what an invoice was issued under. */
  async getVersion(tenantId: string, id: string, version: number): Promise<LegalEntity> {
    if (version === 0 && id === tenantId) return defaultLegalEntity(tenantId);
    const entity = await this.#dependencies.database.transaction(tenantId, (transaction) =>
      store.findLegalEntityVersion(transaction, id, version),
    );
    if (entity === undefined) throw new NotFoundError('version of a legal entity', `${id}/${version}`);
    return entity;
  }

  /** All of a tenant's, to find the one that bills an account. */
  async loadIn(transaction: Transaction): Promise<LegalEntities> {
    return new LegalEntities(transaction.tenantId!, await store.listLegalEntities(transaction));
  }

  async create(tenantId: string, content: LegalEntityContent): Promise<LegalEntity> {
    return this.#save(tenantId, newId(), content, undefined);
  }

  /** Replaces what is said of a legal entity; the default one begins to be kept with it. */
  async replace(
    tenantId: string,
    id: string,
    content: LegalEntityContent,
    ifMatch: number | undefined,
  ): Promise<LegalEntity> {
    return this.#save(tenantId, id, content, { ifMatch });
  }

  async remove(tenantId: string, id: string): Promise<void> {
    await this.#dependencies.database.transaction(tenantId, async (transaction) => {
      const before = await store.findLegalEntityForUpdate(transaction, id);
      if (before === undefined && id !== tenantId) throw new NotFoundError('legal entity', id);
      if (id === tenantId || !(await store.deleteUnusedLegalEntity(transaction, id)))
        throw new LegalEntityInUseError(id);
      transaction.audit({
        action: 'legal_entity.deleted',
        resourceType: 'legal_entity',
        resourceId: id,
        before,
      });
    });
  }

  async #save(
    tenantId: string,
    id: string,
    content: LegalEntityContent,
    replacing: { readonly ifMatch: number | undefined } | undefined,
  ): Promise<LegalEntity> {
    const { database, clock, hasTaxService } = this.#dependencies;
    if (content.taxProvider === 'external' && !hasTaxService) throw new TaxServiceMissingError();
    return database.transaction(tenantId, async (transaction) => {
      await store.lockLegalEntities(transaction);
      const before =
        (await store.findLegalEntityForUpdate(transaction, id)) ??
        (id === tenantId ? defaultLegalEntity(tenantId) : undefined);
      if (replacing !== undefined && before === undefined) throw new NotFoundError('legal entity', id);
      if (replacing?.ifMatch !== undefined && replacing.ifMatch !== before?.version) throw new VersionMismatchError();
      const others = (await store.listLegalEntities(transaction)).filter((other) => other.id !== id);
      const isDefaultKey = content.key === 'default' && id !== tenantId;
      if (isDefaultKey || others.some(({ key }) => key === content.key))
        throw new AlreadyExistsError('legal entity', content.key);
      const now = clock.now();
      const after: LegalEntity = {
        ...content,
        id,
        version: (before?.version ?? 0) + 1,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      };
      await store.saveLegalEntity(transaction, after);
      transaction.audit({
        action: before === undefined ? 'legal_entity.created' : 'legal_entity.changed',
        resourceType: 'legal_entity',
        resourceId: id,
        ...(before === undefined ? {} : { before }),
        after,
      });
      return after;
    });
  }
}
