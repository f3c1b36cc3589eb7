import {
  AlreadyExistsError,
  NotFoundError,
  VersionMismatchError,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { TaxRates, type TaxRate } from './tax-rate.ts';
import * as store from './tax-rate.store.ts';

export type TaxRateContent = Omit<TaxRate, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

export interface TaxRateQuery extends store.TaxRateFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Keeps the rates of taxes. A change concerns what is invoiced from then on. */
export class TaxRateService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #entities: LegalEntityService;

  constructor(database: Database, clock: Clock, entities: LegalEntityService) {
    this.#database = database;
    this.#clock = clock;
    this.#entities = entities;
  }

  /** All rates of a tenant, to find those of invoices. */
  async loadIn(transaction: Transaction): Promise<TaxRates> {
    return new TaxRates(await store.listAllTaxRates(transaction));
  }

  async list(tenantId: string, { limit, cursor, ...filter }: TaxRateQuery): Promise<Page<TaxRate>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listTaxRates(transaction, filter, after, limit + 1),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => [id],
      (rate) => rate,
    );
  }

  async create(tenantId: string, content: TaxRateContent): Promise<TaxRate> {
    await this.#entities.get(tenantId, content.legalEntityId);
    const now = this.#clock.now();
    const rate: TaxRate = { ...content, id: newId(), version: 1, createdAt: now, updatedAt: now };
    return this.#database.transaction(tenantId, (transaction) => this.#save(transaction, rate, undefined));
  }

  async replace(
    tenantId: string,
    id: string,
    content: Omit<TaxRateContent, 'legalEntityId'>,
    ifMatch: number | undefined,
  ): Promise<TaxRate> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await findExisting(transaction, id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const after = { ...before, ...content, version: before.version + 1, updatedAt: this.#clock.now() };
      return this.#save(transaction, after, before);
    });
  }

  async remove(tenantId: string, id: string): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      const before = await findExisting(transaction, id);
      await store.deleteTaxRate(transaction, id);
      transaction.audit({ action: 'tax_rate.deleted', resourceType: 'tax_rate', resourceId: id, before });
    });
  }

  async #save(transaction: Transaction, rate: TaxRate, before: TaxRate | undefined): Promise<TaxRate> {
    if (!(await store.saveTaxRate(transaction, rate)))
      throw new AlreadyExistsError(
        'tax rate',
        [rate.category, rate.country, rate.region, rate.validFrom].filter((part) => part !== null).join(' '),
      );
    transaction.audit({
      action: before === undefined ? 'tax_rate.created' : 'tax_rate.changed',
      resourceType: 'tax_rate',
      resourceId: rate.id,
      ...(before === undefined ? {} : { before }),
      after: rate,
    });
    return rate;
  }
}

async function findExisting(transaction: Transaction, id: string): Promise<TaxRate> {
  const rate = await store.findTaxRateForUpdate(transaction, id);
  if (rate === undefined) throw new NotFoundError('tax rate', id);
  return rate;
}
