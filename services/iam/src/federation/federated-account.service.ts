import { newId, type Clock, type Transaction } from '@plinth/common';
import * as users from '../authentication/sign-in-user.store.ts';
import type { SignInUser } from '../authentication/sign-in-user.store.ts';
import { domainOfEmail } from '../email-domain/email-domain.ts';
import type { IdentityProvider } from '../identity-provider/identity-provider.ts';
import { listVerifiedDomains } from '../identity-provider/verified-domain.store.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import type { Locale } from '../mail/locale.ts';
import { listGrants } from '../membership/membership.store.ts';
import type { RoleService } from '../role/role.service.ts';
import { createUser } from '../user/create-user.ts';
import {
  FederationDomainError,
  FederationEmailNotVerifiedError,
  FederationLinkRequiredError,
  FederationSignUpOffError,
  FederationUserDisabledError,
  IdentityTakenError,
} from './federation.errors.ts';
import * as store from './identity.store.ts';
import type { UpstreamProfile } from './upstream.ts';

export interface FederatedAccountServiceOptions {
  readonly clock: Clock;
  readonly mails: AccountMailService;
  readonly roles: RoleService;
  readonly selfRegistration: boolean;
}

/** Somebody whom a provider vouches for. */
export interface Vouched {
  readonly provider: IdentityProvider;
  readonly profile: UpstreamProfile;
}

const longestName = 200;
const longestEmail = 254;
// Letters beyond ASCII that become one of ASCII in lower case (the Kelvin sign) would make one address another's.
const plainAddress = /^[!#-'*+\-/-9=?A-Z^-~.]+@[A-Za-z0-9.-]+$/;

/** Finds out which user somebody is whom a provider vouches for. Every method needs a platform transaction. */
export class FederatedAccountService {
  readonly #options: FederatedAccountServiceOptions;

  constructor(options: FederatedAccountServiceOptions) {
    this.#options = options;
  }

  /**
   * The user: by issuer and subject; the first time by an address that both sides have proven; else a new one. Throws
   * for everybody else.
   */
  async resolve(transaction: Transaction, vouched: Vouched, locale: Locale | undefined): Promise<SignInUser> {
    const { provider, profile } = vouched;
    const verifiedEmail = await findVerifiedEmail(transaction, vouched);
    assertDomainAllowed(provider, verifiedEmail);
    const known = await store.findIdentity(transaction, identityIssuer(vouched), profile.subject);
    if (known !== undefined) {
      const use = {
        id: known.id,
        email: shownEmail(profile),
        providerId: provider.id,
        now: this.#options.clock.now(),
      };
      await store.touchIdentity(transaction, use);
      return this.#join(transaction, provider, assertEnabled(await users.findSignInUser(transaction, known.userId)));
    }
    if (verifiedEmail === undefined) throw new FederationEmailNotVerifiedError(provider.title);
    const found = await users.findSignInUserByEmail(transaction, verifiedEmail);
    const user = found ?? (await this.#createUser(transaction, vouched, { email: verifiedEmail, locale }));
    assertEnabled(user);
    // Whoever set up the account here need not own the address: they could be waiting for the one who does.
    if (!user.emailVerified) throw new FederationLinkRequiredError();
    await this.#insert(transaction, vouched, user);
    if (found !== undefined) await this.#options.mails.notify(transaction, user, 'identity_added');
    return this.#join(transaction, provider, user);
  }

  /** Links an account at a provider with a user who asked for it. */
  async link(transaction: Transaction, vouched: Vouched, userId: string): Promise<void> {
    const user = assertEnabled(await users.findSignInUser(transaction, userId));
    assertDomainAllowed(vouched.provider, await findVerifiedEmail(transaction, vouched));
    const known = await store.findIdentity(transaction, identityIssuer(vouched), vouched.profile.subject);
    if (known?.userId === userId) return;
    if (known !== undefined) throw new IdentityTakenError();
    await this.#insert(transaction, vouched, user);
    await this.#options.mails.notify(transaction, user, 'identity_added');
  }

  /**
   * Whether what a provider says of two factors counts for a session of the user. That of a tenant's own provider does
   * not reach beyond the tenant: it counts for people who have nothing elsewhere.
   */
  async isStrong(transaction: Transaction, { provider, profile }: Vouched, userId: string): Promise<boolean> {
    if (!provider.trustMultiFactor || !profile.multiFactor) return false;
    if (provider.tenantId === null) return true;
    const grants = await listGrants(transaction, userId);
    return grants.length > 0 && grants.every((grant) => grant.tenantId === provider.tenantId);
  }

  async #createUser(
    transaction: Transaction,
    { provider, profile }: Vouched,
    { email, locale }: { readonly email: string; readonly locale: Locale | undefined },
  ): Promise<SignInUser> {
    const { clock, selfRegistration } = this.#options;
    if (provider.signUp === 'never' || (provider.signUp === 'platform' && !selfRegistration))
      throw new FederationSignUpOffError();
    const now = clock.now();
    const id = newId(now.getTime());
    const name = plainText(profile.name, longestName) ?? email.split('@')[0]!;
    const language = /^[a-z]{2}/i.exec(profile.locale ?? '')?.[0].toLowerCase() ?? locale;
    await createUser(transaction, { id, email, name, emailVerifiedAt: now, locale: language, now });
    return (await users.findSignInUser(transaction, id))!;
  }

  async #insert(transaction: Transaction, vouched: Vouched, user: SignInUser): Promise<void> {
    const { provider, profile } = vouched;
    const now = this.#options.clock.now();
    const id = newId(now.getTime());
    await store.insertIdentity(transaction, {
      id,
      userId: user.id,
      issuer: identityIssuer(vouched),
      subject: profile.subject,
      email: shownEmail(profile),
      providerId: provider.id,
      now,
    });
    transaction.audit({
      action: 'identity.linked',
      resourceType: 'user',
      resourceId: user.id,
      after: { identityId: id, provider: provider.id, issuer: profile.issuer },
      actor: { kind: 'user', id: user.id },
    });
  }

  /** Makes whoever signs in by a tenant's provider a member, where the tenant wants that. */
  async #join(transaction: Transaction, provider: IdentityProvider, user: SignInUser): Promise<SignInUser> {
    const { tenantId, organizationId, joinRole } = provider;
    if (tenantId === null || joinRole === null) return user;
    const grants = await listGrants(transaction, user.id);
    if (grants.some((grant) => grant.tenantId === tenantId)) return user;
    await transaction.enterTenant(tenantId);
    await this.#options.roles.grantRolesIn(transaction, {
      tenantId,
      organizationId,
      userId: user.id,
      roles: [joinRole],
    });
    return user;
  }
}

