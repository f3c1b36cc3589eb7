import {
  decodeCursor,
  newId,
  NotFoundError,
  toPage,
  VersionMismatchError,
  type Clock,
  type Database,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import type { Feature } from './feature.ts';
import * as store from './feature.store.ts';

export interface NewFeature {
  readonly key: string;
  readonly name: string;
  readonly productId: string;
  readonly type: Feature['type'];
  readonly meter?: string | undefined;
}

/** Keeps what plans can grant. */
export class FeatureService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
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
      await store.insertFeature(transaction, feature);
      transaction.audit({ action: 'feature.created', resourceType: 'feature', resourceId: feature.id, after: feature });
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

  async rename(tenantId: string, id: string, name: string, ifMatch: number | undefined): Promise<Feature> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findFeature(transaction, id, true);
      if (before === undefined) throw new NotFoundError('feature', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const after: Feature = { ...before, name, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateFeature(transaction, after);
      transaction.audit({ action: 'feature.updated', resourceType: 'feature', resourceId: id, before, after });
      return after;
    });
  }
}
