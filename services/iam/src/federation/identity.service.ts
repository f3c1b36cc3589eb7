import type { Principal } from '@plinth/contracts';
import { NotFoundError, UnauthenticatedError, userIdOf, type Database } from '@plinth/common';
import type { RecentProofService } from '../authentication/recent-proof.service.ts';
import { findSignInUser } from '../authentication/sign-in-user.store.ts';
import type { IdentityProviderService } from '../identity-provider/identity-provider.service.ts';
import type { AccountMailService } from '../mail/account-mail.service.ts';
import { listGrants } from '../membership/membership.store.ts';
import { LastSignInWayError } from './federation.errors.ts';
import type { Begun, FederationService } from './federation.service.ts';
import * as store from './identity.store.ts';

export interface IdentityServiceOptions {
  readonly database: Database;
  readonly federation: FederationService;
  readonly providers: IdentityProviderService;
  readonly proof: RecentProofService;
  readonly mails: AccountMailService;
}

/** A wish to link an account at a provider. */
export interface LinkWish {
  readonly providerId: string;
  readonly returnTo: string | undefined;
  /** Proves who asks, where their sign-in is not of the last minutes. */
  readonly password: string | undefined;
}

/** A user's own accounts at other providers. */
export class IdentityService {
  readonly #options: IdentityServiceOptions;

  constructor(options: IdentityServiceOptions) {
    this.#options = options;
  }

  async listOwn(caller: Principal): Promise<store.Identity[]> {
    const userId = userIdOf(caller);
    return this.#options.database.platformTransaction((transaction) => store.listIdentities(transaction, userId));
  }

  /** Sends the caller to a provider, to link the account that they show there. */
  async beginLink(caller: Principal, { providerId, returnTo, password }: LinkWish): Promise<Begun> {
    const { proof, providers, federation } = this.#options;
    const { id: userId } = await proof.assertRecent(caller, password);
    if (caller.session === undefined) throw new UnauthenticatedError('Linking an account needs a session.');
    await this.#assertReachable((await providers.getForSignIn(providerId)).provider, userId);
    return federation.begin(providerId, { returnTo, link: { userId, sessionId: caller.session } });
  }

  /** Removes one of the caller's accounts; a way to sign in stays. */
  async removeOwn(caller: Principal, id: string): Promise<void> {
    const { database, mails } = this.#options;
    const userId = userIdOf(caller);
    await database.platformTransaction(async (transaction) => {
      if (!(await store.deleteIdentity(transaction, { userId, id }))) throw new NotFoundError('identity', id);
      if (!(await store.hasSignInWay(transaction, userId))) throw new LastSignInWayError();
      await mails.notify(transaction, (await findSignInUser(transaction, userId))!, 'identity_removed');
      transaction.audit({
        action: 'identity.unlinked',
        resourceType: 'user',
        resourceId: userId,
        before: { identityId: id },
      });
    });
  }

  /** A tenant's provider is for its members; others do not learn that there is one. */
  async #assertReachable(
    provider: { readonly id: string; readonly tenantId: string | null },
    userId: string,
  ): Promise<void> {
    const { id, tenantId } = provider;
    if (tenantId === null) return;
    const grants = await this.#options.database.platformTransaction((transaction) => listGrants(transaction, userId));
    if (!grants.some((grant) => grant.tenantId === tenantId)) throw new NotFoundError('identity provider', id);
  }
}
