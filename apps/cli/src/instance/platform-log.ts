import { createLogger, type Logger } from '@plinth/common';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A log for commands whose own words are the output: warnings only, unless PLINTH_LOG_LEVEL says otherwise. */
export function createQuietLog(environment: Readonly<Record<string, string | undefined>>): Logger {
  const told = environment['PLINTH_LOG_LEVEL']?.trim();
  return createLogger({ level: levels.find((level) => level === told) ?? 'warn' });
}
