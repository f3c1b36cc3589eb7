import type { Platform } from '@plinth/server';
import { DatabaseLostError } from './instance.errors.ts';

/** Waits until the process is asked to stop, then stops the platform. Throws when its database ends first. */
export async function waitForEnd(platform: Platform, stop: AbortSignal): Promise<void> {
  const asked = new Promise<'asked'>((resolve) => {
    if (stop.aborted) resolve('asked');
    stop.addEventListener('abort', () => resolve('asked'), { once: true });
  });
  // Nothing else may be left that keeps the process alive, for example with the embedded database gone.
  const alive = setInterval(() => {}, 60_000);
  try {
    const reason = await Promise.race([asked, platform.databaseLost.then(() => 'lost' as const)]);
    await platform.stop();
    if (reason === 'lost') throw new DatabaseLostError();
  } finally {
    clearInterval(alive);
  }
}
