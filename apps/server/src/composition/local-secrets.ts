import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.strictObject({ internal: z.string().min(32), database: z.string().min(32) });

export type LocalSecrets = z.infer<typeof secretsSchema>;

/** Secrets of an embedded platform: made at the first start, kept in `<data>/secrets.json` for its owner alone. */
export async function loadLocalSecrets(dataDirectory: string): Promise<LocalSecrets> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o755 });
  const path = join(dataDirectory, 'secrets.json');
  const existing = await readFile(path, 'utf8').catch(() => undefined);
  if (existing !== undefined) return secretsSchema.parse(JSON.parse(existing));
  const secrets = { internal: randomBytes(32).toString('base64url'), database: randomBytes(32).toString('base64url') };
  const draft = `${path}.${process.pid}`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(secrets));
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(draft, 0o600);
  await rename(draft, path);
  return secrets;
}
