import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const instanceSchema = z.object({ url: z.url(), pid: z.int().min(1), startedAt: z.string() });

/** A platform that says it runs on a data directory. */
export type Instance = z.output<typeof instanceSchema>;

/** What `<data>/instance.json` says; undefined when there is none, it is damaged, or its process is gone. */
export async function findInstance(dataDirectory: string): Promise<Instance | undefined> {
  const text = await readFile(join(dataDirectory, 'instance.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = instanceSchema.safeParse(parseJson(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : undefined;
}

/** The platform that runs on a data directory and answers; a file left behind by a killed one is not believed. */
export async function findRunningInstance(dataDirectory: string): Promise<Instance | undefined> {
  const instance = await findInstance(dataDirectory);
  return instance === undefined || (await checkInstance(instance)) === 'unavailable' ? undefined : instance;
}

/** How an instance answers: ready, not ready, or not at all. */
export async function checkInstance(instance: Instance): Promise<'ready' | 'degraded' | 'unavailable'> {
  try {
    const response = await fetch(`${instance.url}/health/ready`, { signal: AbortSignal.timeout(3000) });
    const body = z.object({ status: z.string() }).safeParse(await response.json());
    if (!response.ok || !body.success) return 'unavailable';
    return body.data.status === 'degraded' ? 'degraded' : 'ready';
  } catch {
    return 'unavailable';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
