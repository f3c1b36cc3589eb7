import type { Principal } from '@plinth/contracts';
import type { Account, FindAccount, Grant } from 'oidc-provider';
import { claimsOf } from '../access-token/access-token.service.ts';
import type { IamCore } from '../core.ts';
import { TenantNotOwnError } from '../membership/membership.errors.ts';
import type { GrantContext } from './adapter.ts';

/** What a grant is for, besides user and client. */
export function contextOf(grant: Pick<Grant, 'rar'> | undefined): GrantContext | undefined {
  return grant?.rar?.[0] as unknown as GrantContext | undefined;
}

/** Who somebody is to a client now; undefined when their session has ended, or when they left the grant's tenant. */
export async function findGrantee(
  core: Pick<IamCore, 'sessions'>,
  grant: Pick<Grant, 'rar'> | undefined,
  userId: string,
): Promise<Principal | undefined> {
  const context = contextOf(grant);
  if (context === undefined) return undefined;
  try {
    return await core.sessions.authenticateById(context.session, userId, context.tenant ?? undefined);
  } catch (error) {
    if (error instanceof TenantNotOwnError) return undefined;
    throw error;
  }
}

/** Tells the library who a user is. */
export function createAccountFinder(core: Pick<IamCore, 'sessions'>): FindAccount {
  return async (ctx, userId): Promise<Account> => ({
    accountId: userId,
    claims: async () => {
      const grant = ctx.oidc.entities.Grant;
      const context = contextOf(grant);
      if (context === undefined) return { sub: userId };
      const [caller, session] = await Promise.all([
        findGrantee(core, grant, userId),
        core.sessions.findById(context.session),
      ]);
      return {
        sub: userId,
        ...(caller === undefined ? {} : claimsOf(caller)),
        ...(session === undefined ? {} : { email_verified: session.emailVerified, name: session.name }),
      };
    },
  });
}
