import type { Transaction } from '@plinth/common';
import { TenantNotOwnError } from './membership.errors.ts';
import { resolveMembership, type Membership } from './membership.ts';
import * as store from './membership.store.ts';
import { findRefusal, openPolicy, type SignInFacts } from '../sign-in-policy/sign-in-policy.ts';

/**
 * Where a user acts and as what, at this moment: the one place that every kind of credential asks. A tenant whose
 * sign-in policy the sign-in does not fulfil is left out. Needs a platform transaction.
 */
export async function resolveCaller(
  transaction: Transaction,
  userId: string,
  sign: SignInFacts & { readonly requestedTenant: string | undefined },
): Promise<Membership> {
  const grants = await store.listGrants(transaction, userId);
  const membership = resolveMembership(grants, sign.requestedTenant);
  if (membership === undefined) throw new TenantNotOwnError(sign.requestedTenant!);
  const inTenant = grants.find((grant) => grant.tenantId === membership.tenant);
  if (membership.tenant === undefined || inTenant === undefined) return membership;
  const refusal = findRefusal(
    {
      secondFactorRequired: inTenant.secondFactorRequired ?? openPolicy.secondFactorRequired,
      methods: inTenant.signInMethods ?? openPolicy.methods,
    },
    sign,
  );
  return refusal === undefined ? membership : { roles: [], [refusal]: true };
}

/** The same for a service account, which acts in its own tenant alone and has no second factor. */
export async function resolveServiceAccount(
  transaction: Transaction,
  serviceAccountId: string,
  tenantId: string,
): Promise<Membership> {
  const grants = await store.listGrantsOfServiceAccount(transaction, serviceAccountId);
  return resolveMembership(grants, tenantId) ?? { tenant: tenantId, roles: [] };
}

/**
 * What a user may do in one tenant now, whoever carries it out: the upper limit of an API key that they made. None
 * when they do not belong to it any more. Needs a platform transaction.
 */
export async function resolveCreator(transaction: Transaction, userId: string, tenantId: string): Promise<Membership> {
  return resolveMembership(await store.listGrants(transaction, userId), tenantId) ?? { roles: [] };
}
