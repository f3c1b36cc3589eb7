import { importPKCS8, SignJWT } from 'jose';
import type { SettingsOf } from '../identity-provider/provider-settings.ts';
import { nameOf, textOf, usedTwoFactors } from './claims.ts';
import { FederationRefusedError } from './federation.errors.ts';
import type { Claims, OpenidSettings } from './openid-upstream.ts';
import type { UpstreamProfile } from './upstream.ts';

const usual = { clientAuthentication: 'post', pkce: true, userInfo: false } as const;

function profileOf(claims: Claims, emailVerified: boolean): UpstreamProfile {
  return {
    issuer: String(claims['iss']),
    subject: String(claims['sub']),
    email: textOf(claims, 'email'),
    emailVerified,
    name: nameOf(claims),
    locale: textOf(claims, 'locale'),
    multiFactor: usedTwoFactors(claims, ['mfa']),
  };
}

/** Any OpenID provider: nothing but the standard. Only the JSON value true says that an address is verified. */
export function openidSettings(settings: SettingsOf<'oidc'>, secret: string): OpenidSettings {
  const { issuer, clientId, clientAuthentication, scopes, mapping, multiFactorValues } = settings;
  return {
    ...usual,
    issuer,
    clientId,
    clientSecret: async () => secret,
    clientAuthentication,
    scopes,
    userInfo: true,
    toProfile: (claims) => ({
      // The claim speaks of the standard one, not of another that the mapping names.
      ...profileOf(claims, claims['email_verified'] === true && (mapping.email ?? 'email') === 'email'),
      email: textOf(claims, mapping.email ?? 'email'),
      name: nameOf(claims, mapping),
      locale: textOf(claims, mapping.locale ?? 'locale'),
      multiFactor: usedTwoFactors(claims, multiFactorValues),
    }),
  };
}

/**
 * Google (developers.google.com/identity/openid-connect). It is the authority for addresses at gmail.com and, with a
 * claim hd, for those of a Workspace; others may have changed hands since Google looked.
 */
export function googleSettings(settings: SettingsOf<'google'>, secret: string): OpenidSettings {
  const { clientId, hostedDomain } = settings;
  return {
    ...usual,
    issuer: 'https://accounts.google.com',
    clientId,
    clientSecret: async () => secret,
    scopes: ['openid', 'email', 'profile'],
    ...(hostedDomain === undefined ? {} : { parameters: { hd: hostedDomain } }),
    toProfile: (claims) => {
      const workspace = textOf(claims, 'hd');
      if (hostedDomain !== undefined && workspace?.toLowerCase() !== hostedDomain.toLowerCase())
        throw new FederationRefusedError(`the account is not of the Workspace domain ${hostedDomain}`);
      const authority = workspace !== undefined || /@gmail\.com$/i.test(textOf(claims, 'email') ?? '');
      return profileOf(claims, claims['email_verified'] === true && authority);
    },
  };
}

const microsoft = 'https://login.microsoftonline.com';
const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad';
const directoryId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Microsoft Entra ID and personal accounts (learn.microsoft.com/entra/identity-platform). The issuer of a token names
 * the directory of the account; the metadata for several directories has a placeholder there, which openid-client
 * replaces by the claim tid. The subject is the object id, which stays when the application is registered anew, while
 * `sub` does not. Administrators of a directory write the claim email as they like: it counts only with xms_edov.
 */
export function microsoftSettings(settings: SettingsOf<'microsoft'>, secret: string): OpenidSettings {
  const { clientId, directory, allowedDirectories } = settings;
  return {
    ...usual,
    issuer: `${microsoft}/${directory}/v2.0`,
    clientId,
    clientSecret: async () => secret,
    scopes: ['openid', 'email', 'profile'],
    toProfile: (claims) => {
      const tid = textOf(claims, 'tid')?.toLowerCase() ?? '';
      if (!directoryId.test(tid) || claims['iss'] !== `${microsoft}/${tid}/v2.0`)
        throw new FederationRefusedError('the issuer is not the directory of the account');
      if (!isDirectoryAccepted(tid, directory, allowedDirectories))
        throw new FederationRefusedError(`accounts of the directory ${tid} are not accepted`);
      const owned = [true, 1, '1', 'true'].includes(claims['xms_edov'] as never);
      return { ...profileOf(claims, owned), subject: textOf(claims, 'oid') ?? String(claims['sub']) };
    },
  };
}

function isDirectoryAccepted(tid: string, directory: string, allowed: readonly string[]): boolean {
  if (allowed.length > 0 && !allowed.includes(tid)) return false;
  if (directory === 'common') return true;
  if (directory === 'organizations') return tid !== consumers;
  return tid === (directory === 'consumers' ? consumers : directory);
}

const apple = 'https://appleid.apple.com';
const appleSecretSeconds = 300;

/**
 * Apple (developer.apple.com/documentation/signinwithapplerestapi). The client secret is a JWT that the team's key
 * signs; the answer is posted as a form, and tells the name once, at the first sign-in, unsigned beside the code.
 * `email_verified` may be a text.
 */
export function appleSettings(settings: SettingsOf<'apple'>, privateKey: string, now: () => Date): OpenidSettings {
  const { clientId, teamId, keyId } = settings;
  return {
    ...usual,
    issuer: apple,
    clientId,
    clientSecret: async () => {
      const issuedAt = Math.floor(now().getTime() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: keyId })
        .setIssuer(teamId)
        .setSubject(clientId)
        .setAudience(apple)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + appleSecretSeconds)
        .sign(await importPKCS8(privateKey, 'ES256'));
    },
    scopes: ['openid', 'name', 'email'],
    // Not documented by Apple.
    pkce: false,
    parameters: { response_mode: 'form_post' },
    toProfile: (claims, form) => {
      const verified = claims['email_verified'] === true || claims['email_verified'] === 'true';
      return { ...profileOf(claims, verified), name: appleName(form.get('user')) };
    },
  };
}

/** Anybody could have changed it on its way: it is good for a name and nothing else. */
function appleName(user: string | null): string | undefined {
  try {
    const { name } = JSON.parse(user ?? '{}') as { name?: { firstName?: unknown; lastName?: unknown } };
    const parts = [name?.firstName, name?.lastName].filter((part) => typeof part === 'string' && part.trim() !== '');
    return parts.length === 0 ? undefined : parts.join(' ').slice(0, 200);
  } catch {
    return undefined;
  }
}
