import type { Permission, Principal } from '@plinth/contracts';
import {
  NotFoundError,
  VersionMismatchError,
  assertCan,
  can,
  conditionFor,
  decodeCursor,
  newId,
  toPage,
  type Clock,
  type Database,
  type Page,
  type PlanLimits,
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

/**
 * Keeps the tree of divisions below an organization. Who may write a division changes what is directly below it:
 * creates, moves and deletes there; renaming needs the division itself.
 */
export class DivisionService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #limits: PlanLimits;

  constructor(database: Database, clock: Clock, limits: PlanLimits) {
    this.#database = database;
    this.#clock = clock;
    this.#limits = limits;
  }

  async createDivision(caller: Principal, input: NewDivision): Promise<Division> {
    const tenantId = caller.tenant!;
    return this.#database.transaction(tenantId, async (transaction) => {
      await store.lockTree(transaction);
      await this.#limits.assertRoom(tenantId, 'divisions', () => store.countDivisions(transaction));
      const parentId = await getParent(transaction, caller, input.parentId);
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

  async getDivision(caller: Principal, id: string): Promise<Division> {
    return this.#database.transaction(caller.tenant, (transaction) => getVisible(transaction, caller, id));
  }

  /** The divisions that the caller may see. */
  async listDivisions(caller: Principal, query: DivisionQuery): Promise<Page<Division>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const { parentId = 'all' } = query;
    const below = parentId === 'all' || parentId === 'root' ? parentId : { parentId };
    const condition = conditionFor(caller, 'division:read', store.divisionColumns, 5);
    const rows = await this.#database.transaction(caller.tenant, (transaction) =>
      store.listDivisions(transaction, { below, after, limit: query.limit + 1, condition }),
    );
    return toPage(
      rows,
      query.limit,
      (division) => [division.id],
      (division) => division,
    );
  }

  async updateDivision(
    caller: Principal,
    id: string,
    changes: { name?: string | undefined },
    ifMatch: number | undefined,
  ): Promise<Division> {
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const before = await getForUpdate(transaction, caller, id, ifMatch);
      await assertMayWrite(transaction, caller, before.organizationId, before.id);
      const name = changes.name ?? before.name;
      return name === before.name ? before : this.#save(transaction, 'division.updated', before, { ...before, name });
    });
  }

  /** Moves a division with everything below it. */
  async moveDivision(
    caller: Principal,
    id: string,
    parentId: string | null,
    ifMatch: number | undefined,
  ): Promise<Division> {
    return this.#database.transaction(caller.tenant, async (transaction) => {
      await store.lockTree(transaction);
      const before = await getForUpdate(transaction, caller, id, ifMatch);
      await assertMayWrite(transaction, caller, before.organizationId, before.parentId);
      const parent = await getParent(transaction, caller, parentId);
      if (parent !== null && wouldCycle(await store.listPath(transaction, parent), before.id, parent)) {
        throw new DivisionWouldCycleError(before.id, parent);
      }
      const after = { ...before, parentId: parent };
      return after.parentId === before.parentId ? before : this.#save(transaction, 'division.moved', before, after);
    });
  }

  async deleteDivision(caller: Principal, id: string): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      await store.lockTree(transaction);
      const before = await getVisible(transaction, caller, id);
      await assertMayWrite(transaction, caller, before.organizationId, before.parentId);
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

/** Throws the same for a division that the caller may not see as for one that does not exist. */
async function assertVisible(
  transaction: Transaction,
  caller: Principal,
  division: Division | undefined,
  id: string,
): Promise<Division> {
  if (division === undefined) throw new NotFoundError('division', id);
  if (!(await mayDo(transaction, caller, 'division:read', division))) throw new NotFoundError('division', id);
  return division;
}

async function getVisible(transaction: Transaction, caller: Principal, id: string): Promise<Division> {
  return assertVisible(transaction, caller, await store.findDivision(transaction, id), id);
}

async function getForUpdate(
  transaction: Transaction,
  caller: Principal,
  id: string,
  ifMatch: number | undefined,
): Promise<Division> {
  const division = await assertVisible(transaction, caller, await store.findDivisionForUpdate(transaction, id), id);
  if (ifMatch !== undefined && ifMatch !== division.version) throw new VersionMismatchError();
  return division;
}

/** Id of the division below which something is put, for a caller who may write there; null: the organization. */
async function getParent(transaction: Transaction, caller: Principal, id: string | null): Promise<string | null> {
  if (id === null) {
    const [organizationId] = await store.listOrganizationIds(transaction, undefined);
    if (organizationId !== undefined) await assertMayWrite(transaction, caller, organizationId, null);
    return null;
  }
  const parent = await getVisible(transaction, caller, id);
  await assertMayWrite(transaction, caller, parent.organizationId, parent.id);
  return parent.id;
}

/** Throws unless the caller may write a division or, for null, the organization itself. */
async function assertMayWrite(
  transaction: Transaction,
  caller: Principal,
  organizationId: string,
  divisionId: string | null,
): Promise<void> {
  if (can(caller, 'division:write')) return;
  const path = divisionId === null ? [] : await store.listPath(transaction, divisionId);
  assertCan(caller, 'division:write', { organizationId, divisionPath: path.map(({ id }) => id) });
}

async function mayDo(
  transaction: Transaction,
  caller: Principal,
  permission: Permission,
  { id, organizationId }: Division,
): Promise<boolean> {
  if (can(caller, permission)) return true;
  const path = await store.listPath(transaction, id);
  return can(caller, permission, { organizationId, divisionPath: path.map((edge) => edge.id) });
}
