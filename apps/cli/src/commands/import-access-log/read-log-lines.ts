import { once } from 'node:events';
import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LogDamagedError, LogUnreadableError } from './import-access-log.errors.ts';

/** One line of a log. */
export interface LogLine {
  /** Counted from 1. */
  readonly number: number;
  /** One character for each byte: whatever encoding the file has, nothing is lost. */
  readonly text: string;
  /** False for a last line without a line end: its writer may not have finished it. */
  readonly isTerminated: boolean;
  /** True when the line is longer than any request and `text` is only its beginning. */
  readonly isTooLong: boolean;
  /** Share of the file that has been read, 0 to 1. */
  readonly share: number;
}

const longestLine = 64 * 1024;

/** Reads a plain or gzip file line by line; only the piece at hand is in memory. */
export async function* readLogLines(file: string): AsyncGenerator<LogLine, void, undefined> {
  const { source, size, isGzip } = await openLog(file);
  const bytes: Readable = isGzip ? source.pipe(createGunzip()) : source;
  // `pipe` does not hand errors on.
  if (isGzip) source.on('error', (error) => bytes.destroy(error));
  let number = 0;
  let carry = '';
  let isTooLong = false;
  const share = (): number => (size === 0 ? 1 : Math.min(1, source.bytesRead / size));
  const line = (text: string, isTerminated: boolean): LogLine => {
    number += 1;
    const clean = text.endsWith('\r') ? text.slice(0, -1) : text;
    return {
      number,
      text: number === 1 && clean.startsWith('\u00ef\u00bb\u00bf') ? clean.slice(3) : clean,
      isTerminated,
      isTooLong,
      share: share(),
    };
  };
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      const pieces = (carry + chunk.toString('latin1')).split('\n');
      carry = pieces.pop() ?? '';
      for (const piece of pieces) {
        if (piece.length > longestLine) isTooLong = true;
        yield line(isTooLong ? piece.slice(0, longestLine) : piece, true);
        isTooLong = false;
      }
      if (carry.length > longestLine) {
        isTooLong = true;
        carry = carry.slice(0, longestLine);
      }
    }
    if (carry !== '') yield line(carry, false);
  } catch (error) {
    throw explain(file, error);
  } finally {
    bytes.destroy();
    await close(source);
  }
}

/**
 * Throws when the file cannot be read or is a damaged gzip file. Damage shows at the end of such a file only; without
 * this look, lines that never were in the log could be counted before it.
 */
export async function assertWhole(file: string, onShare: (share: number) => void): Promise<void> {
  const { source, size, isGzip } = await openLog(file);
  try {
    if (!isGzip) return;
    const nowhere = new Writable({
      write(_chunk, _encoding, done) {
        onShare(source.bytesRead / size);
        done();
      },
    });
    await pipeline(source, createGunzip(), nowhere);
  } catch (error) {
    throw explain(file, error);
  } finally {
    await close(source);
  }
}

function explain(file: string, error: unknown): unknown {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_')) return new LogDamagedError(file, error as NodeJS.ErrnoException);
  return syscall === undefined ? error : new LogUnreadableError(file, error as NodeJS.ErrnoException);
}

async function openLog(file: string): Promise<{ source: ReadStream; size: number; isGzip: boolean }> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
      return { source: createReadStream(file, { highWaterMark: 256 * 1024 }), size, isGzip };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new LogUnreadableError(file, error as NodeJS.ErrnoException);
  }
}

async function close(source: ReadStream): Promise<void> {
  if (source.closed) return;
  const closed = once(source, 'close').catch(() => undefined);
  source.destroy();
  await closed;
}
