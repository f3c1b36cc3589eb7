import { iamContract, tenantContract } from '@plinth/contracts';
import type { FastifyInstance } from 'fastify';
import { Admission } from '../gateway/admission.ts';
import { Authentication } from '../gateway/authentication.ts';
import { trustEmbeddedIssuer, trustExternalIssuer } from '../gateway/issuer.ts';
import type { BrowserSignIn } from '../gateway/sign-in/browser-sign-in.service.ts';
import { TokenVerifier } from '../gateway/token-verifier.ts';
import type { HttpOptions } from './create-http.ts';
import { createSignIn } from './create-sign-in.ts';

/** Who may pass, and where browsers sign in; the latter is the gateway's alone. */
export interface Doors {
  readonly admission: Admission;
  readonly signIn: BrowserSignIn | undefined;
}

/** Puts together what finds out who sends a request. */
export function createAdmission(
  app: FastifyInstance,
  options: HttpOptions,
  isAllowedOrigin: (origin: string) => boolean,
): Doors {
  const { backend, configuration, gateway, log, publicUrl } = options;
  const now = Date.now;
  const identity = backend.contracts.client(iamContract);
  const ownIssuer = `${publicUrl}/api/v1/auth`;
  const { issuers } = configuration;
  const tokens = new TokenVerifier({
    issuers: [
      ...issuers.issuers.map((issuer) => trustExternalIssuer(issuer, { now, log })),
      trustEmbeddedIssuer(ownIssuer, identity, { now, log }),
    ],
    identity,
    now,
  });
  const isLocal = backend.services.some(({ definition }) => definition.manifest.name === 'iam');
  const signIn = gateway
    ? createSignIn(app, {
        configuration,
        publicUrl,
        ownIssuer,
        issuers,
        tokens,
        iamUrl: isLocal ? undefined : backend.contracts.urlOf('iam'),
        store: options.sharedStore,
        log,
        now,
      })
    : undefined;
  const authentication = new Authentication({
    identity,
    tokens,
    signIn,
    isAllowedOrigin,
    now,
    internalSecret: configuration.internalSecret,
    acceptInternalTokens: !gateway,
    publicOrigin: new URL(publicUrl).origin,
  });
  const tenants = backend.contracts.client(tenantContract);
  const limiter = gateway ? options.limiter : undefined;
  const quotas = options.usage?.quotas;
  return { admission: new Admission({ authentication, tenants, limiter, quotas, now }), signIn };
}
