import { MetadataInvalidError } from './identity-provider.errors.ts';

/** What the metadata of a SAML provider says. */
export interface SamlMetadata {
  readonly entityId: string;
  readonly ssoUrl: string;
  /** PEM, those that sign. */
  readonly certificates: string[];
}

/** The part of an element of a document that is used here. */
interface XmlElement {
  readonly parentNode: XmlElement | null;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
}

const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const longestMetadata = 500_000;

/**
 * Reads the metadata of one identity provider (SAML 2.0 Metadata, section 2.4.3). Throws `MetadataInvalidError` with
 * the path of the field that the text came from. Whoever hands it over answers for it: a signature is not looked at.
 */
export async function parseSamlMetadata(text: string, path: string): Promise<SamlMetadata> {
  const refuse = (reason: string): never => {
    throw new MetadataInvalidError(path, reason);
  };
  if (text.length > longestMetadata) refuse(`it is longer than ${longestMetadata} characters`);
  // Definitions of entities are how XML is made to read files or to fill the memory; metadata has no use for them.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) refuse('it has a document type definition');
  const { parseDomFromString, xpath } = await import('@node-saml/node-saml/lib/xml.js');
  const document = await parseDomFromString(text).catch(() => refuse('it is no XML'));
  const select = (node: unknown, path: string): XmlElement[] => xpath.selectElements(node as never, path);
  const roles = select(document, `//*[local-name()='IDPSSODescriptor']`);
  if (roles.length !== 1) refuse(`it describes ${roles.length} identity providers instead of one`);
  const role = roles[0]!;
  const entityId = role.parentNode?.getAttribute('entityID') ?? '';
  if (entityId === '') refuse('it has no entityID');
  const services = select(role, `./*[local-name()='SingleSignOnService']`);
  const service = services.find((candidate) => candidate.getAttribute('Binding') === redirectBinding);
  if (service === undefined) refuse('it has no SingleSignOnService with the HTTP-Redirect binding');
  const keys = select(
    role,
    `./*[local-name()='KeyDescriptor' and (not(@use) or @use='signing')]//*[local-name()='X509Certificate']`,
  );
  if (keys.length === 0) refuse('it has no certificate to verify signatures with');
  const certificates = keys.map((key) => toPem(key.textContent ?? ''));
  return { entityId, ssoUrl: service!.getAttribute('Location') ?? '', certificates };
}

function toPem(base64: string): string {
  const lines = base64.replaceAll(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
