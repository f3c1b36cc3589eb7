import type { Permission, Principal } from '@plinth/contracts';
import { hasPermission } from '@plinth/common';

/** A credential of a program, as its owners see it. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The part of the key by which its owners recognize it. */
  readonly prefix: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** Requests a minute in all; null: the limits of routes alone. */
  readonly rateLimit: number | null;
  readonly rotatedAt: Date | null;
  /** Until when the secret before the last rotation counts. */
  readonly overlapUntil: Date | null;
  /** When it was last used, to within half a minute. */
  readonly lastUsedAt: Date | null;
}

/**
 * What a key may do: never more than its creator may do now, whatever they could do when they made it. What they may
 * do in a part of the tenant only, or under conditions, the key may do there too.
 */
export function narrowToCreator(
  scopes: readonly Permission[],
  creator: Pick<Principal, 'roles' | 'grants'>,
): Pick<Principal, 'scopes' | 'grants'> {
  const held: Principal = { kind: 'user', subject: 'creator', ...creator };
  const everywhere = new Set<string>(scopes.filter((scope) => hasPermission(held, scope)));
  const elsewhere = new Set<string>(scopes.filter((scope) => !everywhere.has(scope)));
  const grants = (creator.grants ?? [])
    .map((grant) => ({ ...grant, permissions: grant.permissions.filter((permission) => elsewhere.has(permission)) }))
    .filter((grant) => grant.permissions.length > 0);
  return { scopes: [...everywhere], ...(grants.length === 0 ? {} : { grants }) };
}
