import { idSchema, type ExternalIssuer } from '@plinth/contracts';
import { InvalidTokenError } from '@plinth/common';
import type { JWTPayload } from 'jose';
import type { AccessToken } from './access-token.ts';

/** Reads the claims of a verified token of an external issuer, as its configuration maps them. */
export function readExternalToken(issuer: ExternalIssuer, payload: JWTPayload): AccessToken {
  if (issuer.tokenType === 'JWT') assertAccessToken(payload);
  const { sub, exp, iat } = payload;
  if (sub === undefined || exp === undefined || iat === undefined)
    throw new InvalidTokenError('its claims are not those of an access token');
  const tenant = tenantOf(issuer, payload);
  const email = textOf(payload['email']);
  const name = nameOf(payload);
  return {
    subject: {
      issuer: issuer.issuer,
      subject: sub,
      kind: 'user',
      ...(tenant === undefined ? {} : { tenant }),
      external: {
        issuedAt: Math.floor(iat),
        emailVerified: payload['email_verified'] === true,
        strong: isStrong(issuer, payload),
        ...(email === undefined ? {} : { email }),
        ...(name === undefined ? {} : { name }),
        ...(issuer.roles.from === 'claim' ? { roles: mappedRoles(issuer.roles, payload) } : {}),
      },
    },
    tenantIsChosen: issuer.tenant.from === 'membership',
    expiresAt: exp * 1000,
  };
}

/** Without a type of their own, access tokens are told from ID and logout tokens by what only those have. */
function assertAccessToken(payload: JWTPayload): void {
  const kind = payload['typ'];
  const foreign = ['nonce', 'at_hash', 'c_hash', 'events'].some((claim) => payload[claim] !== undefined);
  // Keycloak says in a claim what a token is.
  if (typeof kind === 'string' ? kind !== 'Bearer' : foreign) throw new InvalidTokenError('it is no access token');
}

function tenantOf({ tenant }: ExternalIssuer, payload: JWTPayload): string | undefined {
  if (tenant.from === 'membership') return undefined;
  if (tenant.from === 'fixed') return tenant.tenantId;
  const value = claimAt(payload, tenant.claim);
  if (value === undefined) return undefined;
  const parsed = idSchema.safeParse(value);
  if (!parsed.success) throw new InvalidTokenError(`its claim ${tenant.claim} is not the id of a tenant`);
  return parsed.data.toLowerCase();
}

function mappedRoles(roles: Extract<ExternalIssuer['roles'], { from: 'claim' }>, payload: JWTPayload): string[] {
  const held = listOf(claimAt(payload, roles.claim));
  return [...new Set(held.flatMap((role) => (Object.hasOwn(roles.map, role) ? [roles.map[role]!] : [])))];
}

function isStrong({ secondFactor }: ExternalIssuer, payload: JWTPayload): boolean {
  if (secondFactor === undefined) return false;
  return listOf(claimAt(payload, secondFactor.claim)).some((value) => secondFactor.values.includes(value));
}

function nameOf(payload: JWTPayload): string | undefined {
  const parts = [textOf(payload['given_name']), textOf(payload['family_name'])].filter((part) => part !== undefined);
  return (
    textOf(payload['name']) ??
    (parts.length === 0 ? undefined : parts.join(' ')) ??
    textOf(payload['preferred_username'])
  );
}

/** The claim with this very name, or what its dots lead to. */
function claimAt(payload: JWTPayload, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      payload,
    );
}

function listOf(value: unknown): string[] {
  return [value].flat().filter((entry) => typeof entry === 'string');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 256) : undefined;
}
