import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { DescriptionNotLoadedError } from './description.errors.ts';
import type { PlatformDescription } from './platform-description.ts';

/** Fields without which nothing can be resolved; types promise them, and Node.js strips types without a look. */
const needed = ['name', 'domain', 'registry', 'version', 'targets', 'environments'] as const;

/** Loads the export `platform` of a description's file. Node.js 24 strips its types. */
export async function loadDescription(file: string): Promise<PlatformDescription> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new DescriptionNotLoadedError(file, new Error('there is no such file'));
  if (found.isDirectory()) throw new DescriptionNotLoadedError(file, new Error('it is a folder'));
  let module: { readonly platform?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module;
  } catch (error) {
    throw new DescriptionNotLoadedError(file, error);
  }
  const description = module.platform;
  if (typeof description !== 'object' || description === null)
    throw new DescriptionNotLoadedError(file, new Error('it does not export const platform = definePlatform({ … })'));
  const missing = needed.filter((field) => (description as Partial<PlatformDescription>)[field] === undefined);
  if (missing.length > 0)
    throw new DescriptionNotLoadedError(file, new Error(`its platform has no ${missing.join(', no ')}`));
  return description as PlatformDescription;
}
