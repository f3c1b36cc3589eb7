import { startPlatform } from '@plinth/server';
import type { CommandContext } from '../cli/command.ts';
import { findRunningInstance } from './instance-file.ts';
import { createQuietLog } from './platform-log.ts';

/** A platform to talk to over HTTP: one that ran before, or one that ends with this command. */
export interface OpenPlatform {
  readonly url: string;
  readonly isOurs: boolean;
  close(): Promise<void>;
}

/** Uses the platform that runs on a data directory, or starts one in this process on a free port. */
export async function openPlatform(dataDirectory: string, context: CommandContext): Promise<OpenPlatform> {
  const instance = await findRunningInstance(dataDirectory);
  if (instance !== undefined) return { url: instance.url, isOurs: false, close: async () => {} };
  const platform = await startPlatform({
    port: 0,
    dataDirectory,
    environment: context.environment,
    log: createQuietLog(context.environment),
    onProgress: (step) => context.progress.show(step),
  });
  // Not the public URL: that one may lead through a proxy that does not know this port.
  return { url: `http://127.0.0.1:${platform.port}`, isOurs: true, close: () => platform.stop() };
}
