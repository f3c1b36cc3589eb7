import type { WorkloadVariable } from '../model/platform-model.ts';
import type { CoreInput, CoreParts } from './resolve-core.ts';
import { coreSecretOf } from './resolve-core-secrets.ts';

/** What a core service gets when nobody says otherwise. */
export const CORE_PORT = 3000;
/** Smallest pool that the server accepts, and what requirement 06 gives a back end. */
export const CORE_POOL = 10;

/** Only what differs from the code's own defaults: the process knows the rest. */
export function coreVariables(input: CoreInput, parts: CoreParts): WorkloadVariable[] {
  const { view } = input;
  const urls = parts.serviceUrls.map((name) => `${name}=http://${name}:${portOf(input, name)}`).join(',');
  const own: Readonly<Record<string, string>> = {
    PLINTH_ENVIRONMENT: view.environment,
    PLINTH_PUBLIC_URL: input.publicUrl,
    DATABASE_POOL_MAX: String(CORE_POOL),
    PLINTH_SERVICE_URLS: urls,
    PLINTH_CORS_ORIGINS: input.corsOrigins.join(','),
    // Pages that may ask at all may also sign somebody in.
    IAM_TRUSTED_ORIGINS: input.corsOrigins.join(','),
    IAM_PLATFORM_NAME: view.description.name,
    IAM_WEB_REDIRECT_URIS: input.surroundings.redirectUris.join(','),
    ...(parts.name === 'gateway' ? signInVariables(input) : {}),
    ...(isGiven('SMTP_URL', input, parts)
      ? { PLINTH_MAIL_FROM: `${view.description.name} <no-reply@${view.domain}>` }
      : {}),
    // The edge and the gateway stand in the platform's own networks.
    PLINTH_TRUSTED_PROXIES: 'loopback,uniquelocal',
    ...(input.issuers === undefined || !verifiesTokens(parts) ? {} : { PLINTH_ISSUERS_FILE: input.issuers.file.path }),
    ...(input.collector === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: input.collector }),
  };
  const pastPool = isDirect(parts) && input.pool !== input.database;
  const secrets = coreSecretOf(parts.name, pastPool);
  return parts.tables.flatMap((definition): WorkloadVariable[] => {
    const { name } = definition;
    if (definition.secret === true) {
      const secretFile = isGiven(name, input, parts) ? secrets(name) : undefined;
      return secretFile === undefined ? [] : [{ name: `${name}_FILE`, secretFile, definition }];
    }
    const value =
      view.variable(parts.name, name) ?? own[name] ?? definition.environments?.[view.environment] ?? undefined;
    return value === undefined || value === '' || value === definition.default ? [] : [{ name, value, definition }];
  });
}

/** Addresses that only some are given, and that not every platform has. */
function isGiven(variable: string, { surroundings }: CoreInput, { name, reaches }: CoreParts): boolean {
  if (variable === 'REDIS_URL') return name === 'gateway' && surroundings.sharedStore !== undefined;
  if (variable === 'SMTP_URL') return reaches?.includes('mail') === true && surroundings.mail !== undefined;
  // The web client is a public one.
  return variable !== 'PLINTH_SIGN_IN_CLIENT_SECRET';
}

/** Where the gateway signs browsers in, and who it is there. */
function signInVariables({ view, surroundings }: CoreInput): Readonly<Record<string, string>> {
  const { signInOrigins, signInIssuer } = surroundings;
  return {
    PLINTH_SIGN_IN_ORIGINS: signInOrigins.join(','),
    PLINTH_SIGN_IN_CLIENT_ID: `${view.description.name}-web`,
    ...(signInIssuer === undefined ? {} : { PLINTH_SIGN_IN_ISSUER: signInIssuer }),
  };
}

/** Migrations and sessions with settings of their own need a connection that is theirs alone. */
export function isDirect({ name, sessionConnections = 0 }: Pick<CoreParts, 'name' | 'sessionConnections'>): boolean {
  return name === 'migrate' || sessionConnections > 0;
}

/** Everything that answers callers; migrations do not. */
export function verifiesTokens({ name }: Pick<CoreParts, 'name'>): boolean {
  return name !== 'migrate';
}

function portOf(input: CoreInput, name: string): number {
  return input.manifests.find((manifest) => manifest.name === name)?.port ?? CORE_PORT;
}
