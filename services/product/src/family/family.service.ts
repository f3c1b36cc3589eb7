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
import type { FamilyChange, NewFamily } from './family.dto.ts';
import type { Family } from './family.ts';
import * as store from './family.store.ts';

/** Keeps plan families. */
export class FamilyService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async create(tenantId: string, input: NewFamily): Promise<Family> {
    const now = this.#clock.now();
    const family: Family = { id: newId(now.getTime()), ...input, version: 1, createdAt: now, updatedAt: now };
    await this.#database.transaction(tenantId, (transaction) => this.add(transaction, family));
    return family;
  }

  async get(tenantId: string, id: string): Promise<Family> {
    const family = await this.#database.transaction(tenantId, (transaction) => store.findFamily(transaction, id));
    if (family === undefined) throw new NotFoundError('plan family', id);
    return family;
  }

  async list(tenantId: string, limit: number, cursor: string | undefined): Promise<Page<Family>> {
    const after = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listFamilies(transaction, limit + 1, after),
    );
    return toPage(
      rows,
      limit,
      (family) => [family.id],
      (family) => family,
    );
  }

  async update(tenantId: string, id: string, change: FamilyChange, ifMatch: number | undefined): Promise<Family> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await store.findFamily(transaction, id, true);
      if (before === undefined) throw new NotFoundError('plan family', id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      if (Object.values(change).every((value) => value === undefined)) return before;
      const after: Family = {
        ...before,
        name: change.name ?? before.name,
        upgrade: change.upgrade ?? before.upgrade,
        downgrade: change.downgrade ?? before.downgrade,
        version: before.version + 1,
        updatedAt: this.#clock.now(),
      };
      await this.change(transaction, before, after);
      return after;
    });
  }

  /** Every family. */
  async listAll(transaction: Transaction): Promise<Family[]> {
    return store.listFamilies(transaction, null, undefined);
  }

  async add(transaction: Transaction, family: Family): Promise<void> {
    await store.insertFamily(transaction, family);
    const entry = { resourceType: 'plan_family', resourceId: family.id, after: family };
    transaction.audit({ action: 'plan_family.created', ...entry });
  }

  async change(transaction: Transaction, before: Family, after: Family): Promise<void> {
    await store.updateFamily(transaction, after);
    const entry = { resourceType: 'plan_family', resourceId: after.id, before, after };
    transaction.audit({ action: 'plan_family.updated', ...entry });
  }

  /** The families of the tenant whose keys are among `keys`, by key. */
  async resolveKeys(transaction: Transaction, keys: readonly string[]): Promise<ReadonlyMap<string, Family>> {
    const families = keys.length === 0 ? [] : await store.listFamiliesByKeys(transaction, keys);
    return new Map(families.map((family) => [family.key, family]));
  }
}
