import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../clock/clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { TenantUsage } from './usage-emitter.ts';
import { UsageNotRecordedError } from './usage.errors.ts';

export interface UsageSpoolOptions {
  readonly directory: string;
  readonly service: string;
  readonly log: Logger;
  /** Writes usage where it belongs; throws when it cannot yet. */
  readonly write: (usages: readonly TenantUsage[]) => Promise<void>;
}

const RETRY_MS = 2000;
const USAGE_PER_WRITE = 500;

/**
 * Keeps usage in files while the database does not answer: one JSON line each, on the disk before `keep` resolves. A
 * file is deleted after all of it was written; written twice is harmless, because usage has an identity. The directory
 * belongs to one process.
 */
export class UsageSpool {
  readonly #options: UsageSpoolOptions;
  #file: FileHandle | undefined;
  /** Appends, one after another: a line is never cut by another one, nor put into a file that was closed. */
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #replaying: Promise<void> | undefined;

  constructor(options: UsageSpoolOptions) {
    this.#options = options;
  }

  /** Takes up the files of earlier processes. */
  async start(): Promise<void> {
    await mkdir(this.#options.directory, { recursive: true });
    await this.#replay();
  }

  async keep(usage: TenantUsage): Promise<void> {
    try {
      await this.#inTurn(async () => {
        this.#file ??= await this.#openFile();
        await this.#file.appendFile(`${JSON.stringify(usage)}\n`);
        await this.#file.datasync();
      });
    } catch (error) {
      throw new UsageNotRecordedError(error);
    }
    this.#retryLater();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#replaying;
    await this.#inTurn(() => this.#closeFile());
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    return mine;
  }

  #retryLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#replaying = this.#replay();
    }, RETRY_MS);
  }

  async #replay(): Promise<void> {
    const { directory, service, log } = this.#options;
    try {
      // In one turn: a file that is appended to is never among those that are read and deleted.
      const names = await this.#inTurn(async () => {
        await this.#closeFile();
        return readdir(directory);
      });
      for (const name of names.filter((candidate) => candidate.startsWith(`usage-${service}-`)).sort())
        await this.#writeFile(join(directory, name));
    } catch (error) {
      log.warn({ err: error }, 'usage that waits in files could not be written yet');
      this.#retryLater();
    }
  }

  async #writeFile(path: string): Promise<void> {
    const lines = (await readFile(path, 'utf8')).split('\n');
    // A process that was killed while it wrote the last line had not answered for it.
    lines.pop();
    for (let start = 0; start < lines.length; start += USAGE_PER_WRITE)
      await this.#options.write(
        lines.slice(start, start + USAGE_PER_WRITE).map((line) => JSON.parse(line) as TenantUsage),
      );
    await rm(path, { force: true });
  }

  async #openFile(): Promise<FileHandle> {
    const { directory, service } = this.#options;
    await mkdir(directory, { recursive: true });
    return open(join(directory, `usage-${service}-${newId()}.jsonl`), 'a', 0o600);
  }

  async #closeFile(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}
