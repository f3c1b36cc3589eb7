import type { ResolvedPlatform } from '../../model/platform-model.ts';

/** Seconds that an access token is good for. */
export const accessTokenSeconds = 900;
/** Seconds without use after which a session ends. */
export const sessionIdleSeconds = 1800;
/** Seconds after which a session ends in any case. */
export const sessionSeconds = 36_000;

/** Fields of the realm that are the same for every platform (RealmRepresentation of Keycloak 26). */
export function realmSettings(platform: ResolvedPlatform) {
  return {
    realm: platform.identity.realm,
    displayName: platform.title,
    enabled: true,
    sslRequired: 'external',
    ...signIn(platform),
    ...bruteForceProtection,
    ...sessions,
    ...secondFactors(platform),
    ...events,
    browserSecurityHeaders,
    defaultSignatureAlgorithm: 'RS256',
    passwordPolicy: 'length(12) and maxLength(128) and notUsername and notEmail and passwordHistory(5)',
  };
}

function signIn(platform: ResolvedPlatform) {
  const mailServer = findMailServer(platform);
  return {
    registrationAllowed: false,
    registrationEmailAsUsername: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    resetPasswordAllowed: true,
    editUsernameAllowed: false,
    rememberMe: false,
    // Without a mail server nobody could ever verify an address, and so nobody could sign in.
    verifyEmail: mailServer !== undefined,
    ...(mailServer === undefined ? {} : { smtpServer: mailServer }),
  };
}

function findMailServer({ components, workloads, domain, title }: ResolvedPlatform) {
  const component = components.find(({ entry }) => entry.name === 'mailpit');
  const workload = workloads.find(({ name }) => name === component?.name);
  if (workload === undefined) return undefined;
  return { host: workload.name, port: '1025', from: `no-reply@${domain}`, fromDisplayName: title };
}

const bruteForceProtection = {
  bruteForceProtected: true,
  permanentLockout: false,
  maxTemporaryLockouts: 0,
  // Each failure beyond the fifth makes the wait longer; with MULTIPLE only each fifth one does.
  bruteForceStrategy: 'LINEAR',
  failureFactor: 5,
  waitIncrementSeconds: 60,
  maxFailureWaitSeconds: 900,
  maxDeltaTimeSeconds: 43_200,
  quickLoginCheckMilliSeconds: 1000,
  minimumQuickLoginWaitSeconds: 60,
};

const sessions = {
  accessTokenLifespan: accessTokenSeconds,
  ssoSessionIdleTimeout: sessionIdleSeconds,
  ssoSessionMaxLifespan: sessionSeconds,
  clientSessionIdleTimeout: sessionIdleSeconds,
  clientSessionMaxLifespan: sessionSeconds,
  accessCodeLifespan: 60,
  revokeRefreshToken: true,
  refreshTokenMaxReuse: 0,
};

const events = {
  eventsEnabled: true,
  eventsExpiration: 2_592_000,
  eventsListeners: ['jboss-logging'],
  adminEventsEnabled: true,
  adminEventsDetailsEnabled: true,
};

const browserSecurityHeaders = {
  contentSecurityPolicy: "frame-src 'self'; frame-ancestors 'self'; object-src 'none';",
  contentSecurityPolicyReportOnly: '',
  xContentTypeOptions: 'nosniff',
  xFrameOptions: 'SAMEORIGIN',
  xRobotsTag: 'none',
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
};

/** One-time codes that every authenticator understands, and passkeys as second factor or alone. */
function secondFactors({ title }: ResolvedPlatform) {
  const policy = {
    RpEntityName: title,
    SignatureAlgorithms: ['ES256', 'RS256'],
    RpId: '',
    AttestationConveyancePreference: 'none',
    AuthenticatorAttachment: 'not specified',
    RequireResidentKey: 'not specified',
    UserVerificationRequirement: 'preferred',
    CreateTimeout: 0,
    AvoidSameAuthenticatorRegister: true,
    AcceptableAaguids: [],
  };
  const passwordless = { ...policy, RequireResidentKey: 'Yes', UserVerificationRequirement: 'required' };
  return {
    otpPolicyType: 'totp',
    // Other algorithms are ignored by common authenticators, whose codes then never match.
    otpPolicyAlgorithm: 'HmacSHA1',
    otpPolicyDigits: 6,
    otpPolicyPeriod: 30,
    otpPolicyLookAheadWindow: 1,
    otpPolicyCodeReusable: false,
    ...withPrefix('webAuthnPolicy', policy),
    ...withPrefix('webAuthnPolicyPasswordless', passwordless),
    webAuthnPolicyPasswordlessPasskeysEnabled: true,
  };
}

function withPrefix(prefix: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}
