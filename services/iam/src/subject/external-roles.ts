import type { ExternalIssuer } from '@plinth/contracts';
import type { Membership } from '../membership/membership.ts';

/**
 * What somebody may do by the roles of their token and those that they were given here. Mapped roles of a tenant hold
 * in the tenant that they belong to, and nowhere when a sign-in was not enough for it.
 */
export function combineRoles(
  membership: Membership,
  mapped: readonly string[] | undefined,
  roles: ExternalIssuer['roles'],
): Membership {
  if (roles.from === 'assignments' || mapped === undefined) return membership;
  if (membership.secondFactorMissing || membership.signInMethodRefused) return membership;
  const held = mapped.filter((role) => role === 'platform_admin' || membership.tenant !== undefined);
  if (roles.assignments === 'added') return { ...membership, roles: [...new Set([...membership.roles, ...held])] };
  const { grants: _given, ...place } = membership;
  return { ...place, roles: held };
}
