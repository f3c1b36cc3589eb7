import type { ContractFunctions, ExternalIssuer, iamContract } from '@plinth/contracts';
import type { Logger } from '@plinth/common';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { readAccessToken, type AccessToken } from './access-token.ts';
import { readExternalToken } from './issuer-claims.ts';
import { loadIssuerKeys } from './issuer-discovery.ts';
import { IssuerKeys } from './issuer-keys.ts';

export const ACCESS_TOKEN_AUDIENCE = 'plinth-api';
/** Seconds by which the clock of another issuer may be wrong. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Whose tokens count, and what they must be like. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly keys: IssuerKeys;
  readonly rules: {
    readonly audience: string[];
    readonly algorithms: string[];
    readonly typ: string;
    readonly clockTolerance: number;
  };
  read(payload: JWTPayload): AccessToken;
}

interface Surroundings {
  readonly now: () => number;
  readonly log: Pick<Logger, 'warn'>;
}

/** The platform's own issuer. */
export function trustEmbeddedIssuer(
  issuer: string,
  identity: Pick<ContractFunctions<typeof iamContract>, 'listSigningKeys'>,
  surroundings: Surroundings,
): TrustedIssuer {
  return {
    issuer,
    keys: new IssuerKeys({
      ...surroundings,
      issuer,
      load: async () => (await identity.listSigningKeys({})) as unknown as JSONWebKeySet,
    }),
    rules: {
      audience: [ACCESS_TOKEN_AUDIENCE],
      algorithms: ['RS256', 'ES256'],
      // An id token of a client with the name of the API has the same issuer, audience and key.
      typ: 'at+jwt',
      clockTolerance: 0,
    },
    read: readAccessToken,
  };
}

/** An issuer of the file that `PLINTH_ISSUERS_FILE` names. */
export function trustExternalIssuer(configured: ExternalIssuer, surroundings: Surroundings): TrustedIssuer {
  const { issuer, audiences, algorithms, tokenType } = configured;
  return {
    issuer,
    keys: new IssuerKeys({ ...surroundings, issuer, load: () => loadIssuerKeys(configured) }),
    rules: {
      audience: audiences,
      algorithms,
      typ: tokenType,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    },
    read: (payload) => readExternalToken(configured, payload),
  };
}
