import type { GuardedFetchOptions } from '@plinth/common';

/** What we drew for one sign-in at a provider; it comes back in a cookie of the browser that began it. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636). */
  readonly verifier: string;
  /** ID of the SAML request. */
  readonly requestId: string;
  readonly callbackUrl: string;
  /** How we call ourselves to a SAML provider. */
  readonly entityId: string;
}

/** Who somebody is at a provider, after everything that can be verified was. */
export interface UpstreamProfile {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  /** Whether the provider says that the address was proven to be theirs. */
  readonly emailVerified: boolean;
  readonly name: string | undefined;
  readonly locale: string | undefined;
  /** Whether the provider says that they used two factors. */
  readonly multiFactor: boolean;
  /** Id of the answer, where the provider's answers have one: it is taken once. */
  readonly answerId?: string;
}

export interface ConnectionCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

/** One provider's protocol. Errors of the protocol are `FederationRefusedError`s. */
export interface Upstream {
  /** Where the browser goes to sign in. */
  start(flow: Flow): Promise<URL>;
  /** Verifies what the browser brought back. */
  finish(answer: URLSearchParams, flow: Flow): Promise<UpstreamProfile>;
  /** Looks whether the provider can be reached and is what its settings say. */
  check(): Promise<ConnectionCheck[]>;
}

/** How upstreams reach the network. */
export type UpstreamFetch = (url: string, init: RequestInit, options?: GuardedFetchOptions) => Promise<Response>;

export interface UpstreamContext {
  readonly fetch: UpstreamFetch;
  /** Whether plain HTTP is acceptable: between our own processes and at home. */
  readonly allowInsecure: boolean;
  readonly now: () => Date;
}

/** Runs one check; what it throws is what is wrong. */
export async function runCheck(name: string, work: () => Promise<string>): Promise<ConnectionCheck> {
  try {
    return { name, ok: true, message: await work() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return { name, ok: false, message: (error instanceof Error ? error.message : String(error)) + cause };
  }
}
