import type { Principal } from '@plinth/contracts';
import {
  newId,
  sqlStateOf,
  UnauthenticatedError,
  userIdOf,
  type Clock,
  type Database,
  type Transaction,
} from '@plinth/common';
import { EmailTakenError } from '../authentication/authentication.errors.ts';
import { beginSession } from '../authentication/begin-session.service.ts';
import { hashPassword } from '../authentication/password-hash.ts';
import type { PasswordService } from '../authentication/password.service.ts';
import { savePassword } from '../authentication/password.store.ts';
import type { SignInBrowser, SignInProgress } from '../authentication/sign-in.ts';
import { findSignInUser, findSignInUserByEmail } from '../authentication/sign-in-user.store.ts';
import type { RoleService } from '../role/role.service.ts';
import { hashToken } from '../session/session-cookie.ts';
import type { SessionService } from '../session/session.service.ts';
import { createUser } from '../user/create-user.ts';
import { InvitationInvalidError, InvitationOfAnotherError } from './invitation.errors.ts';
import type { Invitation } from './invitation.ts';
import * as store from './invitation.store.ts';

export interface AcceptanceServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: SessionService;
  readonly roles: RoleService;
  readonly passwords: PasswordService;
}

export interface InvitedSignUp {
  readonly token: string;
  readonly name: string;
  readonly password: string;
}

const uniqueViolation = '23505';

/**
 * Takes the tokens of invitations: from people who are signed in, and from those who sign up by one. Guessing is not
 * slowed down here: a token has 256 random bits.
 */
export class AcceptanceService {
  readonly #options: AcceptanceServiceOptions;

  constructor(options: AcceptanceServiceOptions) {
    this.#options = options;
  }

  /** What a token invites to, and whether its address has an account. */
  async lookUp(token: string): Promise<Invitation & { readonly hasAccount: boolean }> {
    const invitation = await this.#find(token);
    const user = await this.#options.database.transaction(undefined, (transaction) =>
      findSignInUserByEmail(transaction, invitation.email),
    );
    return { ...invitation, hasAccount: user !== undefined };
  }

  /** Makes the person behind the browser's session a member, if the invitation is for their confirmed address. */
  async accept(token: string, browser: SignInBrowser): Promise<Invitation> {
    const { database, sessions } = this.#options;
    const session = await sessions.find(browser.cookies);
    // Support staff who act as somebody join nothing in their name.
    if (session === undefined || session.pending || session.actorId !== null) throw new UnauthenticatedError();
    const { tenantId, email } = await this.#find(token);
    if (!session.emailVerified || session.email !== email) throw new InvitationOfAnotherError();
    return database.transaction(tenantId, (transaction) => this.#complete(transaction, token, session.userId));
  }

  /** The same for the person of an access token, who has no session here. */
  async acceptAs(token: string, caller: Principal): Promise<Invitation> {
    const userId = userIdOf(caller);
    const { tenantId, email } = await this.#find(token);
    const user = await this.#options.database.transaction(undefined, (transaction) =>
      findSignInUser(transaction, userId),
    );
    if (user === undefined || !user.emailVerified || user.email !== email) throw new InvitationOfAnotherError();
    return this.#options.database.transaction(tenantId, (transaction) => this.#complete(transaction, token, userId));
  }

  /** Makes a user of the invited address: who has the token has read its mail, so the address is theirs. */
  async signUp(input: InvitedSignUp, browser: SignInBrowser): Promise<SignInProgress> {
    const { email, tenantId, locale } = await this.#find(input.token);
    await this.#options.passwords.assertAcceptable({ password: input.password, email, path: '/password' });
    const hash = await hashPassword(input.password);
    return this.#signUpIn({ ...input, email, tenantId, locale, hash }, browser);
  }

  async #signUpIn(
    input: InvitedSignUp & Pick<Invitation, 'email' | 'tenantId' | 'locale'> & { readonly hash: string },
    browser: SignInBrowser,
  ): Promise<SignInProgress> {
    const { database, clock, sessions } = this.#options;
    const { token, name, email, tenantId, hash } = input;
    const now = clock.now();
    const id = newId(now.getTime());
    return database
      .transaction(undefined, async (transaction) => {
        await createUser(transaction, {
          id,
          email,
          name,
          emailVerifiedAt: now,
          now,
          ...(input.locale === null ? {} : { locale: input.locale }),
        });
        await savePassword(transaction, { userId: id, hash, now });
        await transaction.enterTenant(tenantId);
        await this.#complete(transaction, token, id);
        await transaction.enterTenant(undefined);
        const user = await findSignInUser(transaction, id);
        return beginSession(sessions, transaction, { user: user!, method: 'pwd', browser });
      })
      .catch((error: unknown) => {
        throw sqlStateOf(error) === uniqueViolation ? new EmailTakenError() : error;
      });
  }

  /** Takes the token out of use and gives what it promises, together or not at all. */
  async #complete(transaction: Transaction, token: string, userId: string): Promise<Invitation> {
    const { clock, roles } = this.#options;
    const acceptance = { tokenHash: hashToken(token), userId, now: clock.now() };
    const invitation = await store.acceptInvitation(transaction, acceptance);
    if (invitation === undefined) throw new InvitationInvalidError();
    const { id, tenantId, organizationId } = invitation;
    const given = await roles.grantRolesIn(transaction, { tenantId, organizationId, userId, roles: invitation.roles });
    // Roles of the tenant's own that were deleted since are not given; without any there is nothing to join.
    if (given === 0) throw new InvitationInvalidError();
    transaction.audit({
      action: 'invitation.accepted',
      resourceType: 'invitation',
      resourceId: id,
      actor: { kind: 'user', id: userId, email: invitation.email },
      after: invitation,
    });
    transaction.publish('invitation.accepted', id, { tenantId, invitationId: id, userId });
    return invitation;
  }

  async #find(token: string): Promise<Invitation> {
    const { database, clock } = this.#options;
    const found = await database.platformTransaction((transaction) =>
      store.findOpenByToken(transaction, hashToken(token), clock.now()),
    );
    if (found === undefined) throw new InvitationInvalidError();
    return found;
  }
}
