import {
  decodeCursor,
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
import { checkDefinition, type MeterChange, type NewMeter } from './meter.dto.ts';
import type { CountingSeries, Meter, MeterDefinition, MeterRevision } from './meter.ts';
import { insertRollUp } from '../usage/usage-days.store.ts';
import * as store from './meter.store.ts';

// A new or changed meter is noticed by every reader within this time; writers notice at once, by the generation.
const CACHE_MS = 1000;

/** Keeps meters. */
export class MeterService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #onUnfinished: () => void;
  readonly #counting = new Map<string, { readonly value: CountingSeries; readonly until: number }>();

  /** `onUnfinished` is called after a revision was begun, so that its making need not wait for the schedule. */
  constructor(database: Database, clock: Clock, onUnfinished: () => void = () => {}) {
    this.#database = database;
    this.#clock = clock;
    this.#onUnfinished = onUnfinished;
  }

  /** With `backfill`, the meter counts the events that are stored already as well; they are complete a while later. */
  async create(tenantId: string, { backfill, ...input }: NewMeter): Promise<Meter> {
    const now = this.#clock.now();
    const id = newId(now.getTime());
    const meter: Meter = {
      id,
      ...input,
      ...checkDefinition(input),
      unit: input.unit ?? null,
      archived: false,
      version: 1,
      revisionId: id,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      const generation = await store.beginGeneration(transaction);
      await store.insertMeter(transaction, meter, backfill ? 0 : generation);
      await store.insertRevision(transaction, { ...meter, meterId: id, status: 'active', generation });
      if (backfill) await this.#beginRevision(transaction, meter, meter, generation);
      await insertRollUp(transaction);
      transaction.audit({ action: 'meter.created', resourceType: 'meter', resourceId: id, after: meter });
      this.#forgetAfter(transaction, tenantId, backfill);
      return meter;
    });
  }

  async get(tenantId: string, id: string): Promise<{ meter: Meter; building: MeterRevision | undefined }> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const meter = await store.findMeter(transaction, id);
      if (meter === undefined) throw new NotFoundError('meter', id);
      return { meter, building: await store.findBuilding(transaction, id) };
    });
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Meter>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listMeters(transaction, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (meter) => [meter.id],
      (meter) => meter,
    );
  }

  /**
   * Changes a meter. A change of what it counts begins a revision, which is made of the stored events; until it is
   * complete, the meter answers as before.
   */
  async update(tenantId: string, id: string, change: MeterChange, ifMatch: number | undefined): Promise<Meter> {
    return this.#database.transaction(tenantId, async (transaction) => {
      // Before the meter's row is locked: whoever counts must not wait for us while we wait for them.
      const generation = await store.beginGeneration(transaction);
      const before = await store.findMeter(transaction, id, true);
      if (before === undefined) throw new NotFoundError('meter', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const { name, unit, archived, ...changed } = change;
      const after: Meter = {
        ...before,
        name: name ?? before.name,
        unit: unit === undefined ? before.unit : unit,
        archived: archived ?? before.archived,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await store.updateMeter(transaction, after, after.archived === before.archived ? null : generation);
      const isRedefined = Object.keys(changed).length > 0;
      const definition = isRedefined ? checkDefinition({ ...definitionOf(before), ...changed }) : undefined;
      if (definition !== undefined) await this.#beginRevision(transaction, after, definition, generation);
      transaction.audit({
        action: 'meter.updated',
        resourceType: 'meter',
        resourceId: id,
        before,
        after: { ...after, ...definition },
      });
      this.#forgetAfter(transaction, tenantId, isRedefined);
      return after;
    });
  }

  /** Those of the keys that meters in use have, with the dimensions by which they answer; read now. */
  async listByKeys(
    tenantId: string,
    keys: readonly string[],
  ): Promise<{ readonly key: string; readonly dimensions: string[] }[]> {
    const { series } = await this.listCounting(tenantId, true);
    const asked = new Set(keys);
    return series
      .filter(({ key, status }) => status === 'active' && asked.has(key))
      .map(({ key, dimensions }) => ({ key, dimensions: [...dimensions] }));
  }

  /** What counts at present, at most a second old; `fresh`: read now. */
  async listCounting(tenantId: string, fresh = false): Promise<CountingSeries> {
    const known = this.#counting.get(tenantId);
    if (!fresh && known !== undefined && known.until > Date.now()) return known.value;
    const value = await this.#database.transaction(tenantId, store.readCounting);
    this.#counting.set(tenantId, { value, until: Date.now() + CACHE_MS });
    return value;
  }

  async #beginRevision(
    transaction: Transaction,
    meter: Meter,
    definition: MeterDefinition,
    generation: number,
  ): Promise<void> {
    const createdAt = this.#clock.now();
    await store.abandonBuilding(transaction, meter.id, createdAt);
    await store.insertRevision(transaction, {
      ...definitionOf(definition),
      id: newId(createdAt.getTime()),
      meterId: meter.id,
      status: 'building',
      generation,
      createdAt,
    });
  }

  #forgetAfter(transaction: Transaction, tenantId: string, isUnfinished: boolean): void {
    transaction.afterCommit(async () => {
      this.#counting.delete(tenantId);
      if (isUnfinished) this.#onUnfinished();
    });
  }
}

function definitionOf({
  aggregation,
  valueProperty,
  percentile,
  filters,
  dimensions,
}: MeterDefinition): MeterDefinition {
  return { aggregation, valueProperty, percentile, filters, dimensions };
}
