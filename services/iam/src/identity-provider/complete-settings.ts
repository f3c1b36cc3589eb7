import { splitSecret, type GivenSettings, type ProviderSettings } from './provider-settings.ts';
import { parseSamlMetadata } from './saml-metadata.ts';

/** Settings with everything that metadata says, and the secret apart from them. */
export async function completeSettings(
  given: GivenSettings,
  fetchText: (url: string) => Promise<string>,
): Promise<{ settings: ProviderSettings; secret: string | undefined }> {
  if (given.kind !== 'saml') return splitSecret(given);
  const { metadata, ...settings } = given;
  const { metadataUrl } = settings;
  if (metadata === undefined && metadataUrl === undefined) return { settings, secret: undefined };
  const read =
    metadata === undefined
      ? await parseSamlMetadata(await fetchText(metadataUrl!), '/settings/metadataUrl')
      : await parseSamlMetadata(metadata, '/settings/metadata');
  return { settings: { ...settings, ...read }, secret: undefined };
}