/**
 * Under which issuer an identity is kept. A provider of the platform speaks for its issuer; a tenant's own provider,
 * and one that says by itself who it is (SAML), only for what it is asked itself: nobody can name another one's issuer
 * and become its people.
 */
export function identityIssuer({ provider, profile }: Vouched): string {
  const speaksForIssuer = provider.tenantId === null && provider.settings.kind !== 'saml';
  return speaksForIssuer ? profile.issuer : `urn:plinth:identity-provider:${provider.id}`;
}

/**
 * The address, if it counts as proven: because the provider says so, or the administrator says that it always is. What
 * a tenant's own provider says counts within the domains that the tenant has proven, and nowhere else.
 */
async function findVerifiedEmail(
  transaction: Transaction,
  { provider, profile }: Vouched,
): Promise<string | undefined> {
  const { email } = profile;
  if (email === undefined || email.length > longestEmail || !(profile.emailVerified || provider.trustEmail))
    return undefined;
  if (!plainAddress.test(email)) return undefined;
  const domain = domainOfEmail(email);
  if (domain === undefined) return undefined;
  if (provider.tenantId === null) return email;
  return (await listVerifiedDomains(transaction, provider.tenantId)).includes(domain) ? email : undefined;
}

/** The address as the person is shown it, whether it counts or not. */
function shownEmail({ email }: UpstreamProfile): string | null {
  return plainText(email, longestEmail) ?? null;
}

/** A text from outside without control characters, cut to a length; undefined when nothing is left. */
function plainText(text: string | undefined, longest: number): string | undefined {
  return (
    text
      ?.replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, longest) || undefined
  );
}

function assertDomainAllowed(provider: IdentityProvider, verifiedEmail: string | undefined): void {
  if (provider.allowedDomains.length === 0) return;
  const domain = verifiedEmail === undefined ? undefined : domainOfEmail(verifiedEmail);
  if (domain === undefined || !provider.allowedDomains.includes(domain))
    throw new FederationDomainError(provider.title);
}

function assertEnabled(user: SignInUser | undefined): SignInUser {
  if (user === undefined || user.disabled) throw new FederationUserDisabledError();
  return user;
}
