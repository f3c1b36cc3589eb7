import type { Principal } from '@plinth/contracts';
import { InvalidTokenError, type Secret } from '@plinth/common';
import { isNavigation, originOf, readReturnPath, type BrowserRequest } from './browser-request.ts';
import { edgeCookieName, listCookies, renderEdgeCookie } from './cookies.ts';
import type { EdgeSessions } from './edge-session.service.ts';
import type { RelyingParty } from './relying-party.ts';
import { attemptMs, SignInAttempts } from './sign-in-attempt.ts';
import { ForeignSignOutError, SignInFailedError, SignInRepeatsError } from './sign-in.errors.ts';
import type { SignInSettings } from './sign-in-settings.ts';

export interface BrowserSignInOptions {
  readonly settings: SignInSettings;
  readonly relyingParty: RelyingParty;
  readonly sessions: EdgeSessions;
  /** Verifies access tokens as every other request's. */
  readonly verify: (token: string) => Promise<Principal>;
  readonly secret: Secret;
  readonly now: () => number;
}

/** Who a browser is signed in as, and the access token that says so. */
export interface SignedInCaller {
  readonly principal: Principal;
  readonly token: string;
}

/** Where a browser goes next, and the Set-Cookie headers that it gets on the way. */
export interface BrowserAnswer {
  readonly location: string;
  readonly cookies: readonly string[];
}

const sessionCookie = 'edge_session';
const repeatCookie = 'edge_repeat';
const callbackPath = '/edge/callback';
/** Whoever comes back so soon after a sign-in may not have got what it gave them. */
const repeatsMs = 5000;

/** Signs browsers in at the edge: on each origin of the platform, by the authorization code flow. */
export class BrowserSignIn {
  readonly #options: BrowserSignInOptions;
  readonly #attempts: SignInAttempts;

  constructor(options: BrowserSignInOptions) {
    this.#options = options;
    this.#attempts = new SignInAttempts(options.secret, options.now);
  }

  /** Whether browsers are signed in on the host of this request. */
  serves(request: BrowserRequest): boolean {
    return this.#options.settings.origins.has(originOf(request));
  }

  /** Whether this is the host of an application or a tool, where nothing but a session at the edge counts. */
  isApplication(request: BrowserRequest): boolean {
    const { origins, publicOrigin } = this.#options.settings;
    if (origins.size === 1) return false;
    const origin = originOf(request);
    return origin !== publicOrigin && origins.has(origin);
  }

  /**
   * Where a browser signs in that asked for `path` without being signed in; undefined for everybody else. The address
   * is absolute, because some gateways take relative ones for their own.
   */
  findRedirect(request: BrowserRequest, path: string): string | undefined {
    if (!isNavigation(request) || !this.serves(request)) return undefined;
    const origin = originOf(request);
    return `${origin}${this.#pageOf(origin)}?return_to=${encodeURIComponent(readReturnPath(path))}`;
  }

  /** The caller that a browser is signed in as at this origin; undefined when it is not, or not any more. */
  async authenticate(request: BrowserRequest): Promise<SignedInCaller | undefined> {
    const { sessions, verify } = this.#options;
    const origin = originOf(request);
    for (const { key } of readKeys(request.headers.cookie, origin)) {
      const session = await sessions.find(key, origin);
      if (session === undefined) continue;
      try {
        const token = session.accessToken;
        return { principal: await verify(token), token };
      } catch (error) {
        if (!(error instanceof InvalidTokenError)) throw error;
        // The provider, or somebody here, has ended what the token stood for.
        await sessions.end(key);
      }
    }
    return undefined;
  }

