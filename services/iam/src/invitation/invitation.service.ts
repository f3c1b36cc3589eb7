import { randomBytes } from 'node:crypto';
import type { ContractFunctions, Principal, tenantContract } from '@plinth/contracts';
import {
  decodeCursor,
  newId,
  NotFoundError,
  sqlStateOf,
  toPage,
  userIdOf,
  type Clock,
  type Database,
  type Page,
  type PlanLimits,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { findSignInUserByEmail } from '../authentication/sign-in-user.store.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { Locale } from '../mail/locale.ts';
import { countAssignments, countMembers } from '../member/member.store.ts';
import type { RoleService } from '../role/role.service.ts';
import { hashToken } from '../session/session-cookie.ts';
import { AlreadyMemberError, InvitationClosedError, InvitationOpenError } from './invitation.errors.ts';
import { renderInvitationMail } from './invitation-mail.ts';
import { invitationLifetimeMs, type Invitation, type InvitationStatus } from './invitation.ts';
import * as store from './invitation.store.ts';

export interface InvitationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly roles: RoleService;
  readonly limits: PlanLimits;
  readonly mails: AccountMailService;
  readonly tenants: Pick<ContractFunctions<typeof tenantContract>, 'findTenant'>;
}

export interface NewInvitation {
  readonly email: string;
  readonly roles: readonly string[];
  readonly locale?: Locale | undefined;
}

export interface InvitationQuery {
  readonly status?: InvitationStatus | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const uniqueViolation = '23505';

/** Invites people into the caller's tenant, sends invitations again and takes them back. */
export class InvitationService {
  readonly #options: InvitationServiceOptions;

  constructor(options: InvitationServiceOptions) {
    this.#options = options;
  }

  /** The moment at which the status of an invitation is told. */
  get now(): Date {
    return this.#options.clock.now();
  }

  /** Invites an address with roles; nobody invites with more than they hold. */
  async invite(caller: Principal, input: NewInvitation): Promise<Invitation> {
    const { database, clock, roles } = this.#options;
    const tenantId = caller.tenant!;
    const email = input.email.toLowerCase();
    const now = clock.now();
    const invitation: Invitation = {
      id: newId(now.getTime()),
      tenantId,
      organizationId: caller.organization ?? null,
      organizationName: await this.#nameOf(tenantId),
      email,
      roles: [...new Set(input.roles)],
      locale: input.locale ?? null,
      invitedBy: userIdOf(caller),
      createdAt: now,
      sentAt: now,
      expiresAt: new Date(now.getTime() + invitationLifetimeMs),
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    };
    return database
      .transaction(tenantId, async (transaction) => {
        await roles.assertMayGiveRoles(transaction, caller, invitation.roles);
        await this.#assertRoom(transaction, invitation);
        await store.revokeExpired(transaction, email, now);
        const token = drawToken();
        await store.insertInvitation(transaction, invitation, hashToken(token));
        await this.#send(transaction, invitation, token);
        this.#note(transaction, 'invitation.created', invitation);
        const { id: invitationId } = invitation;
        transaction.publish('invitation.created', invitationId, {
          tenantId,
          invitationId,
          email,
          roles: [...invitation.roles],
        });
        return invitation;
      })
      .catch((error: unknown) => {
        throw sqlStateOf(error) === uniqueViolation ? new InvitationOpenError(email) : error;
      });
  }

  async list(tenantId: string, query: InvitationQuery): Promise<Page<Invitation>> {
    const { database, clock } = this.#options;
    const after = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const { status, limit } = query;
    const rows = await database.transaction(tenantId, (transaction) =>
      store.listInvitations(transaction, { status, now: clock.now(), after, limit: limit + 1 }),
    );
    return toPage(
      rows,
      limit,
      (invitation) => [invitation.id],
      (invitation) => invitation,
    );
  }

  async get(tenantId: string, id: string): Promise<Invitation> {
    const found = await this.#options.database.transaction(tenantId, (transaction) =>
      store.findInvitation(transaction, id),
    );
    if (found === undefined) throw new NotFoundError('invitation', id);
    return found;
  }

  /** Sends the invitation again under a new token, for another seven days. Whoever does must hold its roles as well. */
  async resend(caller: Principal, id: string): Promise<Invitation> {
    const { database, clock, roles } = this.#options;
    return database.transaction(caller.tenant, async (transaction) => {
      const before = await getOpen(transaction, id);
      await roles.assertMayGiveRoles(transaction, caller, before.roles);
      const now = clock.now();
      const after = { ...before, sentAt: now, expiresAt: new Date(now.getTime() + invitationLifetimeMs) };
      const token = drawToken();
      await store.renewInvitation(transaction, { id, tokenHash: hashToken(token), now, expiresAt: after.expiresAt });
      await this.#send(transaction, after, token);
      this.#note(transaction, 'invitation.resent', after);
      return after;
    });
  }

  /** Takes an invitation back: its token is worth nothing from here on. */
  async revoke(caller: Principal, id: string): Promise<void> {
    const { database, clock } = this.#options;
    await database.transaction(caller.tenant, async (transaction) => {
      const invitation = await getOpen(transaction, id);
      await store.revokeInvitation(transaction, id, clock.now());
      this.#note(transaction, 'invitation.revoked', invitation);
      transaction.publish('invitation.revoked', id, { tenantId: invitation.tenantId, invitationId: id });
    });
  }

  /** Those who are invited count as if they had come, and who is here already needs no invitation. */
  async #assertRoom(transaction: Transaction, { tenantId, email }: Invitation): Promise<void> {
    const { limits, clock } = this.#options;
    const user = await findSignInUserByEmail(transaction, email);
    if (user !== undefined && (await countAssignments(transaction, user.id)) > 0) throw new AlreadyMemberError(email);
    await limits.assertRoom(
      tenantId,
      'members',
      async () => (await countMembers(transaction)) + (await store.countOpen(transaction, clock.now())),
    );
  }

  async #send(transaction: Transaction, invitation: Invitation, token: string): Promise<void> {
    const { mails } = this.#options;
    const known = await findSignInUserByEmail(transaction, invitation.email);
    const target = { email: invitation.email, locale: known?.locale ?? invitation.locale };
    await mails.send(transaction, target, undefined, (recipient) =>
      renderInvitationMail(recipient, {
        link: mails.link('/sign-in/invitation', token),
        organization: invitation.organizationName,
      }),
    );
  }

  #note(transaction: Transaction, action: string, invitation: Invitation): void {
    transaction.audit({ action, resourceType: 'invitation', resourceId: invitation.id, after: invitation });
  }

  /** A mail without the name is better than no invitation. */
  async #nameOf(tenantId: string): Promise<string | null> {
    const tenant = await this.#options.tenants.findTenant({ tenantId }).catch(() => null);
    return tenant?.name ?? null;
  }
}

async function getOpen(transaction: Transaction, id: string): Promise<Invitation> {
  const found = await store.findInvitationForUpdate(transaction, id);
  if (found === undefined) throw new NotFoundError('invitation', id);
  if (found.acceptedAt !== null || found.revokedAt !== null) throw new InvitationClosedError();
  return found;
}

function drawToken(): string {
  return randomBytes(32).toString('base64url');
}
