import { createLogger } from '@plinth/common';
import { startPlatform, type Platform } from '@plinth/server';
import { answerParent } from './answer-parent.ts';

export interface StartQuestion {
  readonly dataDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface StartAnswer {
  readonly url: string;
  /** The database as its superuser. */
  readonly databaseUrl: string;
}

let platform: Platform | undefined;

// The platform as `plinth up` runs it, which tells its parent how to reach the database.
answerParent(
  async ({ dataDirectory, environment }: StartQuestion): Promise<StartAnswer> => {
    platform = await startPlatform({ port: 0, dataDirectory, environment, log: createLogger({ level: 'warn' }) });
    return { url: `http://127.0.0.1:${platform.port}`, databaseUrl: platform.databaseUrl.reveal() };
  },
  async () => platform?.stop(),
);
