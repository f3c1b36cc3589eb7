import { DomainError } from '@plinth/common';
import { exitCodes } from '../../cli/exit-codes.ts';
import type { ReadingReport } from './read-requests.ts';

export class LogUnreadableError extends DomainError {
  readonly code = 'access_log.unreadable';
  readonly kind = 'not_found';
  readonly exitCode = exitCodes.inputMissing;
  constructor(file: string, cause: NodeJS.ErrnoException) {
    super(`${file} cannot be read: ${reasons[cause.code ?? ''] ?? cause.message}.`, {
      cause,
      suggestion: 'Name a log file in the combined format, plain or compressed with gzip.',
    });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};

export class LogDamagedError extends DomainError {
  readonly code = 'access_log.damaged';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.dataInvalid;
  constructor(file: string, cause: NodeJS.ErrnoException) {
    super(`The gzip file ${file} ${cause.code === 'Z_BUF_ERROR' ? 'ends too early' : 'is damaged'}.`, {
      cause,
      suggestion: 'Nothing was imported. Get a complete copy and run the same command again.',
    });
  }
}

export class NoRequestsError extends DomainError {
  readonly code = 'access_log.no_requests';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.dataInvalid;
  constructor(file: string, reading: Pick<ReadingReport, 'lines' | 'skipped' | 'malformedLines'>) {
    const first = reading.malformedLines[0];
    super(`${file} holds no request to import in ${reading.lines} lines.`, {
      details: { lines: reading.lines, ofOtherMonths: reading.skipped },
      suggestion:
        reading.skipped > 0
          ? `Check --period: ${reading.skipped} requests are of other months.`
          : `Check that it is a log in the combined format.${first === undefined ? '' : ` Line ${first.line} ${first.fault}.`}`,
    });
  }
}

export class PeriodInvalidError extends DomainError {
  readonly code = 'access_log.period_invalid';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.usage;
  constructor(period: string) {
    super(`"${period}" is not a month.`, { suggestion: 'Write --period as in 2015-05.' });
  }
}

export class ApiKeyFileError extends DomainError {
  readonly code = 'access_log.api_key_file';
  readonly kind = 'invalid';
  readonly exitCode = exitCodes.inputMissing;
  constructor(message: string, cause?: unknown) {
    super(message, {
      cause,
      suggestion: 'Put the API key of your tenant into a file and name it with --api-key-file.',
    });
  }
}

/** The platform did not take some of the usage, so no invoice may be made of it. */
export class UsageRefusedError extends DomainError {
  readonly code = 'access_log.usage_refused';
  readonly kind = 'invalid';
  constructor(count: number, reasonsByText: ReadonlyMap<string, number>) {
    const list = [...reasonsByText].map(([reason, times]) => `${reason} (${times})`).join('; ');
    super(`The platform refused ${count} events: ${list}.`, {
      details: { count, reasons: Object.fromEntries(reasonsByText) },
      suggestion: 'Nothing was invoiced. Correct the cause and run the same command again.',
    });
  }
}

/** The usage is stored but could not be invoiced completely. */
export class BillingIncompleteError extends DomainError {
  readonly code = 'access_log.billing_incomplete';
  readonly kind = 'unavailable';
  constructor(reason: string) {
    super(`The usage is stored, but not everything could be invoiced: ${reason}.`, {
      suggestion: "Look at the platform's log for the cause, then run the same command again.",
    });
  }
}
