import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { DemoFileDamagedError } from './demo.errors.ts';

const credentialsSchema = z.strictObject({
  email: z.email(),
  password: z.string().min(10),
  organizationId: z.string().optional(),
  tenantId: z.string().optional(),
  apiKey: z.string().optional(),
});

/** Who the demo is; grows step by step, each step stored before the next one begins. */
export type DemoCredentials = z.output<typeof credentialsSchema>;

export const demoEmail = 'demo@plinth.localhost';

/** Where the demo's credentials are kept. */
export function demoFileIn(dataDirectory: string): string {
  return join(dataDirectory, 'demo.json');
}

/** Reads the credentials, or draws a password and stores it: it must outlive a crash right after the sign-up. */
export async function loadDemoCredentials(dataDirectory: string): Promise<DemoCredentials> {
  const file = demoFileIn(dataDirectory);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    const credentials = { email: demoEmail, password: randomBytes(18).toString('base64url') };
    await saveDemoCredentials(dataDirectory, credentials);
    return credentials;
  }
  try {
    return credentialsSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new DemoFileDamagedError(file, error);
  }
}

/** Replaces the file as a whole, readable by its owner alone, on disk before this resolves. */
export async function saveDemoCredentials(dataDirectory: string, credentials: DemoCredentials): Promise<void> {
  const file = demoFileIn(dataDirectory);
  await mkdir(dataDirectory, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(credentials, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncDirectory(dirname(file));
}

/** Some systems cannot open a directory; there the rename alone has to do. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
