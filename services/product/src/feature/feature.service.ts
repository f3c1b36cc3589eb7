import {
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { ProductService } from '../product/product.service.ts';
import type { Feature } from './feature.ts';
import * as store from './feature.store.ts';

export interface NewFeature {
  readonly key: string;
  readonly name: string;
  readonly productId: string;
  readonly type: Feature['type'];
  readonly meter?: string | undefined;
}

export interface FeatureChange {
  readonly name?: string | undefined;
  readonly meter?: string | undefined;
}

/** Keeps what plans can grant. */
export class FeatureService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #products: ProductService;

  constructor(database: Database, clock: Clock, products: ProductService) {
    this.#database = database;
    this.#clock = clock;
    this.#products = products;
  }

  async create(tenantId: string, input: NewFeature): Promise<Feature> {
    const now = this.#clock.now();
    const feature: Feature = {
      id: newId(now.getTime()),
      ...input,
      meter: input.meter ?? null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      await this.#products.assertOpen(transaction, feature.productId);
      await this.add(transaction, feature);
      return feature;
    });
  }

  async get(tenantId: string, id: string): Promise<Feature> {
    const feature = await this.#database.transaction(tenantId, (transaction) => store.findFeature(transaction, id));
    if (feature === undefined) throw new NotFoundError('feature', id);
    return feature;
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Feature>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listFeatures(transaction, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (feature) => [feature.id],
      (feature) => feature,
    );
  }

  /** Every feature. */
  async listAll(transaction: Transaction): Promise<Feature[]> {
    return store.listFeatures(transaction, null, undefined);
  }

  async add(transaction: Transaction, feature: Feature): Promise<void> {
    await store.insertFeature(transaction, feature);
    transaction.audit({ action: 'feature.created', resourceType: 'feature', resourceId: feature.id, after: feature });
  }

  async change(transaction: Transaction, before: Feature, after: Feature): Promise<void> {
    await store.updateFeature(transaction, after);
    const entry = { resourceType: 'feature', resourceId: after.id, before, after };
    transaction.audit({ action: 'feature.updated', ...entry });
  }

  /** The features of the tenant whose keys are among `keys`, by key. */
  async resolveKeys(transaction: Transaction, keys: readonly string[]): Promise<ReadonlyMap<string, Feature>> {
    const features = keys.length === 0 ? [] : await store.listFeaturesByKeys(transaction, keys);
    return new Map(features.map((feature) => [feature.key, feature]));
  }

  async update(tenantId: string, id: string, change: FeatureChange, ifMatch: number | undefined): Promise<Feature> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findFeature(transaction, id, true);
      if (before === undefined) throw new NotFoundError('feature', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      if (change.meter !== undefined && before.type !== 'metered')
        throw new InvalidInputError([{ path: '/meter', message: 'belongs to metered features only' }]);
      if (change.name === undefined && change.meter === undefined) return before;
      const after: Feature = {
        ...before,
        name: change.name ?? before.name,
        meter: change.meter ?? before.meter,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await this.change(transaction, before, after);
      return after;
    });
  }
}
