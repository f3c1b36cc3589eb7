import type { Principal } from '@plinth/contracts';
import {
  AlreadyExistsError,
  NotFoundError,
  VersionMismatchError,
  type Database,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import type { GroupService } from '../group/group.service.ts';
import { groupVersion } from './group-version.ts';
import type { ListQuery } from './list-query.ts';
import { applyPatch, type PatchOperation } from './patch.ts';
import { parseDocument, type Document } from './resource-document.ts';
import { groupKind } from './schema.ts';
import { InvalidValueError, UniquenessError } from './scim.errors.ts';
import * as store from './scim-group.store.ts';
import { listKnownIds } from './scim-user.store.ts';
import type { Condition } from './scim-user.service.ts';

export interface ScimGroupWithMembers extends store.ScimGroup {
  /** Ids of users; undefined: they were not asked for. */
  readonly members: readonly string[] | undefined;
}

/** Keeps the groups of a tenant's directory. What their members may do, the tenant says by role assignments. */
export class ScimGroupService {
  readonly #database: Database;
  readonly #groups: GroupService;

  constructor(database: Database, groups: GroupService) {
    this.#database = database;
    this.#groups = groups;
  }

  async list(
    tenantId: string,
    query: ListQuery,
    withMembers: boolean,
  ): Promise<{ total: number; groups: ScimGroupWithMembers[] }> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const { total, groups } = await store.listScimGroups(transaction, query);
      if (!withMembers) return { total, groups: groups.map((group) => ({ ...group, members: undefined })) };
      return { total, groups: await loadMembers(transaction, groups) };
    });
  }

  async get(tenantId: string, id: string): Promise<ScimGroupWithMembers> {
    return this.#database.transaction(tenantId, (transaction) => getGroup(transaction, id));
  }

  async create(caller: Principal, input: unknown): Promise<ScimGroupWithMembers> {
    const document = parseDocument(groupKind, input);
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const { id } = await refuseTakenName(
        this.#groups.createIn(transaction, { ...settingsOf(document), source: 'scim' }),
        document,
      );
      await this.#setMembers(transaction, id, [], document);
      return getGroup(transaction, id);
    });
  }

  async replace(caller: Principal, id: string, input: unknown, condition: Condition): Promise<ScimGroupWithMembers> {
    return this.#change(caller, id, condition, () => parseDocument(groupKind, input));
  }

  async patch(
    caller: Principal,
    id: string,
    operations: readonly PatchOperation[],
    condition: Condition,
  ): Promise<ScimGroupWithMembers> {
    return this.#change(caller, id, condition, (before) => applyPatch(groupKind, before, operations));
  }

  async remove(tenantId: string, id: string, condition: Condition): Promise<void> {
    await this.#database.transaction(tenantId, async (transaction) => {
      await getForUpdate(transaction, id, condition);
      await this.#groups.deleteIn(transaction, id);
    });
  }

  async #change(
    caller: Principal,
    id: string,
    condition: Condition,
    work: (before: Document) => Document,
  ): Promise<ScimGroupWithMembers> {
    return this.#database.transaction(caller.tenant, async (transaction) => {
      const before = await getForUpdate(transaction, id, condition);
      const document = work(toDocument(before));
      await refuseTakenName(this.#groups.updateIn(transaction, id, settingsOf(document)), document);
      await this.#setMembers(transaction, id, before.members ?? [], document);
      return getGroup(transaction, id);
    });
  }

  async #setMembers(
    transaction: Transaction,
    id: string,
    before: readonly string[],
    document: Document,
  ): Promise<void> {
    const wanted = memberIdsOf(document);
    const present = new Set(before);
    const add = [...wanted].filter((userId) => !present.has(userId));
    const known = new Set(await listKnownIds(transaction, add));
    const unknown = add.find((userId) => !known.has(userId));
    if (unknown !== undefined)
      throw new InvalidValueError('members', `names ${unknown}, which is no user of this directory`);
    const remove = before.filter((userId) => !wanted.has(userId));
    if (add.length + remove.length > 0) await this.#groups.changeMembersIn(transaction, id, { add, remove });
  }
}

function settingsOf(document: Document): { name: string; externalId: string | null } {
  return { name: String(document['displayName']), externalId: (document['externalId'] as string | undefined) ?? null };
}

function memberIdsOf(document: Document): Set<string> {
  const members = (document['members'] ?? []) as Document[];
  return new Set(
    members.map((member, index) => {
      if (typeof member['type'] === 'string' && member['type'].toLowerCase() !== 'user')
        throw new InvalidValueError(`members[${index}]`, 'is no user; groups are not members of groups here');
      const id = z.uuid().safeParse(member['value']);
      if (!id.success) throw new InvalidValueError(`members[${index}].value`, 'is no id of a user');
      return id.data.toLowerCase();
    }),
  );
}

function toDocument({ name, externalId, members = [] }: ScimGroupWithMembers): Document {
  return {
    displayName: name,
    ...(externalId === null ? {} : { externalId }),
    ...(members.length === 0 ? {} : { members: members.map((value) => ({ value })) }),
  };
}

async function getGroup(transaction: Transaction, id: string): Promise<ScimGroupWithMembers> {
  const group = await store.findScimGroup(transaction, id);
  if (group === undefined) throw new NotFoundError('group', id);
  return (await loadMembers(transaction, [group]))[0]!;
}

async function getForUpdate(transaction: Transaction, id: string, condition: Condition): Promise<ScimGroupWithMembers> {
  const found = await store.findScimGroupForUpdate(transaction, id);
  if (found === undefined) throw new NotFoundError('group', id);
  const [group] = await loadMembers(transaction, [found]);
  if (!condition(groupVersion(group!))) throw new VersionMismatchError();
  return group!;
}

async function loadMembers(
  transaction: Transaction,
  groups: readonly store.ScimGroup[],
): Promise<ScimGroupWithMembers[]> {
  const rows = await store.listMembersOf(
    transaction,
    groups.map((group) => group.id),
  );
  const byGroup = Map.groupBy(rows, (row) => row.groupId);
  return groups.map((group) => ({ ...group, members: (byGroup.get(group.id) ?? []).map((row) => row.userId) }));
}

async function refuseTakenName<Result>(write: Promise<Result>, document: Document): Promise<Result> {
  return write.catch((error: unknown) => {
    throw error instanceof AlreadyExistsError
      ? new UniquenessError('displayName', String(document['displayName']))
      : error;
  });
}
