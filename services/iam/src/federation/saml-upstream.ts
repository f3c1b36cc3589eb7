import { X509Certificate } from 'node:crypto';
import type { SAML } from '@node-saml/node-saml';
import type { SettingsOf } from '../identity-provider/provider-settings.ts';
import { parseSamlMetadata } from '../identity-provider/saml-metadata.ts';
import { FederationDeniedError, FederationRefusedError } from './federation.errors.ts';
import { assertSamlText, readAssertion } from './saml-assertion.ts';
import {
  runCheck,
  type ConnectionCheck,
  type Flow,
  type Upstream,
  type UpstreamContext,
  type UpstreamProfile,
} from './upstream.ts';

const clockSkewMs = 60_000;
const longestAgeMs = 10 * 60_000;

/** The SAML settings with everything that signing in needs. */
export type CompleteSaml = SettingsOf<'saml'> & {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly certificates: readonly string[];
};

/**
 * Signs in by SAML 2.0 (Web Browser SSO: request by redirect, answer by post), begun by us alone. node-saml verifies
 * the signature of the assertion, its time and its audience and goes on with what was signed and nothing else; whom
 * the assertion was made for, and in answer to what, is then read from the signed part.
 */
export class SamlUpstream implements Upstream {
  readonly #settings: CompleteSaml;
  readonly #context: UpstreamContext;

  constructor(settings: CompleteSaml, context: UpstreamContext) {
    this.#settings = settings;
    this.#context = context;
  }

  async start(flow: Flow): Promise<URL> {
    const saml = await this.#build(flow);
    return new URL(await saml.getAuthorizeUrlAsync(flow.state, undefined, {}));
  }

  async finish(answer: URLSearchParams, flow: Flow): Promise<UpstreamProfile> {
    const encoded = answer.get('SAMLResponse') ?? '';
    assertSamlText(Buffer.from(encoded, 'base64').toString('utf8'), flow.callbackUrl);
    const saml = await this.#build(flow);
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: encoded }).catch((error: unknown) => {
      const status = (error as { xmlStatus?: string }).xmlStatus ?? '';
      if (/status:(?:RequestDenied|AuthnFailed)/.test(status)) throw new FederationDeniedError();
      throw new FederationRefusedError('the SAML response does not hold', error);
    });
    if (profile?.getAssertion === undefined) throw new FederationRefusedError('the SAML response has no assertion');
    return readAssertion(profile.getAssertion(), (profile['attributes'] ?? {}) as Record<string, unknown>, {
      settings: this.#settings,
      flow,
    });
  }

  async check(): Promise<ConnectionCheck[]> {
    const { metadataUrl, certificates } = this.#settings;
    const now = this.#context.now();
    const keys = await runCheck('certificates', async () => {
      const ends = certificates.map((pem) => new X509Certificate(pem).validToDate);
      const live = ends.filter((end) => end > now);
      if (live.length === 0) throw new Error('every certificate has expired');
      return `${live.length} of ${ends.length} certificates are valid`;
    });
    if (metadataUrl === undefined) return [keys];
    const metadata = await runCheck('metadata', async () => {
      const response = await this.#context.fetch(metadataUrl, {});
      if (!response.ok) throw new Error(`${metadataUrl} answered ${response.status}`);
      const read = await parseSamlMetadata(await response.text(), '/settings/metadataUrl');
      const known = new Set(certificates.map((pem) => new X509Certificate(pem).fingerprint256));
      const fresh = read.certificates.filter((pem) => !known.has(new X509Certificate(pem).fingerprint256));
      if (read.entityId !== this.#settings.entityId) throw new Error(`it is of another provider, ${read.entityId}`);
      if (fresh.length > 0)
        throw new Error(`it has ${fresh.length} certificates that are not known here; send the settings again`);
      return 'it says what the settings say';
    });
    return [keys, metadata];
  }

  async #build(flow: Flow): Promise<SAML> {
    const { SAML, ValidateInResponseTo } = await import('@node-saml/node-saml');
    const { ssoUrl, entityId, certificates } = this.#settings;
    const issued = this.#context.now().toISOString();
    return new SAML({
      issuer: flow.entityId,
      callbackUrl: flow.callbackUrl,
      audience: flow.entityId,
      entryPoint: ssoUrl,
      idpIssuer: entityId,
      idpCert: [...certificates],
      wantAssertionsSigned: true,
      // A response around the signed assertion adds nothing; many providers sign one of the two.
      wantAuthnResponseSigned: false,
      identifierFormat: null,
      disableRequestedAuthnContext: true,
      acceptedClockSkewMs: clockSkewMs,
      maxAssertionAgeMs: longestAgeMs,
      generateUniqueId: () => flow.requestId,
      // The request that this browser made, and no other one.
      validateInResponseTo: ValidateInResponseTo.always,
      cacheProvider: {
        saveAsync: async () => null,
        getAsync: async (id) => (id === flow.requestId ? issued : null),
        removeAsync: async () => null,
      },
    });
  }
}

/** What a SAML provider has to know of us (SAML 2.0 Metadata). */
export async function renderSamlMetadata(entityId: string, callbackUrl: string): Promise<string> {
  const { generateServiceProviderMetadata } = await import('@node-saml/node-saml');
  return generateServiceProviderMetadata({
    issuer: entityId,
    callbackUrl,
    identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    wantAssertionsSigned: true,
    generateUniqueId: () => '_plinth',
  });
}
