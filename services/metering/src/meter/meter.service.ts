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
import type { NewMeter } from './meter.dto.ts';
import type { Meter } from './meter.ts';
import { insertRollUp } from '../usage/usage-days.store.ts';
import * as store from './meter.store.ts';

// A new or archived meter is noticed by every process within this time.
const CACHE_MS = 1000;

/** Keeps meters. */
export class MeterService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #active = new Map<string, { readonly meters: readonly Meter[]; readonly until: number }>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async create(tenantId: string, input: NewMeter): Promise<Meter> {
    const now = this.#clock.now();
    const meter: Meter = {
      id: newId(now.getTime()),
      ...input,
      valueProperty: input.valueProperty ?? null,
      unit: input.unit ?? null,
      archived: false,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.insertMeter(transaction, meter);
      await insertRollUp(transaction);
      transaction.audit({ action: 'meter.created', resourceType: 'meter', resourceId: meter.id, after: meter });
      transaction.afterCommit(async () => void this.#active.delete(tenantId));
      return meter;
    });
  }

  async get(tenantId: string, id: string): Promise<Meter> {
    const meter = await this.#database.transaction(tenantId, (transaction) => store.findMeter(transaction, id));
    if (meter === undefined) throw new NotFoundError('meter', id);
    return meter;
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

  async update(
    tenantId: string,
    id: string,
    change: { name?: string | undefined; archived?: boolean | undefined },
    ifMatch: number | undefined,
  ): Promise<Meter> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findMeter(transaction, id, true);
      if (before === undefined) throw new NotFoundError('meter', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const after: Meter = {
        ...before,
        name: change.name ?? before.name,
        archived: change.archived ?? before.archived,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await store.updateMeter(transaction, after);
      transaction.audit({ action: 'meter.updated', resourceType: 'meter', resourceId: id, before, after });
      transaction.afterCommit(async () => void this.#active.delete(tenantId));
      return after;
    });
  }

  /** The meters that count at present; at most a second old. */
  async listActive(tenantId: string): Promise<readonly Meter[]> {
    const known = this.#active.get(tenantId);
    if (known !== undefined && known.until > Date.now()) return known.meters;
    const meters = await this.#database.transaction(tenantId, store.listActiveMeters);
    this.#active.set(tenantId, { meters, until: Date.now() + CACHE_MS });
    return meters;
  }
}
