import { inflateRawSync } from 'node:zlib';
import { signXml } from '@node-saml/node-saml/lib/xml.js';
import { samlCertificate, samlKey } from './saml-key.ts';

export const samlEntityId = 'https://saml.idp.test/metadata';
export const samlSettings = {
  kind: 'saml',
  entityId: samlEntityId,
  ssoUrl: 'https://saml.idp.test/sso',
  certificates: [samlCertificate],
} as const;

/** A request that a browser brought to the provider. */
export interface SamlRequest {
  readonly id: string;
  readonly acsUrl: string;
  readonly issuer: string;
  readonly relayState: string;
}

export function readSamlRequest(location: string): SamlRequest {
  const { searchParams } = new URL(location);
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest')!, 'base64')).toString('utf8');
  const find = (pattern: RegExp) => pattern.exec(xml)![1]!;
  return {
    id: find(/\bID="([^"]+)"/),
    acsUrl: find(/AssertionConsumerServiceURL="([^"]+)"/),
    issuer: find(/<saml:Issuer[^>]*>([^<]+)</),
    relayState: searchParams.get('RelayState')!,
  };
}

/** What is peculiar in an assertion; the rest is as it should be. */
export interface AssertionChanges {
  readonly id?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly recipient?: string;
  readonly inResponseTo?: string | null;
  readonly responseTo?: string;
  readonly destination?: string;
  readonly nameId?: string;
  readonly format?: string;
  readonly email?: string;
  readonly attributes?: string;
  readonly level?: string;
  readonly method?: string;
  /** Milliseconds from now. */
  readonly issuedAt?: number;
  readonly validUntil?: number;
}

const names = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

/** An assertion without a signature, as the request asks for it. */
export function buildAssertion(request: SamlRequest, changes: AssertionChanges = {}): string {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const { issuedAt = 0, validUntil = 60_000, inResponseTo = request.id } = changes;
  const answers = inResponseTo === null ? '' : ` InResponseTo="${inResponseTo}"`;
  const format = changes.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
  const email = changes.email ?? 'ann@saml.test';
  return `<saml:Assertion ${names} ID="${changes.id ?? `_a${Math.random().toString(36).slice(2)}`}" Version="2.0" IssueInstant="${at(issuedAt)}"><saml:Issuer>${changes.issuer ?? samlEntityId}</saml:Issuer><saml:Subject><saml:NameID Format="${format}">${changes.nameId ?? 'ann-at-saml'}</saml:NameID><saml:SubjectConfirmation Method="${changes.method ?? 'urn:oasis:names:tc:SAML:2.0:cm:bearer'}"><saml:SubjectConfirmationData NotOnOrAfter="${at(validUntil)}" Recipient="${changes.recipient ?? request.acsUrl}"${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(issuedAt - 1000)}" NotOnOrAfter="${at(validUntil)}"><saml:AudienceRestriction><saml:Audience>${changes.audience ?? request.issuer}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(issuedAt)}"><saml:AuthnContext><saml:AuthnContextClassRef>${changes.level ?? 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password'}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>${email}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="givenName"><saml:AttributeValue>Ann</saml:AttributeValue></saml:Attribute><saml:Attribute Name="sn"><saml:AttributeValue>Saml</saml:AttributeValue></saml:Attribute>${changes.attributes ?? ''}</saml:AttributeStatement></saml:Assertion>`;
}

/** The assertion with the provider's signature in it. */
export function signAssertion(
  assertion: string,
  { privateKey = samlKey, algorithm = 'sha256' }: { privateKey?: string; algorithm?: 'sha1' | 'sha256' } = {},
): string {
  return signXml(
    assertion,
    `//*[local-name(.)='Assertion']`,
    { reference: `//*[local-name(.)='Issuer']`, action: 'after' },
    { privateKey, signatureAlgorithm: algorithm, digestAlgorithm: algorithm },
  );
}

/** A response around whatever is given, as a form field. */
export function wrapResponse(request: SamlRequest, content: string, changes: AssertionChanges = {}): string {
  return encode(
    `<samlp:Response ${names} ID="_r${Math.random().toString(36).slice(2)}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${changes.destination ?? request.acsUrl}" InResponseTo="${changes.responseTo ?? request.id}"><saml:Issuer>${samlEntityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${content}</samlp:Response>`,
  );
}

export function encode(xml: string): string {
  return Buffer.from(xml).toString('base64');
}

/** A sound answer to a request. */
export function respond(request: SamlRequest, changes: AssertionChanges = {}): string {
  return wrapResponse(request, signAssertion(buildAssertion(request, changes)), changes);
}

const signingKey = `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${samlCertificate.replaceAll(/-----[^-]+-----/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const singleSignOn =
  '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://saml.idp.test/sso"/>';

/** The provider's metadata, with parts of it changed. */
export function samlMetadata({ prefix = '', key = signingKey, sso = singleSignOn } = {}): string {
  return `${prefix}<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${samlEntityId}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${key}${sso}</md:IDPSSODescriptor></md:EntityDescriptor>`;
}
