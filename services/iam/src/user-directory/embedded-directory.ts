import { newId, NotFoundError, sqlStateOf, type Clock, type Database, type Transaction } from '@plinth/common';
import { EmailTakenError } from '../authentication/authentication.errors.ts';
import * as identities from '../issuer/external-identity.store.ts';
import type { MemberRemovalService } from '../member/member-removal.service.ts';
import type { MemberService } from '../member/member.service.ts';
import type { PasswordResetService } from '../password-reset/password-reset.service.ts';
import { assertAdministered, type RoleService } from '../role/role.service.ts';
import { deleteAssignment, findSameAssignment, lockAdministrators } from '../role/role.store.ts';
import type { SessionService } from '../session/session.service.ts';
import { LastOperatorError } from '../user/user.errors.ts';
import type { User } from '../user/user.ts';
import { createUser } from '../user/create-user.ts';
import * as store from '../user/user.store.ts';
import type { VerificationService } from '../verification/verification.service.ts';
import { RoleNotInDirectoryError } from './user-directory.errors.ts';
import type { DirectorySession, NewPerson, PersonChanges, UserDirectory } from './user-directory.ts';

const uniqueViolation = '23505';
const platformRole = 'platform_admin';

export interface EmbeddedDirectoryOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly roles: RoleService;
  readonly members: MemberService;
  readonly removals: MemberRemovalService;
  readonly verification: Pick<VerificationService, 'requestAgain'>;
  readonly passwordReset: Pick<PasswordResetService, 'request'>;
}

/** The users of the platform itself; also the platform's own record of those whose account is elsewhere. */
export class EmbeddedDirectory implements UserDirectory {
  readonly #options: EmbeddedDirectoryOptions;

  constructor(options: EmbeddedDirectoryOptions) {
    this.#options = options;
  }

  /** `link`: who the person is at an external issuer. */
  async create({ email, name }: NewPerson, link?: identities.IssuerSubject): Promise<string> {
    const { database, clock } = this.#options;
    const now = clock.now();
    const id = newId(now.getTime());
    return database
      .transaction(undefined, async (transaction) => {
        await createUser(transaction, { id, email, name, emailVerifiedAt: null, now });
        if (link !== undefined) await identities.insertIdentity(transaction, { ...link, userId: id, email, now });
        transaction.audit({
          action: 'user.created',
          resourceType: 'user',
          resourceId: id,
          after: { email: email.toLowerCase(), name, ...link },
        });
        return id;
      })
      .catch(refuseTakenEmail);
  }

