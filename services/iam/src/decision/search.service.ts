import { permissions, type Principal } from '@plinth/contracts';
import { InvalidInputError, decodeCursor, encodeCursor, type Database } from '@plinth/common';
import { z } from 'zod';
import { listPermissionNames } from '../permission/permission.store.ts';
import type { Places } from '../role/place.ts';
import { decide, permissionOf, type Action, type Resource, type Subject } from './decision.ts';
import type { KnowledgeService } from './knowledge.service.ts';
import * as store from './knowledge.store.ts';

export interface SearchPage {
  readonly token?: string | undefined;
  readonly limit?: number | undefined;
}

export interface Found<Item> {
  readonly results: Item[];
  /** The empty string: there is no more. */
  readonly nextToken: string;
}

export interface Reference {
  readonly type: string;
  readonly id: string;
}

const defaultLimit = 100;
const step = 500;

/** Candidates in order of their ids, those after one of them. */
type ListCandidates = (after: string | undefined, limit: number) => Promise<Reference[]>;

/** Finds who may do something, on what somebody may do it, and what they may do with it, in one tenant. */
export class SearchService {
  readonly #database: Database;
  readonly #knowledge: KnowledgeService;
  readonly #places: Places;

  constructor(database: Database, knowledge: KnowledgeService, places: Places) {
    this.#database = database;
    this.#knowledge = knowledge;
    this.#places = places;
  }

  /**
   * Users or service accounts of the tenant who may do this; of another type, those of its registered names that stand
   * for a user. A user is named as the tenant registered them, else by their id.
   */
  async findSubjects(
    caller: Principal,
    query: {
      readonly type: string;
      readonly properties?: Subject['properties'];
      readonly action: Action;
      readonly resource: Resource;
    },
    page: SearchPage,
  ): Promise<Found<Reference>> {
    const { type, action, resource } = query;
    // Keys have no roles of their own by which to find them; who may do something is their creator.
    if (type === 'api-key') return { results: [], nextToken: '' };
    const tenantId = caller.tenant!;
    const found = await this.#collect(page, this.#subjectsOf(tenantId, type), async (candidates) => {
      const named = type === 'user' ? await this.#nameUsers(tenantId, candidates) : new Map<string, string>();
      const subjects = candidates.map(({ id }) => ({ type, id: named.get(id) ?? id, properties: query.properties }));
      const knowledge = await this.#knowledge.load(tenantId, subjects, [resource]);
      return subjects.map(
        (subject) =>
          decide(
            knowledge.subjectOf(subject),
            permissionOf(action, resource),
            knowledge.objectOf({ subject, action, resource }),
          ).allowed,
      );
    });
    const named = type === 'user' ? await this.#nameUsers(tenantId, found.results) : new Map<string, string>();
    return { ...found, results: found.results.map(({ id }) => ({ type, id: named.get(id) ?? id })) };
  }

  /** Resources on which somebody may do this: organizations, divisions, and what the tenant registered. */
  async findResources(
    caller: Principal,
    query: { readonly subject: Subject; readonly action: Action; readonly type: string },
    page: SearchPage,
  ): Promise<Found<Reference>> {
    const tenantId = caller.tenant!;
    const { subject, action, type } = query;
    return this.#collect(page, this.#resourcesOf(tenantId, type), async (candidates) => {
      const knowledge = await this.#knowledge.load(tenantId, [subject], candidates);
      const state = knowledge.subjectOf(subject);
      return candidates.map(
        (resource) =>
          decide(state, permissionOf(action, resource), knowledge.objectOf({ subject, action, resource })).allowed,
      );
    });
  }

  /** What somebody may do with a resource, out of every permission that its type has. */
  async findActions(
    caller: Principal,
    query: { readonly subject: Subject; readonly resource: Resource },
    page: SearchPage,
  ): Promise<Found<Action>> {
    const tenantId = caller.tenant!;
    const { subject, resource } = query;
    const own = await this.#database.transaction(tenantId, listPermissionNames);
    const prefix = `${resource.type}:`;
    const names = [...new Set([...permissions, ...own])]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .toSorted();
    const list: ListCandidates = async (after, limit) =>
      names
        .filter((name) => after === undefined || name > after)
        .slice(0, limit)
        .map((id) => ({ type: 'action', id }));
    const found = await this.#collect(page, list, async (candidates) => {
      const knowledge = await this.#knowledge.load(tenantId, [subject], [resource]);
      const [state, object] = [knowledge.subjectOf(subject), knowledge.objectOf({ subject, resource })];
      return candidates.map(({ id }) => decide(state, permissionOf({ name: id }, resource), object).allowed);
    });
    return { ...found, results: found.results.map(({ id }) => ({ name: id })) };
  }

  #subjectsOf(tenantId: string, type: string): ListCandidates {
    if (type !== 'user' && type !== 'service-account') return this.#entitiesOf(tenantId, type);
    return (after, limit) =>
      this.#database.transaction(tenantId, async (transaction) =>
        (await store.listHolderIds(transaction, { kind: type, after, limit })).map((id) => ({ type, id })),
      );
  }

  #entitiesOf(tenantId: string, type: string): ListCandidates {
    return (after, limit) =>
      this.#database.transaction(tenantId, (transaction) =>
        store.listEntitiesOfType(transaction, { type, after, limit }),
      );
  }

  #resourcesOf(tenantId: string, type: string): ListCandidates {
    if (type !== 'division' && type !== 'organization') return this.#entitiesOf(tenantId, type);
    return async (after, limit) => {
      const places = [...(await this.#places.list(tenantId))]
        .filter(([, { divisionPath }]) => (divisionPath.length === 0) === (type === 'organization'))
        .map(([id]) => id)
        .toSorted();
      return places
        .filter((id) => after === undefined || id > after)
        .slice(0, limit)
        .map((id) => ({ type, id }));
    };
  }

  async #nameUsers(tenantId: string, users: readonly Reference[]): Promise<Map<string, string>> {
    const names = await this.#database.transaction(tenantId, (transaction) =>
      store.listNamesOfUsers(
        transaction,
        users.map(({ id }) => id),
      ),
    );
    return new Map(names.toReversed().map(({ id, userId }) => [userId!, id]));
  }

  /** Goes through candidates in steps until the page is full. */
  async #collect(
    { token, limit = defaultLimit }: SearchPage,
    list: ListCandidates,
    test: (candidates: Reference[]) => Promise<boolean[]>,
  ): Promise<Found<Reference>> {
    let after = readToken(token);
    const results: Reference[] = [];
    for (;;) {
      const candidates = await list(after, step);
      const allowed = candidates.length === 0 ? [] : await test(candidates);
      for (const [index, candidate] of candidates.entries()) {
        if (!allowed[index]) continue;
        if (results.length === limit) return { results, nextToken: encodeCursor([results.at(-1)!.id]) };
        results.push({ type: candidate.type, id: candidate.id });
      }
      if (candidates.length < step) return { results, nextToken: '' };
      after = candidates.at(-1)!.id;
    }
  }
}

function readToken(token: string | undefined): string | undefined {
  if (token === undefined || token === '') return undefined;
  try {
    return decodeCursor(token, z.tuple([z.string()]))?.[0];
  } catch {
    throw new InvalidInputError([{ path: '/page/token', message: 'is not a token of this search' }]);
  }
}
