import type { Principal } from '@plinth/contracts';
import {
  InvalidInputError,
  NotFoundError,
  decodeCursor,
  toPage,
  type Clock,
  type Database,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import { NotAMemberError } from '../group/group.errors.ts';
import { belongsToTenant } from '../group/group.store.ts';
import * as store from './knowledge.store.ts';

/** What the platform gives ids to itself, apart from users. */
const platformTypes: ReadonlySet<string> = new Set(['service-account', 'api-key', 'organization', 'division']);

/** Keeps what a tenant's applications ask about: their resources, and their names and properties of its users. */
export class EntityService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async list(
    tenantId: string,
    type: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<store.PolicyEntity>> {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listEntitiesOfType(transaction, { type, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (entity) => [entity.id],
      (entity) => entity,
    );
  }

  /** Writes an entity over the one that there is. A name may stand for a member of the tenant only. */
  async put(caller: Principal, entity: store.PolicyEntity): Promise<store.PolicyEntity> {
    if (entity.userId !== null && platformTypes.has(entity.type))
      throw new InvalidInputError([
        { path: '/userId', message: `must be absent: a ${entity.type} is known here itself and never a user` },
      ]);
    // These name a user already, and must not come to mean another one.
    if (entity.type === 'user' && (z.uuid().safeParse(entity.id).success || entity.id.includes('@')))
      throw new InvalidInputError([{ path: '/params/id', message: 'must not look like the id or address of a user' }]);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      if (entity.userId !== null && !(await belongsToTenant(transaction, entity.userId)))
        throw new NotAMemberError(entity.userId);
      const created = await store.putEntity(transaction, entity, this.#clock.now());
      transaction.audit({
        action: created ? 'access_entity.created' : 'access_entity.updated',
        resourceType: 'access_entity',
        resourceId: `${entity.type}/${entity.id}`,
        after: entity,
      });
      return entity;
    });
  }

  async remove(caller: Principal, type: string, id: string): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      if (!(await store.deleteEntity(transaction, type, id))) throw new NotFoundError(type, id);
      transaction.audit({
        action: 'access_entity.deleted',
        resourceType: 'access_entity',
        resourceId: `${type}/${id}`,
      });
    });
  }
}
