import type { Principal } from '@plinth/contracts';
import type { Clock } from '@plinth/common';
import { createLocalJWKSet, importJWK, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import type { SigningKeyService } from '../signing-key/signing-key.service.ts';

export interface AccessTokenServiceOptions {
  readonly keys: SigningKeyService;
  readonly clock: Clock;
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeSeconds: number;
}

/** Claims of the platform in its tokens (requirement: the same in access and id token). */
export interface PlatformClaims {
  readonly tenant_id?: string;
  readonly organization_id?: string;
  readonly roles: readonly string[];
  readonly email?: string;
}

/** What a token is, beside whom it speaks of: it was issued to a client and can be revoked by its id. */
export interface TokenDetails {
  readonly clientId: string;
  readonly tokenId: string;
  readonly scope: string | undefined;
}

/** Issues access tokens: RS256 JWTs (RFC 9068) that name the session they belong to. */
export class AccessTokenService {
  readonly #options: AccessTokenServiceOptions;

  constructor(options: AccessTokenServiceOptions) {
    this.#options = options;
  }

  get issuer(): string {
    return this.#options.issuer;
  }

  get lifetimeSeconds(): number {
    return this.#options.lifetimeSeconds;
  }

  /** A token for the caller, in the tenant that they act in. */
  async issue(caller: Principal, details?: TokenDetails): Promise<string> {
    const { keys, clock, issuer, audience, lifetimeSeconds } = this.#options;
    const key = await keys.getCurrent();
    const now = Math.floor(clock.now().getTime() / 1000);
    return new SignJWT({
      ...claimsOf(caller),
      ...(caller.session === undefined ? {} : { sid: caller.session }),
      ...(details === undefined ? {} : { client_id: details.clientId, jti: details.tokenId }),
      ...(details?.scope === undefined ? {} : { scope: details.scope }),
    })
      .setProtectedHeader({ alg: key.algorithm, kid: key.id, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(caller.subject)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetimeSeconds)
      .sign(await importJWK(key.privateKey, key.algorithm));
  }

  /** The id of a token that was issued to a client; undefined when it has expired or is not ours. */
  async readId(token: string): Promise<string | undefined> {
    const { keys, clock, issuer, audience } = this.#options;
    const jwks = createLocalJWKSet({ keys: await keys.listPublic() } as unknown as JSONWebKeySet);
    const rules = { issuer, audience, algorithms: ['RS256'], typ: 'at+jwt', currentDate: clock.now() };
    try {
      return (await jwtVerify(token, jwks, rules)).payload.jti;
    } catch {
      return undefined;
    }
  }
}

/** What tokens say of a caller besides who they are. */
export function claimsOf(caller: Principal): PlatformClaims & { act?: { sub: string } } {
  return {
    ...(caller.tenant === undefined ? {} : { tenant_id: caller.tenant }),
    ...(caller.organization === undefined ? {} : { organization_id: caller.organization }),
    roles: caller.roles,
    ...(caller.email === undefined ? {} : { email: caller.email }),
    // RFC 8693: who really acts.
    ...(caller.actor === undefined ? {} : { act: { sub: caller.actor } }),
  };
}
