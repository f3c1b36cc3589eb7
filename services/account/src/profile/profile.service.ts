import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '@plinth/contracts';
import {
  newId,
  NotFoundError,
  userIdOf,
  VersionMismatchError,
  type Clock,
  type Database,
  type Transaction,
} from '@plinth/common';
import { assertInScope } from '../caller/caller.ts';
import * as store from './profile.store.ts';
import type { Profile } from './profile.ts';

export interface NewIdentity {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

export interface ProfileChanges {
  readonly displayName?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** Creates a profile for each identity and lets its person read and change it. */
export class ProfileService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Creates the person's profile unless they have one, inside the transaction of the event. */
  async createProfileIn(transaction: Transaction, { userId, email, name }: NewIdentity): Promise<void> {
    const now = this.#clock.now();
    const profile: Profile = {
      id: newId(now.getTime()),
      userId,
      email,
      displayName: name || email,
      locale: 'en',
      timeZone: 'UTC',
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await store.enterUser(transaction, userId);
    if (!(await store.insertProfile(transaction, profile))) return;
    transaction.audit({ action: 'profile.created', resourceType: 'profile', resourceId: profile.id, after: profile });
    transaction.publish('user.profile.created', userId, { profileId: profile.id, userId });
  }

  async getOwnProfile(caller: Principal): Promise<Profile> {
    const userId = userIdOf(caller);
    assertInScope(caller, 'profile:read');
    const profile = await this.#database.transaction(caller.tenant, async (transaction) => {
      await store.enterUser(transaction, userId);
      return store.findProfile(transaction, userId);
    });
    if (profile === undefined) throw new NotFoundError('profile of user', userId);
    return profile;
  }

  async updateOwnProfile(caller: Principal, changes: ProfileChanges, ifMatch: number | undefined): Promise<Profile> {
    const userId = userIdOf(caller);
    assertInScope(caller, 'profile:write');
    return this.#database.transaction(caller.tenant, async (transaction) => {
      await store.enterUser(transaction, userId);
      const before = await store.findProfileForUpdate(transaction, userId);
      if (before === undefined) throw new NotFoundError('profile of user', userId);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new VersionMismatchError();
      const changed = {
        ...before,
        displayName: changes.displayName ?? before.displayName,
        locale: changes.locale ?? before.locale,
        timeZone: changes.timeZone ?? before.timeZone,
      };
      if (isDeepStrictEqual(changed, before)) return before;
      const after = { ...changed, version: before.version + 1, updatedAt: this.#clock.now() };
      await store.updateProfile(transaction, after);
      transaction.audit({ action: 'profile.updated', resourceType: 'profile', resourceId: before.id, before, after });
      return after;
    });
  }
}
