import type { ExternalIssuer, Principal } from '@plinth/contracts';
import { newId, sqlStateOf, type Clock, type Database, type Transaction } from '@plinth/common';
import { proveEmail } from '../authentication/email-proof.service.ts';
import { IssuerEmailTakenError, IssuerEmailUnverifiedError } from '../issuer/issuer.errors.ts';
import * as store from '../issuer/external-identity.store.ts';
import { resolveCaller } from '../membership/membership.service.ts';
import { resolveMembership, type Membership } from '../membership/membership.ts';
import { listGrants } from '../membership/membership.store.ts';
import { createUser } from '../user/create-user.ts';
import { findUserByEmail } from '../user/user.store.ts';
import { combineRoles } from './external-roles.ts';
import type { TokenSubject } from './subject.service.ts';

const uniqueViolation = '23505';
/** How often the last use of an identity is written at most. */
const touchMs = 3_600_000;

export interface ExternalSubjectServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly issuers: readonly ExternalIssuer[];
}

type ExternalToken = TokenSubject & { readonly external: NonNullable<TokenSubject['external']> };

/** Finds the user behind a token of an external issuer, by issuer and subject alone. */
export class ExternalSubjectService {
  readonly #options: ExternalSubjectServiceOptions;

  constructor(options: ExternalSubjectServiceOptions) {
    this.#options = options;
  }

  /** The user with the roles of this moment; undefined when they are unknown, disabled, deleted or signed out. */
  async resolve(token: TokenSubject): Promise<Principal | undefined> {
    const issuer = this.#options.issuers.find((known) => known.issuer === token.issuer);
    if (issuer === undefined || token.external === undefined) return undefined;
    const known = { ...token, external: token.external };
    const found = await this.#find(issuer, known);
    return found === undefined ? this.#provision(issuer, known) : (found ?? undefined);
  }

  /** Undefined: nobody is known by this subject. Null: somebody is, and the token is worth nothing. */
  async #find(issuer: ExternalIssuer, token: ExternalToken): Promise<Principal | null | undefined> {
    const { database, clock } = this.#options;
    return database.platformTransaction(async (transaction) => {
      const person = await store.findPerson(transaction, token);
      if (person === undefined) return undefined;
      if (person.disabled || isOutdated(token, person)) return null;
      const now = clock.now();
      if (now.getTime() - (person.lastUsedAt?.getTime() ?? 0) > touchMs)
        await store.touchIdentity(transaction, person.identityId, now);
      if (!person.emailVerified && token.external.emailVerified && token.external.email?.toLowerCase() === person.email)
        await proveEmail(transaction, { ...person, id: person.userId }, now);
      const membership = await resolveExternalMembership(transaction, person.userId, issuer, token);
      return {
        kind: 'user',
        subject: person.userId,
        email: person.email,
        ...combineRoles(membership, token.external.roles, issuer.roles),
      };
    });
  }

  async #provision(issuer: ExternalIssuer, token: ExternalToken): Promise<Principal | undefined> {
    if (issuer.provisioning === 'off') return undefined;
    const made = await this.#options.database
      .transaction(undefined, (transaction) => this.#insert(transaction, token))
      .catch((error: unknown) => {
        if (sqlStateOf(error) !== uniqueViolation) throw error;
        // Two first requests at once: the other one has made the user, or somebody has taken the address.
        return true;
      });
    if (!made) return undefined;
    const found = await this.#find(issuer, token);
    if (found === undefined) throw new IssuerEmailTakenError(issuer.issuer);
    return found ?? undefined;
  }

  async #insert(transaction: Transaction, token: ExternalToken): Promise<boolean> {
    const { issuer, external } = token;
    if (await store.wasRemoved(transaction, token)) return false;
    // Somebody with an address that is not theirs would wait here for its owner.
    if (external.email === undefined || !external.emailVerified) throw new IssuerEmailUnverifiedError(issuer);
    if ((await findUserByEmail(transaction, external.email)) !== undefined) throw new IssuerEmailTakenError(issuer);
    const now = this.#options.clock.now();
    const id = newId(now.getTime());
    const email = external.email.toLowerCase();
    const name = external.name ?? email.split('@')[0]!;
    await createUser(transaction, { id, email, name, emailVerifiedAt: now, now });
    await store.insertIdentity(transaction, { ...token, userId: id, email, now });
    transaction.audit({
      action: 'user.provisioned',
      resourceType: 'user',
      resourceId: id,
      actor: { kind: 'user', id, email },
      after: { email, name, issuer },
    });
    return true;
  }
}

/** To the second, as tokens say it: one of the same second does not count. */
function isOutdated(token: ExternalToken, { tokensAfter }: store.ExternalPerson): boolean {
  return tokensAfter !== null && token.external.issuedAt * 1000 <= tokensAfter.getTime();
}

/**
 * Where the person acts: in the tenant that issuer or request named, if they belong to it here. What a token names lets
 * nobody in; they then act in no tenant, so that they can accept an invitation. What a request names is refused.
 */
async function resolveExternalMembership(
  transaction: Transaction,
  userId: string,
  { tenant }: ExternalIssuer,
  token: ExternalToken,
): Promise<Membership> {
  if (tenant.from !== 'membership') {
    const grants = await listGrants(transaction, userId);
    const belongs = token.tenant !== undefined && grants.some(({ tenantId }) => tenantId === token.tenant);
    if (!belongs) return resolveMembership(grants.filter(({ tenantId }) => tenantId === null))!;
  }
  const { strong } = token.external;
  return resolveCaller(transaction, userId, { strong, methods: ['fed'], requestedTenant: token.tenant });
}
