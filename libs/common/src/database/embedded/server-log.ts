import type { FileHandle } from 'node:fs/promises';
import { watch } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { lastLines } from './run-program.ts';

const maximumBytes = 10 * 1024 * 1024;

/** The file that the server writes to by itself, so that nothing is lost when plinth dies first. */
export interface ServerLog {
  readonly fd: number;
  /** The last lines that the server has written since it was started. */
  readTail(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens the log, keeping one older file once it has grown too large; hands each new line to `onLine`. */
export async function openServerLog(path: string, onLine: ((line: string) => void) | undefined): Promise<ServerLog> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size > maximumBytes) await rename(path, `${path}.1`);
  const file = await open(path, 'a+', 0o600);
  const start = (await file.stat()).size;
  const stopFollowing = onLine && follow(path, file, start, onLine);
  return {
    fd: file.fd,
    async readTail() {
      const end = (await file.stat()).size;
      return lastLines(await readRange(file, Math.max(start, end - 8192), end));
    },
    async close() {
      await stopFollowing?.();
      await file.close();
    },
  };
}

function follow(path: string, file: FileHandle, start: number, onLine: (line: string) => void): () => Promise<void> {
  let position = start;
  let rest = '';
  let work = Promise.resolve();
  const readOn = async () => {
    const end = (await file.stat()).size;
    const lines = (rest + (await readRange(file, position, end))).split(/\r?\n/);
    position = end;
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  };
  const watcher = watch(path, { persistent: false }, () => (work = work.then(readOn)));
  return async () => {
    watcher.close();
    await (work = work.then(readOn));
  };
}

async function readRange(file: FileHandle, from: number, to: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, to - from)), 0, Math.max(0, to - from), from);
  return buffer.toString('utf8', 0, bytesRead);
}
