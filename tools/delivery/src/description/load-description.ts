import { pathToFileURL } from 'node:url';
import { DescriptionNotLoadedError } from './description.errors.ts';
import type { PlatformDescription } from './platform-description.ts';

/** Loads the export `platform` of a description's file. Node.js 24 strips its types. */
export async function loadDescription(file: string): Promise<PlatformDescription> {
  let module: { readonly platform?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    throw new DescriptionNotLoadedError(file, error);
  }
  const description = module.platform;
  if (typeof description !== 'object' || description === null || !('environments' in description))
    throw new DescriptionNotLoadedError(file, new Error('it does not export const platform = definePlatform({ … })'));
  return description as PlatformDescription;
}
