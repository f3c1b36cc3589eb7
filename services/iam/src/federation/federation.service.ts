import { createHash } from 'node:crypto';
import {
  DomainError,
  guardedFetch,
  NotFoundError,
  OutboundRequestFailedError,
  OutboundUrlRefusedError,
  sqlStateOf,
  type Clock,
  type Database,
  type Logger,
} from '@plinth/common';
import type { AuthenticationService } from '../authentication/authentication.service.ts';
import type { SignInBrowser, SignInProgress } from '../authentication/sign-in.ts';
import { domainOfEmail } from '../email-domain/email-domain.ts';
import type { IdentityProviderService } from '../identity-provider/identity-provider.service.ts';
import { listEnabledProviders } from '../identity-provider/identity-provider.store.ts';
import { answersByPost, type IdentityProvider } from '../identity-provider/identity-provider.ts';
import type { ReadyProvider } from '../identity-provider/provider-secrets.ts';
import type { ProviderKind } from '../identity-provider/provider-settings.ts';
import { findDomainOwner } from '../identity-provider/verified-domain.store.ts';
import type { Locale } from '../mail/locale.ts';
import type { SessionService } from '../session/session.service.ts';
import { buildUpstream } from './build-upstream.ts';
import type { FederatedAccountService, Vouched } from './federated-account.service.ts';
import { drawFlow, type Beginning, type FederationCookies } from './federation-cookie.ts';
import { FederationFlowError, FederationRefusedError, FederationUnavailableError } from './federation.errors.ts';
import { deleteEndedAnswers, takeAnswer } from './identity.store.ts';
import type { ConnectionCheck, Flow, Upstream } from './upstream.ts';

export interface FederationServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly providers: IdentityProviderService;
  readonly accounts: FederatedAccountService;
  readonly authentication: AuthenticationService;
  readonly sessions: SessionService;
  readonly cookies: FederationCookies;
  /** Below which a provider's own addresses are: `<issuer>/federation`. */
  readonly baseUrl: string;
  /** Whether tenants' providers may be hosts that are not on the public internet. */
  readonly allowPrivate: boolean;
}

/** Where to begin a sign-in, for a button. */
export interface ProviderChoice {
  readonly id: string;
  readonly title: string;
  readonly kind: ProviderKind;
  readonly startPath: string;
}

export interface Begun {
  /** Where the browser goes. */
  readonly location: string;
  /** Set-Cookie header of the flow. */
  readonly cookie: string;
}

/** A sign-in or a link that came back. */
export interface Finished {
  readonly progress: SignInProgress | undefined;
  readonly returnTo: string | undefined;
}

const answerMs = 24 * 3600_000;
const mostUpstreams = 500;
const uniqueViolation = '23505';

/** Signs people in by other identity providers. */
export class FederationService {
  readonly #options: FederationServiceOptions;
  /** With what they have learnt of their providers, by id and version. */
  readonly #upstreams = new Map<string, Upstream>();

  constructor(options: FederationServiceOptions) {
    this.#options = options;
  }

