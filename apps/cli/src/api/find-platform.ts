import { resolve } from 'node:path';
import { findRunningInstance } from '../instance/instance-file.ts';
import { parsePlatformUrl } from './api-options.ts';
import { NoPlatformError } from './api.errors.ts';

/** The URL of the platform that `--url` names, or of the one that runs on `--data`. Throws where there is none. */
export async function findPlatformUrl({
  url,
  data,
}: {
  readonly url: string | undefined;
  readonly data: string;
}): Promise<string> {
  if (url !== undefined) return parsePlatformUrl(url);
  const directory = resolve(data);
  const instance = await findRunningInstance(directory);
  if (instance === undefined) throw new NoPlatformError(directory);
  return instance.url;
}
