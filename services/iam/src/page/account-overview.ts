import { tenantContract } from '@plinth/contracts';
import { findSignInUser } from '../authentication/sign-in-user.store.ts';
import type { IamCore } from '../core.ts';
import type { ProviderChoice } from '../federation/federation.service.ts';
import type { Identity } from '../federation/identity.store.ts';
import type { Passkey } from '../passkey/passkey.ts';
import type { Session } from '../session/session.ts';
import { viewerOf } from './own-account.ts';
import type { PageServices } from './page-services.ts';
import type { Visit } from './visit.ts';

const mostSessions = 100;

/** An organization that somebody belongs to. */
export interface OwnOrganization {
  readonly tenantId: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Whether it is the one that requests without a choice are for. */
  readonly current: boolean;
}

/** What the page of the account shows. */
export interface AccountOverview {
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly hasPassword: boolean;
  readonly authenticatorSince: Date | null;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly Passkey[];
  /** The newest ones first. */
  readonly sessions: readonly Session[];
  readonly organizations: readonly OwnOrganization[];
  readonly identities: readonly Identity[];
  /** Providers whose accounts can be connected. */
  readonly choices: readonly ProviderChoice[];
  readonly now: Date;
}

/** Loads what somebody sees of their own account. */
export async function loadAccount(services: PageServices, visit: Visit): Promise<AccountOverview> {
  const { core, signIn, federation, identities } = services;
  const { session, caller } = viewerOf(visit);
  const [user, authenticator, passkeys, sessions, organizations, own, choices] = await Promise.all([
    core.database.transaction(undefined, (transaction) => findSignInUser(transaction, session.userId)),
    signIn.secondFactor.getState(caller),
    signIn.passkeys.listOwn(caller),
    core.sessions.listOwn(caller, { limit: mostSessions }),
    listOrganizations(services, visit),
    identities.listOwn(caller),
    federation.listChoices(),
  ]);
  return {
    name: session.name,
    email: session.email,
    emailVerified: session.emailVerified,
    hasPassword: typeof user?.hash === 'string',
    authenticatorSince: authenticator.confirmedAt,
    recoveryCodesLeft: authenticator.recoveryCodesLeft,
    passkeys,
    sessions: sessions.data,
    organizations,
    identities: own,
    choices: choices.filter(({ id }) => own.every(({ providerId }) => providerId !== id)),
    now: core.clock.now(),
  };
}

/** The name of a tenant; its id when the tenant service does not say. */
export async function loadTenantName({ contracts, log }: IamCore, tenantId: string): Promise<string> {
  // The page is there for signing in and out, also while another service is not.
  const found = await contracts
    .client(tenantContract)
    .findTenant({ tenantId })
    .catch((error: unknown) => {
      log.warn({ err: error, tenantId }, 'the name of a tenant could not be looked up');
      return null;
    });
  return found?.name ?? tenantId;
}

async function listOrganizations({ core, users }: PageServices, visit: Visit): Promise<OwnOrganization[]> {
  const { caller } = viewerOf(visit);
  const own = await users.getOwn(caller);
  return Promise.all(
    own.tenants.map(async ({ tenantId, roles }) => ({
      tenantId,
      name: await loadTenantName(core, tenantId),
      roles,
      current: tenantId === caller.tenant,
    })),
  );
}