  /** The platform's providers, for the sign-in page. */
  async listChoices(): Promise<ProviderChoice[]> {
    const providers = await this.#options.database.platformTransaction((transaction) =>
      listEnabledProviders(transaction, null),
    );
    return providers.map(toChoice);
  }

  /**
   * The providers to which a tenant sends people with addresses of its domain; none for other domains. It tells nothing
   * of the address itself.
   */
  async listChoicesFor(email: string): Promise<ProviderChoice[]> {
    const domain = domainOfEmail(email);
    if (domain === undefined) return [];
    return this.#options.database.platformTransaction(async (transaction) => {
      const tenantId = await findDomainOwner(transaction, domain);
      return tenantId === undefined ? [] : (await listEnabledProviders(transaction, tenantId)).map(toChoice);
    });
  }

  callbackUrl(providerId: string): string {
    return `${this.#options.baseUrl}/${providerId}/callback`;
  }

  metadataUrl(providerId: string): string {
    return `${this.#options.baseUrl}/${providerId}/metadata`;
  }

  /** Begins a sign-in or, with `link`, the linking of an account with a user. `returnTo` must have been checked. */
  async begin(providerId: string, intent: Pick<Beginning, 'returnTo' | 'link'>): Promise<Begun> {
    const { providers, cookies } = this.#options;
    const ready = await providers.getForSignIn(providerId);
    const drawn = drawFlow();
    const location = await this.#run(ready.provider, () =>
      this.#upstream(ready).start(this.#toFlow(providerId, drawn)),
    );
    const crossSite = answersByPost(ready.provider.settings.kind);
    return { location: location.href, cookie: cookies.render({ ...drawn, ...intent, providerId }, crossSite) };
  }

  /** Headers for a browser that has begun too many sign-ins. */
  renderSurplusRemovals(cookieHeader: string | undefined): string[] {
    return this.#options.cookies.renderSurplusRemovals(cookieHeader);
  }

  /** What this browser began under the state of an answer, and the header that removes it: it is good once. */
  async take(
    providerId: string,
    answer: { readonly parameters: URLSearchParams; readonly posted: boolean },
    cookieHeader: string | undefined,
  ): Promise<{ ready: ReadyProvider; beginning: Beginning; removal: string }> {
    const { providers, cookies, database, clock } = this.#options;
    const ready = await providers.getForSignIn(providerId);
    const { kind } = ready.provider.settings;
    if (answer.posted !== answersByPost(kind)) throw new FederationFlowError();
    const states = answer.parameters.getAll(kind === 'saml' ? 'RelayState' : 'state');
    const beginning = cookies.read(cookieHeader, states.length === 1 ? states[0]! : '', providerId);
    const expiresAt = new Date(clock.now().getTime() + answerMs);
    const first = await database.transaction(undefined, (transaction) =>
      takeAnswer(transaction, digest('flow', beginning.state), expiresAt),
    );
    if (!first) throw new FederationFlowError();
    return { ready, beginning, removal: cookies.renderRemoval(beginning.state, answersByPost(kind)) };
  }

  /** Verifies the answer, and signs in or links whoever it speaks of. */
  async finish(
    { ready, beginning }: { readonly ready: ReadyProvider; readonly beginning: Beginning },
    parameters: URLSearchParams,
    visitor: { readonly browser: SignInBrowser; readonly locale: Locale | undefined },
  ): Promise<Finished> {
    const { provider } = ready;
    const flow = this.#toFlow(provider.id, beginning);
    const profile = await this.#run(provider, async () => {
      const found = await this.#upstream(ready).finish(parameters, flow);
      if (!/^[^\p{Cc}]{1,512}$/u.test(found.subject)) throw new FederationRefusedError('the subject is no usable id');
      return found;
    });
    const { returnTo, link } = beginning;
    if (link !== undefined) {
      await this.#link({ provider, profile }, link);
      return { progress: undefined, returnTo };
    }
    const signIn = () => this.#signIn({ provider, profile }, visitor);
    // Two first sign-ins at once make one user: the second one finds what the first one made.
    const progress = await signIn().catch((error: unknown) => {
      if (sqlStateOf(error) !== uniqueViolation) throw error;
      return signIn();
    });
    return { progress, returnTo };
  }

  /** Looks whether a provider works. */
  async check(ready: ReadyProvider): Promise<ConnectionCheck[]> {
    return buildUpstream(ready, this.#contextOf(ready.provider)).check();
  }

  /** Metadata of our side for a SAML provider. */
  async renderMetadata(providerId: string): Promise<string> {
    const { provider } = await this.#options.providers.getForSignIn(providerId);
    if (provider.settings.kind !== 'saml') throw new NotFoundError('SAML identity provider', providerId);
    const { renderSamlMetadata } = await import('./saml-upstream.ts');
    return renderSamlMetadata(this.metadataUrl(providerId), this.callbackUrl(providerId));
  }

  async removeEndedAnswers(): Promise<void> {
    const { database, clock } = this.#options;
    await database.transaction(undefined, (transaction) => deleteEndedAnswers(transaction, clock.now()));
  }

  async #signIn(
    vouched: Vouched,
    { browser, locale }: { readonly browser: SignInBrowser; readonly locale: Locale | undefined },
  ): Promise<SignInProgress> {
    const { database, accounts, authentication, sessions } = this.#options;
    return database.platformTransaction(async (transaction) => {
      await this.#takeOnce(transaction, vouched);
      const user = await accounts.resolve(transaction, vouched, locale);
      authentication.assertVerified(user, locale);
      const strong = await accounts.isStrong(transaction, vouched, user.id);
      const pending = user.secondFactor && !strong;
      const { ip, userAgent } = browser;
      const { cookie } = await sessions.start(transaction, {
        userId: user.id,
        methods: ['fed'],
        strong,
        pending,
        ip,
        userAgent,
      });
      return { user, cookie, next: pending ? 'second_factor' : 'done' };
    });
  }

  async #link(vouched: Vouched, link: NonNullable<Beginning['link']>): Promise<void> {
    const { database, accounts, sessions } = this.#options;
    const session = await sessions.findById(link.sessionId);
    if (session?.userId !== link.userId || session.pending || session.actorId !== null) throw new FederationFlowError();
    await database.platformTransaction(async (transaction) => {
      await this.#takeOnce(transaction, vouched);
      await accounts.link(transaction, vouched, link.userId);
    });
  }

  /** An answer with an id of its own is taken once, whatever request it says to answer. */
  async #takeOnce(transaction: Parameters<typeof takeAnswer>[0], { provider, profile }: Vouched): Promise<void> {
    if (profile.answerId === undefined) return;
    const expiresAt = new Date(this.#options.clock.now().getTime() + answerMs);
    if (!(await takeAnswer(transaction, digest(provider.id, profile.answerId), expiresAt)))
      throw new FederationRefusedError('the assertion was used before');
  }

  /** Runs a step of the protocol; what did not work goes to the log, because whoever signs in is not told. */
  async #run<Result>(provider: IdentityProvider, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const { log } = this.#options;
      if (error instanceof OutboundRequestFailedError || error instanceof OutboundUrlRefusedError) {
        log.warn({ err: error, provider: provider.id }, 'an identity provider cannot be reached');
        throw new FederationUnavailableError(provider.title, error);
      }
      if (error instanceof DomainError)
        log.warn({ err: error.cause ?? error, provider: provider.id }, 'a federated sign-in was refused');
      throw error;
    }
  }

  #upstream(ready: ReadyProvider): Upstream {
    const { id, version } = ready.provider;
    const key = `${id} ${version}`;
    const known = this.#upstreams.get(key);
    if (known !== undefined) return known;
    if (this.#upstreams.size >= mostUpstreams) this.#upstreams.clear();
    const made = buildUpstream(ready, this.#contextOf(ready.provider));
    this.#upstreams.set(key, made);
    return made;
  }

  #contextOf(provider: IdentityProvider) {
    // What the operator configured may be anywhere; what a tenant did must not reach what only we can reach.
    const allowPrivate = provider.tenantId === null || this.#options.allowPrivate;
    return {
      fetch: (url: string, init: RequestInit) => guardedFetch(url, init, { allowPrivate }),
      allowInsecure: allowPrivate,
      now: () => this.#options.clock.now(),
    };
  }

  #toFlow(providerId: string, drawn: Pick<Beginning, 'state' | 'nonce' | 'verifier' | 'requestId'>): Flow {
    const { state, nonce, verifier, requestId } = drawn;
    const [callbackUrl, entityId] = [this.callbackUrl(providerId), this.metadataUrl(providerId)];
    return { state, nonce, verifier, requestId, callbackUrl, entityId };
  }
}

function toChoice({ id, title, settings }: IdentityProvider): ProviderChoice {
  return { id, title, kind: settings.kind, startPath: `/api/v1/auth/federation/${id}/start` };
}

function digest(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
