import type { Principal } from '@plinth/contracts';
import { AlreadyExistsError, NotFoundError, sqlStateOf, type Clock, type Database, type Logger } from '@plinth/common';
import { EmailTakenError } from '../authentication/authentication.errors.ts';
import * as identities from '../issuer/external-identity.store.ts';
import type { IssuerSubject } from '../issuer/external-identity.store.ts';
import { UnknownIssuerError } from '../issuer/issuer.errors.ts';
import { assertPlatformAdministrator } from '../role/custom-role.service.ts';
import type { User } from '../user/user.ts';
import { findUser, findUserByEmail } from '../user/user.store.ts';
import type { EmbeddedDirectory } from './embedded-directory.ts';
import type { DirectorySession, NewPerson, PersonChanges, UserDirectory } from './user-directory.ts';

const uniqueViolation = '23505';

export interface UserDirectoryServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly embedded: EmbeddedDirectory;
  /** Directories of external issuers, by issuer. */
  readonly external: ReadonlyMap<string, UserDirectory>;
  /** Issuers whose tokens are accepted. */
  readonly issuers: readonly string[];
  /** Where new people get their account; the embedded directory when undefined. */
  readonly newUsersAt: string | undefined;
}

interface Account {
  readonly directory: UserDirectory;
  readonly id: string;
}

/**
 * Administers users wherever their accounts are. The platform keeps a record of everybody, and refuses whom it has
 * disabled or deleted within a second, whatever the other directory says: what takes rights away is done here first,
 * what gives them is done there first.
 */
export class UserDirectoryService {
  readonly #options: UserDirectoryServiceOptions;

  constructor(options: UserDirectoryServiceOptions) {
    this.#options = options;
  }

  /** Makes a user and, unless told otherwise, sends them a mail to choose a password. */
  async create(caller: Principal, person: NewPerson, invite: boolean): Promise<User> {
    assertPlatformAdministrator(caller);
    const { embedded, newUsersAt } = this.#options;
    await this.#assertEmailFree(person.email);
    const account = newUsersAt === undefined ? undefined : await this.#createAt(newUsersAt, person);
    const id = account?.userId ?? (await embedded.create(person));
    if (invite) await this.#invite(account ?? { directory: embedded, id });
    return this.#get(id);
  }

  async update(caller: Principal, userId: string, changes: PersonChanges): Promise<User> {
    assertPlatformAdministrator(caller);
    const user = await this.#get(userId);
    if (changes.email !== undefined && changes.email.toLowerCase() !== user.email)
      await this.#assertEmailFree(changes.email);
    const account = await this.#findAccount(userId);
    await account?.directory.update(account.id, changes);
    await this.#options.embedded.update(userId, changes, account === undefined);
    return this.#get(userId);
  }

  async disable(userId: string): Promise<void> {
    await this.#options.embedded.setEnabled(userId, false);
    const account = await this.#findAccount(userId);
    await account?.directory.setEnabled(account.id, false);
  }

  async enable(userId: string): Promise<void> {
    await this.#get(userId);
    const account = await this.#findAccount(userId);
    await account?.directory.setEnabled(account.id, true);
    await this.#options.embedded.setEnabled(userId, true);
  }

  async remove(caller: Principal, userId: string): Promise<void> {
    assertPlatformAdministrator(caller);
    await this.#get(userId);
    const account = await this.#findAccount(userId);
    await this.#options.embedded.leaveTenants(userId);
    // Nobody gets in by a token while the account goes.
    await this.#options.embedded.setEnabled(userId, false);
    await account?.directory.remove(account.id);
    await this.#options.embedded.remove(userId);
  }

  async requestPasswordReset(caller: Principal, userId: string): Promise<void> {
    assertPlatformAdministrator(caller);
    await this.#get(userId);
    const { directory, id } = await this.#accountOf(userId);
    await directory.requestPasswordReset(id);
  }

  /** Sessions at the platform and at the directory that the account is in. */
  async listSessions(userId: string): Promise<DirectorySession[]> {
    await this.#get(userId);
    const account = await this.#findAccount(userId);
    const lists = await Promise.all([
      this.#options.embedded.listSessions(userId),
      account?.directory.listSessions(account.id) ?? [],
    ]);
    return lists.flat();
  }

  async endSessions(userId: string): Promise<void> {
    await this.#options.embedded.endSessions(userId);
    const account = await this.#findAccount(userId);
    await account?.directory.endSessions(account.id);
  }

  async listRoles(userId: string): Promise<string[]> {
    await this.#get(userId);
    const { directory, id } = await this.#accountOf(userId);
    return directory.listRoles(id);
  }

  async setRoles(caller: Principal, userId: string, roles: readonly string[]): Promise<void> {
    assertPlatformAdministrator(caller);
    await this.#get(userId);
    const { directory, id } = await this.#accountOf(userId);
    await directory.setRoles(id, [...new Set(roles)]);
  }

  /** Says that a subject of an external issuer is this user. */
  async link(caller: Principal, userId: string, link: IssuerSubject): Promise<void> {
    assertPlatformAdministrator(caller);
    const { database, clock, issuers } = this.#options;
    if (!issuers.includes(link.issuer)) throw new UnknownIssuerError(link.issuer);
    const { email } = await this.#get(userId);
    await database
      .platformTransaction(async (transaction) => {
        const known = await identities.findPerson(transaction, link);
        if (known?.userId === userId) return;
        await identities.forgetRemoved(transaction, link);
        const id = await identities.insertIdentity(transaction, { ...link, userId, email, now: clock.now() });
        transaction.audit({
          action: 'identity.linked',
          resourceType: 'user',
          resourceId: userId,
          after: { identityId: id, ...link },
        });
      })
      .catch((error: unknown) => {
        throw sqlStateOf(error) === uniqueViolation ? new AlreadyExistsError('identity', link.subject, error) : error;
      });
  }

  async #createAt(issuer: string, person: NewPerson): Promise<Account & { readonly userId: string }> {
    const directory = this.#options.external.get(issuer)!;
    const id = await directory.create(person);
    try {
      const userId = await this.#options.embedded.create(person, { issuer, subject: id });
      return { directory, id, userId };
    } catch (error) {
      await directory
        .remove(id)
        .catch((cause: unknown) => this.#options.log.error({ err: cause, id }, 'an account is left in the directory'));
      throw error;
    }
  }

  /** The user is made; a mail that cannot be sent is sent by asking for a reset later. */
  async #invite({ directory, id }: Account): Promise<void> {
    await directory
      .requestPasswordReset(id)
      .catch((error: unknown) => this.#options.log.warn({ err: error, id }, 'a new user got no mail'));
  }

  async #assertEmailFree(email: string): Promise<void> {
    const taken = await this.#options.database.transaction(undefined, (transaction) =>
      findUserByEmail(transaction, email),
    );
    if (taken !== undefined) throw new EmailTakenError();
  }

  async #accountOf(userId: string): Promise<Account> {
    return (await this.#findAccount(userId)) ?? { directory: this.#options.embedded, id: userId };
  }

  /** The user's account in an external directory. */
  async #findAccount(userId: string): Promise<Account | undefined> {
    const { database, external } = this.#options;
    const [found] = await database.transaction(undefined, (transaction) =>
      identities.listSubjects(transaction, userId, [...external.keys()]),
    );
    return found === undefined ? undefined : { directory: external.get(found.issuer)!, id: found.subject };
  }

  async #get(userId: string): Promise<User> {
    const user = await this.#options.database.transaction(undefined, (transaction) => findUser(transaction, userId));
    if (user === undefined) throw new NotFoundError('user', userId);
    return user;
  }
}