  /** Begins a sign-in that leads back to a path of the same origin. */
  async begin(request: BrowserRequest, returnTo: string | undefined): Promise<BrowserAnswer> {
    const { relyingParty, now } = this.#options;
    const origin = originOf(request);
    const returnPath = readReturnPath(returnTo);
    if (this.#hasOwnPages(origin))
      return { location: `/sign-in?return_to=${encodeURIComponent(returnPath)}`, cookies: [] };
    const { cookie } = request.headers;
    const startedAt = now();
    const marks = this.#markRepeat(cookie, origin, startedAt);
    // Another tab was faster.
    if (marks.length > 0 && (await this.authenticate(request)) !== undefined)
      return { location: returnPath, cookies: marks };
    const { url, checks } = await relyingParty.begin(origin + callbackPath);
    return {
      location: url.href,
      cookies: [...marks, ...this.#attempts.keep({ ...checks, returnPath, startedAt }, origin, cookie)],
    };
  }

  /**
   * Whoever comes back right after a sign-in is let through once, and marked. The second time what they got is not
   * what the page wants to see, and it would go on for ever.
   */
  #markRepeat(cookie: string | undefined, origin: string, now: number): string[] {
    if (!readKeys(cookie, origin).some(({ startedAt }) => now - startedAt < repeatsMs)) return [];
    const mark = edgeCookieName(repeatCookie, origin);
    if (listCookies(cookie).some(([name]) => name === mark)) throw new SignInRepeatsError();
    return [renderEdgeCookie(mark, '1', (2 * repeatsMs) / 1000)];
  }

  /** Ends a sign-in with the answer of the provider, which is in the query. */
  async complete(request: BrowserRequest, query: string): Promise<BrowserAnswer> {
    const { sessions, relyingParty, verify, now } = this.#options;
    const origin = originOf(request);
    const { cookie } = request.headers;
    const callback = new URL(`${callbackPath}?${query}`, origin);
    // The provider leads back here after a sign-out as well: to the one address that is registered there.
    if (!callback.searchParams.has('code') && !callback.searchParams.has('error'))
      return { location: '/', cookies: [] };
    const state = callback.searchParams.get('state') ?? '';
    const attempt = this.#attempts.find(state, origin, cookie);
    if (attempt === undefined) throw new SignInFailedError('it was not begun in this browser, or too long ago');
    if (!(await sessions.useOnce('callback', attempt.state, attemptMs)))
      throw new SignInFailedError('its answer was used before');
    const signedIn = await relyingParty.redeem(callback, attempt);
    // Before there is a session: one whose token nobody takes would send the browser round and round.
    await verify(signedIn.accessToken).catch((error: unknown) => {
      if (error instanceof InvalidTokenError) throw new SignInFailedError('its access token is not accepted', error);
      throw error;
    });
    for (const { key } of readKeys(cookie, origin)) await sessions.end(key);
    const key = await sessions.start(origin, signedIn);
    return {
      location: attempt.returnPath,
      cookies: [
        this.#attempts.drop(attempt.state, origin),
        renderEdgeCookie(edgeCookieName(sessionCookie, origin), `${key}.${now().toString(36)}`),
      ],
    };
  }

  /** Ends the session here and at the provider. */
  async end(request: BrowserRequest): Promise<BrowserAnswer> {
    const { sessions, relyingParty } = this.#options;
    const origin = originOf(request);
    assertOwnPage(request, origin);
    if (this.#hasOwnPages(origin)) return { location: '/sign-out?return_to=%2F', cookies: [] };
    let idToken: string | undefined;
    for (const { key } of readKeys(request.headers.cookie, origin)) idToken = (await sessions.end(key))?.idToken;
    const cookies = [renderEdgeCookie(edgeCookieName(sessionCookie, origin), undefined)];
    // Without a session here there is nobody to name, and the provider is left alone.
    const url = idToken === undefined ? undefined : await relyingParty.endSessionUrl(idToken, origin + callbackPath);
    return { location: url?.href ?? '/', cookies };
  }

  /** Ends sessions of which the provider says that they ended there. */
  async takeLogoutToken(token: string): Promise<void> {
    await this.#options.sessions.endByNotice(await this.#options.relyingParty.readLogoutToken(token));
  }

  #pageOf(origin: string): string {
    return this.#hasOwnPages(origin) ? '/sign-in' : '/edge/sign-in';
  }

  /** The embedded provider's own pages and cookie are on the public origin. */
  #hasOwnPages(origin: string): boolean {
    const { embedded, publicOrigin } = this.#options.settings;
    return embedded && origin === publicOrigin;
  }
}

interface SessionKey {
  readonly key: string;
  /** Milliseconds since 1970; the browser may say what it likes. */
  readonly startedAt: number;
}

/** Every session that a browser shows: without TLS another host may have put a second one beside ours. */
function readKeys(cookie: string | undefined, origin: string): SessionKey[] {
  const name = edgeCookieName(sessionCookie, origin);
  return listCookies(cookie)
    .filter(([found]) => found === name)
    .slice(0, 2)
    .flatMap(([, value]) => {
      const [, key, startedAt] = /^([\w-]{43})\.([0-9a-z]{1,10})$/.exec(value) ?? [];
      return key === undefined ? [] : [{ key, startedAt: Number.parseInt(startedAt ?? '', 36) }];
    });
}

/** Whether a browser carries a session of ours, which is all that can be said without a look at the store. */
export function hasEdgeSession(cookie: string | undefined): boolean {
  return cookie !== undefined && cookie.includes(`plinth.${sessionCookie}=`);
}

function assertOwnPage({ headers }: BrowserRequest, origin: string): void {
  const site = headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  if (isForeign || (headers.origin !== undefined && headers.origin !== origin)) throw new ForeignSignOutError();
}
