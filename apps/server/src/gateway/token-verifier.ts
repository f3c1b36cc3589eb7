import { principalSchema, type Principal, type iamContract, type ContractFunctions } from '@plinth/contracts';
import { InvalidTokenError, ServiceUnavailableError } from '@plinth/common';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';

export const ACCESS_TOKEN_AUDIENCE = 'plinth-api';
const KEYS_LIFETIME_MS = 300_000;
const KEYS_COOLDOWN_MS = 5000;

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly identity: ContractFunctions<typeof iamContract>;
  readonly now: () => number;
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * Verifies access tokens of the embedded issuer: RS256 or ES256 with a known key, issuer, audience and time
 * (RFC 9068 and RFC 8725). Keys are kept for five minutes and read again when a token names an unknown one.
 */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions;
  #keys: KeySet | undefined;
  #loadedAt = 0;
  readonly #verified = new Map<string, { principal: Principal; until: number }>();

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
  }

  /** A principal that this very token gave within the last seconds, without any cryptography. */
  peek(token: string): Principal | undefined {
    const known = this.#verified.get(token);
    return known !== undefined && known.until > this.#options.now() ? known.principal : undefined;
  }

  async verify(token: string): Promise<Principal> {
    const known = this.peek(token);
    if (known !== undefined) return known;
    const payload = await this.#check(token);
    const principal = toPrincipal(payload);
    this.#remember(token, principal, (payload.exp ?? 0) * 1000);
    return principal;
  }

  async #check(token: string): Promise<JWTPayload> {
    const options = {
      issuer: this.#options.issuer,
      audience: ACCESS_TOKEN_AUDIENCE,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(this.#options.now()),
    };
    try {
      return (await jwtVerify(token, await this.#getKeys(false), options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw refused(error);
    }
    try {
      return (await jwtVerify(token, await this.#getKeys(true), options)).payload;
    } catch (error) {
      throw refused(error);
    }
  }

  async #getKeys(refresh: boolean): Promise<KeySet> {
    const age = this.#options.now() - this.#loadedAt;
    if (this.#keys !== undefined && age < (refresh ? KEYS_COOLDOWN_MS : KEYS_LIFETIME_MS)) return this.#keys;
    const { keys } = await this.#options.identity.listSigningKeys({});
    this.#keys = createLocalJWKSet({ keys } as unknown as JSONWebKeySet);
    this.#loadedAt = this.#options.now();
    return this.#keys;
  }

  #remember(token: string, principal: Principal, expiresAt: number): void {
    if (this.#verified.size >= 10_000) this.#verified.clear();
    this.#verified.set(token, { principal, until: Math.min(expiresAt, this.#options.now() + 30_000) });
  }
}

function refused(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new InvalidTokenError('it has expired', error);
  if (error instanceof errors.JWTClaimValidationFailed)
    return new InvalidTokenError(`its claim ${error.claim} is wrong`, error);
  if (error instanceof errors.JWKSNoMatchingKey) return new InvalidTokenError('its key is unknown', error);
  if (error instanceof errors.JOSEError) return new InvalidTokenError('it is malformed or forged', error);
  if (error instanceof ServiceUnavailableError) return error;
  return error as Error;
}

function toPrincipal(payload: JWTPayload): Principal {
  const principal = principalSchema.safeParse({
    kind: 'user',
    subject: payload.sub,
    tenant: payload['tenant_id'] ?? undefined,
    organization: payload['organization_id'] ?? undefined,
    roles: payload['roles'] ?? [],
    email: payload['email'] ?? undefined,
  });
  if (!principal.success) throw new InvalidTokenError('its claims are not those of an access token');
  return principal.data;
}
