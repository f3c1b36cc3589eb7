import {
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
import { wouldCycle } from './division-tree.ts';
import { DivisionNotEmptyError, DivisionWouldCycleError } from './division.errors.ts';
import * as store from './division.store.ts';
import type { Division } from './division.ts';

export interface NewDivision {
  readonly name: string;
  readonly parentId: string | null;
}

export interface DivisionQuery {
  readonly parentId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Keeps the tree of divisions below an organization. */
export class DivisionService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async createDivision(tenantId: string, input: NewDivision): Promise<Division> {
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.lockTree(transaction);
      const parentId = input.parentId === null ? null : (await getDivision(transaction, input.parentId)).id;
      const now = this.#clock.now();
      const division = await store.insertDivision(transaction, {
        id: newId(now.getTime()),
        parentId,
        name: input.name,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      if (division === undefined) throw new NotFoundError('organization of the tenant', tenantId);
      transaction.audit({
        action: 'division.created',
        resourceType: 'division',
        resourceId: division.id,
        after: division,
      });
      return division;
    });
  }

  async getDivision(tenantId: string, id: string): Promise<Division> {
    return this.#database.transaction(tenantId, (transaction) => getDivision(transaction, id));
  }

  async listDivisions(tenantId: string, query: DivisionQuery): Promise<Page<Division>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const { parentId = 'all' } = query;
    const below = parentId === 'all' || parentId === 'root' ? parentId : { parentId };
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listDivisions(transaction, { below, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (division) => [division.id],
      (division) => division,
    );
  }

  async updateDivision(
    tenantId: string,
    id: string,
    changes: { name?: string | undefined },
    ifMatch: number | undefined,
  ): Promise<Division> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await getForUpdate(transaction, id, ifMatch);
      const name = changes.name ?? before.name;
      return name === before.name ? before : this.#save(transaction, 'division.updated', before, { ...before, name });
    });
  }

  /** Moves a division with everything below it. */
  async moveDivision(
    tenantId: string,
    id: string,
    parentId: string | null,
    ifMatch: number | undefined,
  ): Promise<Division> {
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.lockTree(transaction);
      const before = await getForUpdate(transaction, id, ifMatch);
      const parent = parentId === null ? null : await getDivision(transaction, parentId);
      if (parent !== null && wouldCycle(await store.listPath(transaction, parent.id), before.id, parent.id)) {
        throw new DivisionWouldCycleError(before.id, parent.id);
      }
      const after = { ...before, parentId: parent?.id ?? null };
      return after.parentId === before.parentId ? before : this.#save(transaction, 'division.moved', before, after);
    });
  }

  async deleteDivision(tenantId: string, id: string): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      await store.lockTree(transaction);
      const before = await getDivision(transaction, id);
      if (await store.hasChildren(transaction, id)) throw new DivisionNotEmptyError(id);
      await store.deleteDivision(transaction, id);
      transaction.audit({ action: 'division.deleted', resourceType: 'division', resourceId: id, before });
    });
  }

  async #save(transaction: Transaction, action: string, before: Division, changed: Division): Promise<Division> {
    const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
    await store.updateDivision(transaction, after);
    transaction.audit({ action, resourceType: 'division', resourceId: before.id, before, after });
    return after;
  }
}

async function getDivision(transaction: Transaction, id: string): Promise<Division> {
  const division = await store.findDivision(transaction, id);
  if (division === undefined) throw new NotFoundError('division', id);
  return division;
}

async function getForUpdate(transaction: Transaction, id: string, ifMatch: number | undefined): Promise<Division> {
  const division = await store.findDivisionForUpdate(transaction, id);
  if (division === undefined) throw new NotFoundError('division', id);
  if (ifMatch !== undefined && ifMatch !== division.version) throw new VersionMismatchError();
  return division;
}
