import type { IssuersFile } from '@plinth/contracts';
import type { Logger } from '@plinth/common';
import type { FastifyInstance } from 'fastify';
import type { SharedStore } from '../gateway/shared-store.ts';
import { BrowserSignIn } from '../gateway/sign-in/browser-sign-in.service.ts';
import { EdgeSessions } from '../gateway/sign-in/edge-session.service.ts';
import { MemoryEdgeSessionStore, type EdgeSessionStore } from '../gateway/sign-in/edge-session.store.ts';
import { sendToEmbedded, sendToIssuer } from '../gateway/sign-in/provider-requests.ts';
import { RelyingParty } from '../gateway/sign-in/relying-party.ts';
import { SharedEdgeSessionStore, type SignInFallback } from '../gateway/sign-in/shared-edge-session.store.ts';
import { resolveSignInSettings } from '../gateway/sign-in/sign-in-settings.ts';
import type { TokenVerifier } from '../gateway/token-verifier.ts';
import type { Configuration } from './configuration.ts';

export interface SignInOptions {
  readonly configuration: Configuration;
  readonly publicUrl: string;
  /** Issuer of the embedded provider. */
  readonly ownIssuer: string;
  readonly issuers: IssuersFile;
  readonly tokens: TokenVerifier;
  /** Where iam runs; undefined: in this process. */
  readonly iamUrl: string | undefined;
  readonly store: SharedStore | undefined;
  readonly log: Logger;
  readonly now: () => number;
}

/** Puts the sign-in of browsers together; requests for the embedded provider go through `app` where it runs here. */
export function createSignIn(app: FastifyInstance, options: SignInOptions): BrowserSignIn {
  const { configuration, ownIssuer, tokens, log, now } = options;
  const { environment, internalSecret: secret } = configuration;
  const settings = resolveSignInSettings(environment, options.publicUrl, ownIssuer, options.issuers.issuers);
  const send = settings.embedded ? sendToEmbedded(app, options.iamUrl) : sendToIssuer;
  const relyingParty = new RelyingParty({ settings, send, now });
  const fallback = environment.getString('PLINTH_SIGN_IN_FALLBACK') as SignInFallback;
  const store = createStore(options, fallback);
  const sessions = new EdgeSessions({ store, relyingParty, secret, log, now });
  return new BrowserSignIn({
    settings,
    relyingParty,
    sessions,
    secret,
    now,
    verify: (token) => tokens.verify(token),
  });
}

function createStore({ store, log, now }: SignInOptions, fallback: SignInFallback): EdgeSessionStore {
  const memory = new MemoryEdgeSessionStore(now);
  if (store === undefined) return memory;
  return new SharedEdgeSessionStore({ store, alone: fallback === 'alone' ? memory : undefined, log, now });
}