  /** `proof`: whether the platform asks for a proof of a new address; another directory does so by itself. */
  async update(id: string, { email, name }: PersonChanges, proof = true): Promise<void> {
    const { clock, verification } = this.#options;
    await this.#change(id, async (transaction, user) => {
      const wanted = { email: email?.toLowerCase() ?? user.email, name: name ?? user.name };
      if (wanted.email === user.email && wanted.name === user.name) return;
      await store.updateUser(transaction, { id, ...wanted, now: clock.now() });
      transaction.audit({
        action: 'user.updated',
        resourceType: 'user',
        resourceId: id,
        before: { email: user.email, name: user.name },
        after: wanted,
      });
      if (proof && wanted.email !== user.email)
        transaction.afterCommit(async () => verification.requestAgain(wanted.email, undefined));
    }).catch(refuseTakenEmail);
  }

  /** Throws `LastOperatorError` when nobody would be left who administers the platform. */
  async setEnabled(id: string, enabled: boolean): Promise<void> {
    const { clock } = this.#options;
    await this.#change(id, async (transaction) => {
      if (!enabled && (await store.isLastOperator(transaction, id))) throw new LastOperatorError();
      const changed = enabled
        ? await store.enableUser(transaction, id)
        : await store.disableUser(transaction, id, clock.now());
      if (!changed) return;
      if (!enabled) await this.#endSessionsIn(transaction, id);
      transaction.publish(enabled ? 'identity.enabled' : 'identity.disabled', id, { userId: id });
      transaction.audit({ action: enabled ? 'user.enabled' : 'user.disabled', resourceType: 'user', resourceId: id });
    });
  }

  async remove(id: string): Promise<void> {
    await this.leaveTenants(id);
    await this.#options.database.platformTransaction(async (transaction) => {
      const user = await store.findUser(transaction, id);
      if (user === undefined) return;
      if (await store.isLastOperator(transaction, id)) throw new LastOperatorError();
      await identities.rememberRemoved(transaction, id, this.#options.clock.now());
      await this.#options.sessions.end(transaction, { userId: id });
      await store.deleteUser(transaction, id);
      transaction.publish('identity.deleted', id, { userId: id });
      transaction.audit({
        action: 'user.deleted',
        resourceType: 'user',
        resourceId: id,
        before: { email: user.email, name: user.name },
      });
    });
  }

  /** Takes a person out of every tenant; throws where somebody else must be made the owner or administrator first. */
  async leaveTenants(id: string): Promise<void> {
    const { database, roles, members, removals } = this.#options;
    await database.platformTransaction(async (transaction) => {
      if (await store.isLastOperator(transaction, id)) throw new LastOperatorError();
    });
    const grants = await roles.listGrants(id);
    const tenants = [...new Set(grants.map(({ tenantId }) => tenantId).filter((tenantId) => tenantId !== null))];
    for (const tenantId of tenants) await members.assertNotOwner(tenantId, id);
    for (const tenantId of tenants) await removals.remove({ tenantId, userId: id });
  }

  async requestPasswordReset(id: string): Promise<void> {
    await this.#change(id, async (transaction, user) => {
      transaction.audit({ action: 'password.reset_requested', resourceType: 'user', resourceId: id });
      transaction.afterCommit(async () => this.#options.passwordReset.request(user.email, undefined));
    });
  }

  async listSessions(id: string): Promise<DirectorySession[]> {
    const sessions = await this.#options.sessions.listOf(id);
    return sessions.map(({ id: sessionId, ip, createdAt, usedAt }) => ({
      id: sessionId,
      ip,
      startedAt: createdAt,
      usedAt,
    }));
  }

  /** Tokens of external issuers end with the sessions. */
  async endSessions(id: string): Promise<void> {
    await this.#change(id, (transaction) => this.#endSessionsIn(transaction, id));
  }

  async listRoles(id: string): Promise<string[]> {
    const grants = await this.#options.roles.listGrants(id);
    return grants.some(({ tenantId, role }) => tenantId === null && role === platformRole) ? [platformRole] : [];
  }

  async setRoles(id: string, roles: readonly string[]): Promise<void> {
    const unknown = roles.find((role) => role !== platformRole);
    if (unknown !== undefined) throw new RoleNotInDirectoryError(unknown, [platformRole]);
    const assignment = { tenantId: null, organizationId: null, holder: { userId: id } };
    await this.#change(id, async (transaction) => {
      await lockAdministrators(transaction);
      const found = await findSameAssignment(transaction, { ...assignment, role: { name: platformRole }, scope: null });
      if (roles.length > 0) {
        if (found === undefined)
          await this.#options.roles.grantRoleIn(transaction, {
            tenantId: null,
            organizationId: null,
            userId: id,
            role: platformRole,
          });
      } else if (found !== undefined) {
        await deleteAssignment(transaction, found.id);
        await assertAdministered(transaction, null);
        transaction.audit({
          action: 'role.removed',
          resourceType: 'role_assignment',
          resourceId: found.id,
          before: found,
        });
      }
    });
  }

  async #endSessionsIn(transaction: Transaction, id: string): Promise<void> {
    await identities.refuseTokensBefore(transaction, id, this.#options.clock.now());
    for (const sessionId of await this.#options.sessions.end(transaction, { userId: id }))
      transaction.audit({ action: 'session.revoked', resourceType: 'session', resourceId: sessionId });
  }

  #change(id: string, work: (transaction: Transaction, user: User) => Promise<void>): Promise<void> {
    return this.#options.database.platformTransaction(async (transaction) => {
      const user = await store.findUser(transaction, id);
      if (user === undefined) throw new NotFoundError('user', id);
      await work(transaction, user);
    });
  }
}

function refuseTakenEmail(error: unknown): never {
  throw sqlStateOf(error) === uniqueViolation ? new EmailTakenError() : error;
}
