import type { DomainError } from '@plinth/common/errors';

/** Exit codes of every command (sysexits.h where it has one). */
export const exitCodes = {
  failed: 1,
  usage: 64,
  dataInvalid: 65,
  inputMissing: 66,
  unavailable: 69,
  internal: 70,
  noPermission: 77,
  configuration: 78,
} as const;

/** The same table for people. */
export const exitCodeDocs: Readonly<Record<string, string>> = {
  '0': 'done; a server that was asked to stop, too',
  '1': 'a check failed, or the platform refused',
  '64': 'unknown command, option or argument',
  '65': 'the input file is damaged or is not what the command reads',
  '66': 'the input file cannot be read',
  '69': 'the platform, its database or a port is not available',
  '70': 'a fault of Plinth itself',
  '77': 'credentials are missing or wrong',
  '78': 'the configuration is wrong',
  '130': 'interrupted by Ctrl-C; 143: by SIGTERM; 129: by SIGHUP',
};

const exitCodeOfKind: Readonly<Partial<Record<DomainError['kind'], number>>> = {
  unauthenticated: exitCodes.noPermission,
  forbidden: exitCodes.noPermission,
  rate_limited: exitCodes.unavailable,
  unavailable: exitCodes.unavailable,
  internal: exitCodes.internal,
};

/** An error's own exit code, else that of its kind. */
export function exitCodeOf(error: DomainError): number {
  const own = (error as { exitCode?: unknown }).exitCode;
  return typeof own === 'number' ? own : (exitCodeOfKind[error.kind] ?? exitCodes.failed);
}
