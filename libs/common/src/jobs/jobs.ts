import type { Logger } from '../logging/logger.ts';

/** Work on a schedule or on demand. */
export interface JobDefinition {
  /** `<service>.<job>` */
  readonly name: string;
  /** Cron expression in UTC; absent: runs only when sent. */
  readonly schedule?: string;
  readonly run: (data: Record<string, unknown>) => Promise<void>;
}

export interface JobsOptions {
  /** Runs a statement for pg-boss: it shares the process's pool. */
  readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
  readonly log: Logger;
  /** Told about each finished run. */
  readonly onRun?: (job: string, outcome: 'succeeded' | 'failed') => void;
}

interface Boss {
  on(event: 'error', listener: (error: Error) => void): unknown;
  start(): Promise<unknown>;
  stop(options: { graceful: boolean; timeout: number }): Promise<void>;
  createQueue(name: string, options: object): Promise<void>;
  schedule(name: string, cron: string): Promise<void>;
  send(name: string, data: object, options?: object): Promise<string | null>;
  work(name: string, options: object, handler: (jobs: { data: unknown }[]) => Promise<void>): Promise<string>;
}

/** Schema in which pg-boss keeps its queues. */
export const JOBS_SCHEMA = 'jobs';

/**
 * Schedules, retries and dead letters on pg-boss. Loaded when the first job is registered, so that a process
 * without jobs does not pay for it.
 */
export class Jobs {
  readonly #options: JobsOptions;
  #boss: Boss | undefined;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  async start(definitions: readonly JobDefinition[]): Promise<void> {
    if (definitions.length === 0) return;
    const { PgBoss } = await import('pg-boss');
    const boss = new PgBoss({
      schema: JOBS_SCHEMA,
      db: { executeSql: this.#options.executeSql },
      migrate: false,
      createSchema: false,
    } as never) as unknown as Boss;
    this.#boss = boss;
    boss.on('error', (error) => this.#options.log.warn({ err: error }, 'the job queue met an error'));
    await boss.start();
    for (const definition of definitions) {
      await boss.createQueue(definition.name, { retryLimit: 5, retryBackoff: true, expireInSeconds: 3600 });
      if (definition.schedule !== undefined) await boss.schedule(definition.name, definition.schedule);
      await boss.work(definition.name, { pollingIntervalSeconds: 5 }, async (jobs) => {
        for (const job of jobs) await this.#run(definition, (job.data ?? {}) as Record<string, unknown>);
      });
    }
  }

  async #run(definition: JobDefinition, data: Record<string, unknown>): Promise<void> {
    try {
      await definition.run(data);
    } catch (error) {
      this.#options.onRun?.(definition.name, 'failed');
      throw error;
    }
    this.#options.onRun?.(definition.name, 'succeeded');
  }

  /** Asks for one run of a job. `singletonKey`: a second request while one waits is dropped. */
  async send(name: string, data: object, singletonKey?: string): Promise<void> {
    await this.#boss?.send(name, data, singletonKey === undefined ? {} : { singletonKey });
  }

  async stop(): Promise<void> {
    await this.#boss?.stop({ graceful: true, timeout: 10_000 });
  }
}

/** SQL that creates pg-boss' tables; run once by the migrations. */
export async function jobsMigrationSql(): Promise<string> {
  const { getConstructionPlans } = await import('pg-boss');
  return getConstructionPlans(JOBS_SCHEMA);
}
