import { parseAccessLogLine, type AccessLogEntry } from './access-log.ts';
import { digestLine, eventId, LineOccurrences } from './event-id.ts';
import { monthOf } from './months.ts';
import { readLogLines } from './read-log-lines.ts';

/** One request of the log with the id under which it counts. */
export interface LoggedRequest {
  readonly id: string;
  readonly entry: AccessLogEntry;
}

export interface MalformedLine {
  readonly line: number;
  readonly fault: string;
}

/** What was read so far. */
export class ReadingReport {
  lines = 0;
  requests = 0;
  malformed = 0;
  /** Requests of other months than the one asked for. */
  skipped = 0;
  firstMonth = '9999-12';
  lastMonth = '0000-01';
  readonly malformedLines: MalformedLine[] = [];
  readonly #kept: number;

  /** `kept`: how many malformed lines are remembered; all are counted. */
  constructor(kept: number) {
    this.#kept = kept;
  }

  addRequest(month: string): void {
    this.requests += 1;
    if (month < this.firstMonth) this.firstMonth = month;
    if (month > this.lastMonth) this.lastMonth = month;
  }

  addMalformed(line: number, fault: string): void {
    this.malformed += 1;
    if (this.malformedLines.length < this.#kept) {
      // What a client sent may hold control characters; a terminal must not see them.
      this.malformedLines.push({ line, fault: fault.replaceAll(/[^\x20-\x7e]/g, '?') });
    }
  }
}

export interface ReadOptions {
  readonly file: string;
  readonly period: string | undefined;
  readonly report: ReadingReport;
  readonly onShare: (share: number) => void;
}

const chunkLines = 2000;

/** Reads the requests of a log in pieces; notes what is no request in the report and goes on. */
export async function* readRequests({ file, period, report, onShare }: ReadOptions) {
  const occurrences = new LineOccurrences();
  let chunk: LoggedRequest[] = [];
  for await (const line of readLogLines(file)) {
    report.lines = line.number;
    if (line.text.trim() === '') continue;
    if (line.isTooLong) {
      report.addMalformed(line.number, 'is longer than 64 KiB');
      continue;
    }
    const parsed = parseAccessLogLine(line.text);
    if ('fault' in parsed) {
      report.addMalformed(line.number, parsed.fault);
      continue;
    }
    // Its writer may still be at it: the same line, finished, would count again.
    if (!line.isTerminated && !parsed.entry.isComplete) {
      report.addMalformed(line.number, 'is the last one and not finished');
      continue;
    }
    const digest = digestLine(line.text);
    const id = eventId(digest, occurrences.next(digest));
    const month = monthOf(parsed.entry.time);
    if (period !== undefined && month !== period) {
      report.skipped += 1;
      continue;
    }
    report.addRequest(month);
    chunk.push({ id, entry: parsed.entry });
    if (chunk.length === chunkLines) {
      onShare(line.share);
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
