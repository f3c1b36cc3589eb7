import type { IncomingHttpHeaders } from 'node:http';
import { idSchema, type ContractFunctions, type iamContract, type Principal } from '@plinth/contracts';
import {
  InvalidApiKeyError,
  InvalidInputError,
  UnauthenticatedError,
  verifyInternalToken,
  type Secret,
} from '@plinth/common';
import { OriginRefusedError } from '../server.errors.ts';
import { ShortMemory } from './short-memory.ts';
import { originOf } from './sign-in/browser-request.ts';
import { hasEdgeSession, type BrowserSignIn } from './sign-in/browser-sign-in.service.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** Start of every API key of the platform. */
const API_KEY_PREFIX = 'plk_';
const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?plinth\.session_token=([^;]+)/;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request as its client sent it: to this process, or to another gateway that asks about it. */
export interface ArrivingRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Address of the client. */
  readonly ip: string;
  /** As the client wrote them, by whoever is trusted to say so. */
  readonly protocol: string;
  readonly host: string;
}

export interface AuthenticationOptions {
  readonly identity: ContractFunctions<typeof iamContract>;
  readonly tokens: TokenVerifier;
  readonly internalSecret: Secret;
  /** Whether internal tokens count on API routes: only behind another process's gateway. */
  readonly acceptInternalTokens: boolean;
  readonly isAllowedOrigin: (origin: string) => boolean;
  readonly publicOrigin: string;
  /** Absent in a process behind another gateway. */
  readonly signIn: BrowserSignIn | undefined;
  readonly now: () => number;
}

/** Finds out who sends a request: bearer token, API key, session cookie or session at the edge, in this order. */
export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #sessions = new ShortMemory<Principal | null>(1000);
  readonly #keys = new ShortMemory<Principal | null>(1000);

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  /**
   * The caller; undefined when the request carries no credential. Credentials that are there and wrong are refused,
   * never ignored. Answers without waiting where the answer is known.
   */
  authenticate(request: ArrivingRequest, service: string): Principal | undefined | Promise<Principal | undefined> {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) return this.#fromAuthorization(authorization, request, service);
    const key = request.headers['x-api-key'];
    if (typeof key === 'string') return this.#fromApiKey(key, request.ip);
    const cookie = SESSION_COOKIE.exec(request.headers.cookie ?? '')?.[1];
    // The provider's cookie is set on the public origin alone: at an application another host has put it there.
    if (cookie !== undefined && this.#options.signIn?.isApplication(request) !== true)
      return this.#fromSession(cookie, request);
    return this.#fromEdge(request);
  }

  #fromAuthorization(authorization: string, request: ArrivingRequest, service: string): Principal | Promise<Principal> {
    const scheme = /^Bearer +/i.exec(authorization)?.[0] ?? '';
    const token = authorization.slice(scheme.length);
    // Looked up before it is looked at: what is remembered was a token.
    const known = scheme === '' ? undefined : this.#options.tokens.peek(token);
    if (known !== undefined) return this.#inRequestedTenant(known, token, request);
    if (scheme === '' || !/^[\x21-\x7e]+$/.test(token))
      throw new UnauthenticatedError('The Authorization header is not "Bearer <token>".');
    if (token.startsWith(API_KEY_PREFIX)) return this.#fromApiKey(token, request.ip);
    if (this.#options.acceptInternalTokens && isInternal(token)) {
      return verifyInternalToken(token, service, this.#options.internalSecret, this.#options.now());
    }
    return this.#options.tokens.verify(token).then((principal) => this.#inRequestedTenant(principal, token, request));
  }

  /** Most tokens are for one tenant: naming another one needs another token. */
  #inRequestedTenant(principal: Principal, token: string, request: ArrivingRequest): Principal | Promise<Principal> {
    const requested = requestedTenantOf(request);
    if (requested === undefined || requested === principal.tenant) return principal;
    return this.#options.tokens.verifyFor(token, requested);
  }

  #fromApiKey(key: string, ip: string): Principal | Promise<Principal> {
    const now = this.#options.now();
    const known = this.#keys.peek(key, now);
    if (known !== undefined) return assertKnown(known.value);
    return this.#keys.get(key, now, () => this.#options.identity.authenticateApiKey({ key, ip })).then(assertKnown);
  }

  async #fromSession(cookie: string, request: ArrivingRequest): Promise<Principal | undefined> {
    this.#assertSameSite(request, this.#options.publicOrigin);
    const requestedTenant = requestedTenantOf(request);
    const key = `${requestedTenant ?? ''}|${cookie}`;
    const principal = await this.#sessions.get(key, this.#options.now(), () =>
      this.#options.identity.authenticateSession({
        cookie,
        ...(requestedTenant === undefined ? {} : { requestedTenant }),
      }),
    );
    return principal ?? this.#fromEdge(request);
  }

  /** A session at the edge belongs to one origin, whose own pages may change things with it. */
  #fromEdge(request: ArrivingRequest): Promise<Principal | undefined> | undefined {
    const { signIn } = this.#options;
    if (signIn === undefined || !hasEdgeSession(request.headers.cookie)) return undefined;
    this.#assertSameSite(request, originOf(request));
    return signIn
      .authenticate(request)
      .then((found) =>
        found === undefined ? undefined : this.#inRequestedTenant(found.principal, found.token, request),
      );
  }

  /** A browser sends its cookie along with other sites' requests too; those are refused where they could change something. */
  #assertSameSite(request: ArrivingRequest, own: string): void {
    const origin = request.headers.origin;
    if (safeMethods.has(request.method) || origin === undefined) return;
    if (origin !== own && !this.#options.isAllowedOrigin(origin)) throw new OriginRefusedError(origin);
  }
}

function isInternal(token: string): boolean {
  const header = token.slice(0, token.indexOf('.'));
  return Buffer.from(header, 'base64url').toString('utf8').includes('plinth-internal+jwt');
}

function assertKnown(principal: Principal | null): Principal {
  if (principal === null) throw new InvalidApiKeyError();
  return principal;
}

function requestedTenantOf(request: ArrivingRequest): string | undefined {
  const header = request.headers['x-tenant-id'];
  if (header === undefined) return undefined;
  const parsed = idSchema.safeParse(header);
  if (!parsed.success) throw new InvalidInputError([{ path: '/headers/x-tenant-id', message: 'must be a UUID' }]);
  return parsed.data;
}
