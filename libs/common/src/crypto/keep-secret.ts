import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../config/secret.ts';

/** The secret in a file of ours; made when there is none. Of processes that make it at once, one wins. */
export async function keepSecret(directory: string, name: string): Promise<Secret> {
  const file = join(directory, name);
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing !== undefined) return new Secret(existing);
  await mkdir(directory, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    // Unlike a rename, a link does not replace what another process has put there.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return new Secret(await readFile(file, 'utf8'));
}
