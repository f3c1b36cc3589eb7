import { AsyncLocalStorage } from 'node:async_hooks';
import { newId, type Secret } from '@plinth/common';
import type { Pool } from 'pg';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { signingKeyGraceSeconds } from './signing-key.store.ts';

/** Seconds without a request after which a session ends. */
export const sessionIdleSeconds = 1800;
/** A session's end is moved at most this often, so that reading does not write each time. */
export const sessionRefreshSeconds = 60;

/** Where the embedded provider's tables live. */
export const identitySchema = 'auth';

/** What the platform adds to an access token. */
export interface AccessTokenClaims {
  readonly tenant_id?: string;
  readonly organization_id?: string;
  readonly roles: readonly string[];
  readonly email: string;
}

export interface IdentityProviderOptions {
  /** Its role must be able to reach the schema `auth`. */
  readonly pool: Pool;
  /** URL under which browsers reach the platform, without a slash at its end. */
  readonly baseUrl: string;
  readonly basePath: string;
  /** Signs session cookies and encrypts the signing keys at rest; at least 32 characters. */
  readonly secret: Secret;
  readonly trustedOrigins: readonly string[];
  readonly cookieSecure: boolean;
  readonly selfRegistration: boolean;
  readonly audience: string;
  readonly accessTokenLifetimeSeconds: number;
  readonly definePayload: (
    user: { readonly id: string; readonly email: string },
    requestedTenant: string | undefined,
  ) => Promise<AccessTokenClaims>;
  readonly onError: (message: string, detail: readonly unknown[]) => void;
}

/** An issuer of sessions and access tokens that answers Web requests below its base path. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Answers one request, or undefined for what it does not serve; an access token is for `requestedTenant`. */
  handle(request: Request, requestedTenant?: string): Promise<Response | undefined>;
  /** Loads the library and makes the first signing key, so that the first sign-in does not wait for it. */
  warmUp(): Promise<void>;
}

// Everything else that the library offers stays shut: it would bypass our own sessions, events or mail.
const servedPaths: ReadonlySet<string> = new Set([
  'POST /sign-up/email',
  'POST /sign-in/email',
  'POST /sign-out',
  'POST /change-password',
  'GET /get-session',
  'GET /token',
  'GET /jwks',
]);

/** Header in which the plugin tells the library the client's address, which it has from the connection. */
export const clientAddressHeader = 'x-plinth-client-address';

/** The embedded identity provider. The library is loaded on first use: it costs 0.3 s and 30 MB. */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const issuer = options.baseUrl + options.basePath;
  const tenant = new AsyncLocalStorage<string | undefined>();
  let loading: ReturnType<typeof loadLibrary> | undefined;
  const library = () => {
    loading ??= loadLibrary(options, issuer, () => tenant.getStore());
    // A failed load is tried again by the next request.
    loading.catch(() => (loading = undefined));
    return loading;
  };

  return {
    issuer,
    async handle(request, requestedTenant) {
      const path = new URL(request.url).pathname.slice(options.basePath.length);
      if (!servedPaths.has(`${request.method} ${path}`)) return undefined;
      const auth = await library();
      return tenant.run(requestedTenant, () => auth.handler(request));
    },
    async warmUp() {
      const auth = await library();
      await auth.api.getJwks();
    },
  };
}

async function loadLibrary(options: IdentityProviderOptions, issuer: string, findTenant: () => string | undefined) {
  const [{ betterAuth }, { createAuthMiddleware }, { jwt }, { PostgresDialect }] = await Promise.all([
    import('better-auth'),
    import('better-auth/api'),
    import('better-auth/plugins/jwt'),
    import('kysely'),
  ]);
  const auth = betterAuth({
    appName: 'Plinth',
    baseURL: new URL(options.baseUrl).origin,
    basePath: options.basePath,
    secret: options.secret.reveal(),
    trustedOrigins: [...options.trustedOrigins],
    database: {
      dialect: new PostgresDialect({ pool: options.pool }),
      type: 'postgres',
      schemaName: identitySchema,
      // User, credential account and the outbox row that a trigger writes stand or fall together.
      transaction: true,
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: !options.selfRegistration,
      minPasswordLength: 10,
      maxPasswordLength: 256,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    account: { encryptOAuthTokens: true, accountLinking: { enabled: false } },
    session: { expiresIn: sessionIdleSeconds, updateAge: sessionRefreshSeconds, freshAge: sessionIdleSeconds },
    databaseHooks: {
      session: {
        create: {
          // Without "remember me" the library would let a session live for a day, beyond the idle limit.
          before: (session) =>
            Promise.resolve({
              data: { ...session, expiresAt: new Date(Date.now() + sessionIdleSeconds * 1000) },
            }),
        },
      },
    },
    hooks: {
      // Whoever changes the password ends every other session, whether the client asks for it or not.
      before: createAuthMiddleware(async (context) =>
        context.path === '/change-password'
          ? { context: { body: { ...context.body, revokeOtherSessions: true } } }
          : undefined,
      ),
    },
    plugins: [
      jwt({
        // Signing for every look at the session would cost a signature that nobody asked for.
        disableSettingJwtHeader: true,
        jwks: {
          keyPairConfig: { alg: 'RS256', modulusLength: 2048 },
          rotationInterval: 90 * 24 * 3600,
          gracePeriod: signingKeyGraceSeconds,
        },
        jwt: {
          issuer,
          audience: options.audience,
          expirationTime: `${options.accessTokenLifetimeSeconds} s`,
          definePayload: async ({ user, session }) => ({
            ...(await options.definePayload(user, findTenant())),
            sid: session.id,
          }),
        },
      }),
    ],
    advanced: {
      cookiePrefix: 'plinth',
      useSecureCookies: options.cookieSecure,
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      // The migrations own the schema; a test compares them with what the library expects.
      database: { validateSchema: false, generateId: () => newId() },
    },
    // The gateway limits and counts; two limiters would contradict one another.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    experimental: { instrumentation: { enabled: false } },
    // What is not an answer of the library itself comes to us as it was thrown.
    onAPIError: { throw: true },
    // Without a level here: with one, the library also writes refused requests to the console by itself.
    logger: {
      log: (level, message, ...detail) => {
        if (level === 'error') options.onError(message, detail);
      },
    },
  });
  await auth.$context;
  return auth;
}
