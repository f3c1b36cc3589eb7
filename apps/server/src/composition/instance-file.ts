import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Tells other commands where the platform of a data directory is reached. */
export async function writeInstanceFile(dataDirectory: string, url: string, startedAt: Date): Promise<void> {
  await writeFile(
    join(dataDirectory, 'instance.json'),
    JSON.stringify({ url, pid: process.pid, startedAt: startedAt.toISOString() }),
    { mode: 0o644 },
  );
}

export async function removeInstanceFile(dataDirectory: string): Promise<void> {
  await rm(join(dataDirectory, 'instance.json'), { force: true });
}
