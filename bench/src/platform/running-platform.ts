import type { BenchmarkContext } from '../benchmark.ts';
import { Child } from '../processes/child.ts';
import type { StartAnswer } from '../processes/platform-server.ts';
import { listDescendants, pin } from './process-tree.ts';

/** A platform with a data directory of its own. */
export interface RunningPlatform extends StartAnswer {
  readonly pid: number;
  readonly dataDirectory: string;
  /** Puts the server on one core and PostgreSQL on another one; false where that is impossible. */
  pinApart(core: number, databaseCore: number): Promise<boolean>;
  stop(): Promise<void>;
}

// Nothing on the hour disturbs what is measured.
export const platformVariables = { PLINTH_RATE_LIMIT_FACTOR: '1000000', PLINTH_JOBS: 'false' };

/**
 * Starts the platform with all services as `plinth up` does, in a process of its own. Rate limits are counted as
 * always, and multiplied so that a load generator does not meet them.
 */
export async function startRunningPlatform(context: BenchmarkContext): Promise<RunningPlatform> {
  const dataDirectory = await context.folders.create();
  try {
    const platform = await startPlatformOn(context, dataDirectory);
    const stop = async (): Promise<void> => {
      await platform.stop();
      await context.folders.remove(dataDirectory);
    };
    return { ...platform, stop };
  } catch (error) {
    await context.folders.remove(dataDirectory);
    throw error;
  }
}

/** The same on a data directory that the caller made, and that is left when the platform stops. */
async function startPlatformOn(context: BenchmarkContext, dataDirectory: string): Promise<RunningPlatform> {
  const child = new Child('platform-server', context.environment);
  const stop = (): Promise<void> => child.stop();
  try {
    const answer = await child.ask<StartAnswer>({ dataDirectory, environment: platformVariables });
    return {
      ...answer,
      dataDirectory,
      stop,
      pid: child.pid,
      async pinApart(core, databaseCore) {
        const database = (await listDescendants(child.pid).catch(() => [])).map(({ pid }) => pid);
        return database.length > 0 && (await pin([child.pid], core)) && (await pin(database, databaseCore));
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs `work` with a platform that is gone afterwards. */
export async function withPlatform<Result>(
  context: BenchmarkContext,
  work: (platform: RunningPlatform) => Promise<Result>,
): Promise<Result> {
  return workAndStop(await startRunningPlatform(context), work);
}

/** Runs `work` with a platform on a data directory that is left afterwards. */
export async function withPlatformOn<Result>(
  context: BenchmarkContext,
  dataDirectory: string,
  work: (platform: RunningPlatform) => Promise<Result>,
): Promise<Result> {
  return workAndStop(await startPlatformOn(context, dataDirectory), work);
}

async function workAndStop<Result>(
  platform: RunningPlatform,
  work: (platform: RunningPlatform) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(platform);
  } finally {
    await platform.stop();
  }
}
