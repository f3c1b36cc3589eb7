import type { ContractFunctions, Principal, iamContract } from '@plinth/contracts';
import { InvalidTokenError } from '@plinth/common';
import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import type { AccessToken } from './access-token.ts';
import type { TrustedIssuer } from './issuer.ts';

/** For how long a token is not verified again, and its subject not looked up again. */
const TOKEN_MS = 30_000;
const SUBJECT_MS = 1000;

export interface TokenVerifierOptions {
  readonly issuers: readonly TrustedIssuer[];
  readonly identity: ContractFunctions<typeof iamContract>;
  readonly now: () => number;
}

/** The subject of a token in one tenant. */
interface KnownSubject {
  found: { readonly principal: Principal; readonly until: number } | undefined;
  looking: Promise<Principal> | undefined;
}

interface VerifiedToken {
  readonly token: AccessToken;
  readonly until: number;
  /** In the tenant that the token or iam chooses. */
  readonly subject: KnownSubject;
  /** In tenants that requests chose, of those that the person belongs to. */
  readonly chosen: Map<string, KnownSubject>;
}

/**
 * Verifies access tokens of the issuers that count: signature by a known key of the issuer that the token names, kind,
 * audience and time (RFC 9068 and RFC 8725). Who the subject is comes from iam, once a second at most: a token says
 * who somebody was when it was issued.
 */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions;
  readonly #issuers: ReadonlyMap<string, TrustedIssuer>;
  readonly #verified = new Map<string, VerifiedToken>();

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
    this.#issuers = new Map(options.issuers.map((issuer) => [issuer.issuer, issuer]));
  }

  /** The principal that this very token gave within the last second, without any cryptography. */
  peek(token: string): Principal | undefined {
    const found = this.#verified.get(token)?.subject.found;
    return found !== undefined && found.until > this.#options.now() ? found.principal : undefined;
  }

  async verify(token: string): Promise<Principal> {
    const entry = await this.#get(token);
    return this.#resolve(entry, entry.subject, entry.token.subject.tenant);
  }

  /** The same in a tenant that the request chose; refused when the token is for one tenant alone. */
  async verifyFor(token: string, tenant: string): Promise<Principal> {
    const entry = await this.#get(token);
    if (!entry.token.tenantIsChosen) throw new InvalidTokenError('it is for another tenant than X-Tenant-ID');
    const known = entry.chosen.get(tenant);
    const subject = known ?? { found: undefined, looking: undefined };
    const principal = await this.#resolve(entry, subject, tenant);
    // Only tenants of theirs are remembered, which are few.
    if (known === undefined) entry.chosen.set(tenant, subject);
    return principal;
  }

  async #resolve(entry: VerifiedToken, subject: KnownSubject, tenant: string | undefined): Promise<Principal> {
    if (subject.found !== undefined && subject.found.until > this.#options.now()) return subject.found.principal;
    subject.looking ??= this.#lookUp(entry, subject, tenant).finally(() => (subject.looking = undefined));
    return subject.looking;
  }

  async #lookUp({ token }: VerifiedToken, subject: KnownSubject, tenant: string | undefined): Promise<Principal> {
    const principal = await this.#options.identity.resolveSubject({
      ...token.subject,
      ...(tenant === undefined ? {} : { tenant }),
    });
    if (principal === null) throw new InvalidTokenError('its session has ended, or its subject is no more');
    subject.found = { principal, until: Math.min(this.#options.now() + SUBJECT_MS, token.expiresAt) };
    return principal;
  }

  async #get(token: string): Promise<VerifiedToken> {
    const known = this.#verified.get(token);
    return known !== undefined && known.until > this.#options.now() ? known : this.#remember(token);
  }

  async #remember(token: string): Promise<VerifiedToken> {
    const issuer = this.#issuerOf(token);
    const read = issuer.read(await this.#check(token, issuer));
    const entry: VerifiedToken = {
      token: read,
      until: Math.min(read.expiresAt, this.#options.now() + TOKEN_MS),
      subject: { found: undefined, looking: undefined },
      chosen: new Map(),
    };
    if (this.#verified.size >= 10_000) this.#verified.clear();
    this.#verified.set(token, entry);
    return entry;
  }

  /** By the unverified `iss`: it only chooses against whose keys and rules the token is checked. */
  #issuerOf(token: string): TrustedIssuer {
    try {
      const issuer = this.#issuers.get(decodeJwt(token).iss ?? '');
      if (issuer !== undefined) return issuer;
    } catch (error) {
      throw refused(error);
    }
    throw new InvalidTokenError('its issuer is unknown');
  }

  async #check(token: string, { issuer, keys, rules }: TrustedIssuer): Promise<JWTPayload> {
    const options = {
      ...rules,
      issuer,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(this.#options.now()),
    };
    try {
      return (await jwtVerify(token, await keys.get(), options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw refused(error);
    }
    try {
      return (await jwtVerify(token, await keys.getNewer(), options)).payload;
    } catch (error) {
      throw refused(error);
    }
  }
}

function refused(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new InvalidTokenError('it has expired', error);
  if (error instanceof errors.JWTClaimValidationFailed)
    return new InvalidTokenError(`its claim ${error.claim} is wrong`, error);
  if (error instanceof errors.JWKSNoMatchingKey) return new InvalidTokenError('its key is unknown', error);
  if (error instanceof errors.JOSEError) return new InvalidTokenError('it is malformed or forged', error);
  return error as Error;
}
