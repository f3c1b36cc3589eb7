import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '@plinth/contracts';
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
import type { MemberService } from '../member/member.service.ts';
import { assertMayGive } from '../role/authority.ts';
import type { Places } from '../role/place.ts';
import { assertAdministered, isAdministration } from '../role/role.service.ts';
import { lockAdministrators } from '../role/role.store.ts';
import { builtInRole, isBuiltInRole, type RoleScope } from '../role/role.ts';
import { GroupOfDirectoryError, NotAMemberError } from './group.errors.ts';
import type { Group, GroupMember, GroupSource } from './group.ts';
import * as store from './group.store.ts';

export interface NewGroup {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly source?: GroupSource;
  readonly externalId?: string | null | undefined;
}

export interface GroupChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly externalId?: string | null | undefined;
}

export interface GroupServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly places: Places;
  readonly members: Pick<MemberService, 'noteJoined' | 'noteTaken'>;
}

export interface MemberChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * Keeps groups and their members. Methods that end in `In` are for the platform's own work, such as a tenant's
 * directory: they ask for no caller and take users as they come.
 */
export class GroupService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #places: Places;
  readonly #members: GroupServiceOptions['members'];

  constructor({ database, clock, places, members }: GroupServiceOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#places = places;
    this.#members = members;
  }

  async list(tenantId: string, query: { limit: number; cursor?: string | undefined }): Promise<Page<Group>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listGroups(transaction, { after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (group) => [group.id],
      (group) => group,
    );
  }

  async get(tenantId: string, id: string): Promise<Group> {
    return this.#database.transaction(tenantId, (transaction) => getGroup(transaction, id));
  }

  async listMembers(
    tenantId: string,
    groupId: string,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<GroupMember>> {
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, async (transaction) => {
      await getGroup(transaction, groupId);
      return store.listMembers(transaction, { groupId, after, limit: query.limit + 1 });
    });
    return toPage(
      rows,
      query.limit,
      (member) => [member.userId],
      (member) => member,
    );
  }

  async create(tenantId: string, input: NewGroup): Promise<Group> {
    return this.#database.transaction(tenantId, (transaction) => this.createIn(transaction, input));
  }

  async update(tenantId: string, id: string, change: GroupChange, ifMatch: number | undefined): Promise<Group> {
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await getLocalForUpdate(transaction, id);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      return this.updateIn(transaction, id, change);
    });
  }

  /** Deletes a group; the caller holds everything that its members lose. */
  async remove(caller: Principal, id: string): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      await getLocalForUpdate(transaction, id);
      await this.#assertMayChangeMembers(transaction, caller, id);
      await this.deleteIn(transaction, id);
    });
  }

  /** Adds and removes members of the tenant; the caller holds everything that the group's roles give. */
  async changeMembers(caller: Principal, id: string, change: MemberChange): Promise<void> {
    await this.#database.transaction(caller.tenant, async (transaction) => {
      await getLocalForUpdate(transaction, id);
      await this.#assertMayChangeMembers(transaction, caller, id);
      for (const userId of change.add ?? [])
        if (!(await store.belongsToTenant(transaction, userId))) throw new NotAMemberError(userId);
      await this.changeMembersIn(transaction, id, change);
    });
  }

  async createIn(transaction: Transaction, input: NewGroup): Promise<Group> {
    const now = this.#clock.now();
    const group: Group = {
      id: newId(now.getTime()),
      name: input.name,
      description: input.description ?? null,
      source: input.source ?? 'local',
      externalId: input.externalId ?? null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await store.insertGroup(transaction, group);
    transaction.audit({ action: 'group.created', resourceType: 'group', resourceId: group.id, after: group });
    return group;
  }

  async updateIn(transaction: Transaction, id: string, change: GroupChange): Promise<Group> {
    const before = await getForUpdate(transaction, id);
    const changed: Group = {
      ...before,
      name: change.name ?? before.name,
      description: change.description === undefined ? before.description : change.description,
      externalId: change.externalId === undefined ? before.externalId : change.externalId,
    };
    if (isDeepStrictEqual(changed, before)) return before;
    const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
    await store.updateGroup(transaction, after);
    transaction.audit({ action: 'group.updated', resourceType: 'group', resourceId: id, before, after });
    return after;
  }

  /** Deletes a group with its members and roles. Somebody goes on administering the tenant. */
  async deleteIn(transaction: Transaction, id: string): Promise<void> {
    await lockAdministrators(transaction);
    const before = await getForUpdate(transaction, id);
    const administers = await this.#givesAdministration(transaction, id);
    const members = await store.listMemberIds(transaction, id);
    const belonged = await store.listRoleHolders(transaction, members);
    await store.deleteGroup(transaction, id);
    if (administers) await assertAdministered(transaction, transaction.tenantId!);
    await this.#noteTaken(transaction, belonged);
    transaction.audit({ action: 'group.deleted', resourceType: 'group', resourceId: id, before });
  }

  /** Adds and removes members; what is so already stays so. Somebody goes on administering the tenant. */
  async changeMembersIn(transaction: Transaction, id: string, { add = [], remove = [] }: MemberChange): Promise<void> {
    await lockAdministrators(transaction);
    await getForUpdate(transaction, id);
    const belonged = await store.listRoleHolders(transaction, [...add, ...remove]);
    const removed = remove.length === 0 ? [] : await store.deleteMembers(transaction, id, remove);
    const added = add.length === 0 ? [] : await store.insertMembers(transaction, id, add, this.#clock.now());
    if (removed.length + added.length === 0) return;
    if (removed.length > 0 && (await this.#givesAdministration(transaction, id)))
      await assertAdministered(transaction, transaction.tenantId!);
    await this.#noteTaken(
      transaction,
      removed.filter((userId) => belonged.includes(userId)),
    );
    await this.#noteJoined(
      transaction,
      id,
      added.filter((userId) => !belonged.includes(userId)),
    );
    transaction.audit({
      action: 'group.members_changed',
      resourceType: 'group',
      resourceId: id,
      before: { removed },
      after: { added },
    });
  }

  /** Whoever had roles by this group alone belongs to the tenant no more. */
  async #noteTaken(transaction: Transaction, userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) await this.#members.noteTaken(transaction, transaction.tenantId!, userId);
  }

  /** Whoever had no role belongs to the tenant from now on, if the group has one. */
  async #noteJoined(transaction: Transaction, groupId: string, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0 || (await store.listGroupRoles(transaction, groupId)).length === 0) return;
    const organizationId = await store.findOrganizationId(transaction, groupId);
    for (const userId of userIds)
      await this.#members.noteJoined(transaction, { tenantId: transaction.tenantId!, organizationId, userId });
  }

  async #givesAdministration(transaction: Transaction, id: string): Promise<boolean> {
    const roles = await store.listGroupRoles(transaction, id);
    return roles.some((role) => isAdministration({ role: role.name, roleId: role.roleId, scope: scopeOf(role) }));
  }

  async #assertMayChangeMembers(transaction: Transaction, caller: Principal, id: string): Promise<void> {
    for (const role of await store.listGroupRoles(transaction, id)) {
      const place = await this.#places.resolve(caller.tenant!, scopeOf(role));
      const given =
        role.roleId === null && isBuiltInRole(role.name)
          ? builtInRole(role.name)
          : { name: role.name, permissions: role.permissions ?? [], conditional: role.conditional ?? [] };
      assertMayGive(caller, given, place === 'unknown' ? undefined : place);
    }
  }
}

function scopeOf({ organizationId, divisionId }: store.GroupRole): RoleScope {
  if (organizationId !== null) return { organizationId };
  return divisionId === null ? null : { divisionId };
}

async function getGroup(transaction: Transaction, id: string): Promise<Group> {
  const group = await store.findGroup(transaction, id);
  if (group === undefined) throw new NotFoundError('group', id);
  return group;
}

async function getForUpdate(transaction: Transaction, id: string): Promise<Group> {
  const group = await store.findGroupForUpdate(transaction, id);
  if (group === undefined) throw new NotFoundError('group', id);
  return group;
}

async function getLocalForUpdate(transaction: Transaction, id: string): Promise<Group> {
  const group = await getForUpdate(transaction, id);
  if (group.source !== 'local') throw new GroupOfDirectoryError(group.name);
  return group;
}
