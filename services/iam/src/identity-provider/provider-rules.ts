import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { InputFault } from '@plinth/contracts';
import { assertFetchable, OutboundUrlRefusedError } from '@plinth/common';
import type { IdentityProvider } from './identity-provider.ts';
import { secretFieldOf, type ProviderSettings } from './provider-settings.ts';

export interface CheckedProvider {
  readonly provider: Pick<IdentityProvider, 'tenantId' | 'settings' | 'homeRealm' | 'joinRole' | 'trustEmail'>;
  readonly secret: string | undefined;
  /** Whether its URLs may lead to hosts that are not on the public internet, or be plain HTTP. */
  readonly allowPrivate: boolean;
}

/** What is wrong with a provider, as far as can be told without asking anybody. */
export function checkProvider({ provider, secret, allowPrivate }: CheckedProvider): InputFault[] {
  const { settings } = provider;
  const field = secretFieldOf(settings.kind);
  const faults: InputFault[] = [];
  if (field !== undefined && secret === undefined) faults.push({ path: `/settings/${field}`, message: 'is required' });
  if (provider.tenantId === null && provider.homeRealm)
    faults.push({ path: '/homeRealm', message: 'is for providers of a tenant' });
  if (provider.tenantId === null && provider.joinRole !== null)
    faults.push({ path: '/joinRole', message: 'is for providers of a tenant' });
  return [
    ...faults,
    ...checkSettings(settings, allowPrivate),
    ...(secret === undefined ? [] : checkSecret(settings, secret)),
  ];
}

function checkSettings(settings: ProviderSettings, allowPrivate: boolean): InputFault[] {
  switch (settings.kind) {
    case 'github':
      return checkUrl('baseUrl', settings.baseUrl, allowPrivate);
    case 'oidc':
      return [
        ...checkUrl('issuer', settings.issuer, allowPrivate),
        ...(settings.scopes.includes('openid') ? [] : [{ path: '/settings/scopes', message: 'must contain openid' }]),
      ];
    case 'saml':
      return checkSaml(settings, allowPrivate);
    default:
      return [];
  }
}

function checkSaml(settings: Extract<ProviderSettings, { kind: 'saml' }>, allowPrivate: boolean): InputFault[] {
  const { entityId, ssoUrl, certificates, metadataUrl } = settings;
  const missing = (field: string) => ({
    path: `/settings/${field}`,
    message: 'is required: give it, the metadata, or the URL of the metadata',
  });
  return [
    ...(metadataUrl === undefined ? [] : checkUrl('metadataUrl', metadataUrl, allowPrivate)),
    ...(entityId === undefined ? [missing('entityId')] : []),
    ...(ssoUrl === undefined ? [missing('ssoUrl')] : checkUrl('ssoUrl', ssoUrl, allowPrivate)),
    ...(certificates === undefined || certificates.length === 0
      ? [missing('certificates')]
      : certificates.flatMap((pem, index) =>
          isCertificate(pem)
            ? []
            : [{ path: `/settings/certificates/${index}`, message: 'must be an X.509 certificate in PEM form' }],
        )),
  ];
}

function checkUrl(field: string, url: string, allowPrivate: boolean): InputFault[] {
  try {
    assertFetchable(url, allowPrivate);
    return [];
  } catch (error) {
    if (!(error instanceof OutboundUrlRefusedError)) throw error;
    return [{ path: `/settings/${field}`, message: `is refused: ${String(error.details?.['reason'])}` }];
  }
}

function checkSecret(settings: ProviderSettings, secret: string): InputFault[] {
  if (settings.kind !== 'apple') return [];
  try {
    const key = createPrivateKey(secret);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return [];
  } catch {
    // Reported below, as for a key of another kind.
  }
  return [{ path: '/settings/privateKey', message: 'must be a P-256 private key in PEM form, as Apple hands it out' }];
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/**
 * Whether the secret of before may go on with other settings. Whoever may change a provider may not see its secret:
 * sent to another issuer, they would.
 */
export function mayKeepSecret(before: ProviderSettings, after: ProviderSettings): boolean {
  const target = (settings: ProviderSettings) =>
    JSON.stringify([
      settings.kind,
      'clientId' in settings && settings.clientId,
      'issuer' in settings && settings.issuer,
      'baseUrl' in settings && settings.baseUrl,
      'teamId' in settings && [settings.teamId, settings.keyId],
    ]);
  return target(before) === target(after);
}
