import type { ExternalIssuer } from '@plinth/contracts';
import { ConfigurationError, type ParsedEnvironment, type Secret, type VariableFault } from '@plinth/common';

/** Where browsers are signed in, and by whom. */
export interface SignInSettings {
  readonly issuer: string;
  /** Address of its discovery document where it is not the usual one below the issuer. */
  readonly discoveryUrl: string | undefined;
  /** The issuer is the platform's own provider: on its own origin its session cookie is enough. */
  readonly embedded: boolean;
  readonly clientId: string;
  readonly clientSecret: Secret | undefined;
  readonly publicOrigin: string;
  /** Every origin whose browsers are signed in, the public one among them. */
  readonly origins: ReadonlySet<string>;
}

/**
 * Reads the settings of `PLINTH_SIGN_IN_*`; `ownIssuer` is the embedded provider's, `issuers` are those of
 * `PLINTH_ISSUERS_FILE`. Names every fault at once.
 */
export function resolveSignInSettings(
  environment: ParsedEnvironment,
  publicUrl: string,
  ownIssuer: string,
  issuers: readonly ExternalIssuer[] = [],
): SignInSettings {
  const faults: VariableFault[] = [];
  const origins = environment.getList('PLINTH_SIGN_IN_ORIGINS').flatMap((text) => {
    const origin = URL.parse(text)?.origin;
    if (origin !== undefined && origin === text && /^https?:/.test(text)) return [origin];
    faults.push({ variable: 'PLINTH_SIGN_IN_ORIGINS', message: `"${text}" is not scheme://host without a path` });
    return [];
  });
  const issuer = environment.findString('PLINTH_SIGN_IN_ISSUER') ?? ownIssuer;
  const external = issuers.find((known) => known.issuer === issuer);
  // People who signed in where nobody takes their tokens would get nowhere.
  if (issuer !== ownIssuer && external === undefined)
    faults.push({ variable: 'PLINTH_SIGN_IN_ISSUER', message: `"${issuer}" is not an issuer of PLINTH_ISSUERS_FILE` });
  if (faults.length > 0) throw new ConfigurationError(faults);
  const publicOrigin = new URL(publicUrl).origin;
  return {
    issuer,
    discoveryUrl: external?.discoveryUrl,
    embedded: issuer === ownIssuer,
    clientId: environment.getString('PLINTH_SIGN_IN_CLIENT_ID'),
    clientSecret: environment.findSecret('PLINTH_SIGN_IN_CLIENT_SECRET'),
    publicOrigin,
    origins: new Set([publicOrigin, ...origins]),
  };
}
