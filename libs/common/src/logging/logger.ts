import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { findRequestContext } from '../context/request-context.ts';

export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  readonly destination?: DestinationStream;
}

/**
 * JSON lines with the request id and trace of the running request. Cookies, authorization headers and anything
 * named like a credential are removed.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'secret', '*.secret', '*.cookie', '*.authorization'],
        censor: '[redacted]',
      },
      mixin() {
        const context = findRequestContext();
        return context === undefined ? {} : { requestId: context.requestId, traceparent: context.traceparent };
      },
    },
    options.destination ?? pino.destination({ fd: 2, sync: false }),
  );
}
