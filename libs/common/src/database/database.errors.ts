import { AlreadyExistsError, DatabaseUnavailableError } from '../errors/common.errors.ts';
import { DomainError } from '../errors/domain-error.ts';

/** A migration file that was applied has been changed or removed since. */
export class MigrationChangedError extends DomainError {
  readonly code = 'migration.changed';
  readonly kind = 'conflict';
  constructor(schema: string, name: string) {
    super(`Migration ${name} of schema ${schema} was applied and differs now.`, {
      suggestion: 'Restore the file and write a new migration instead.',
    });
  }
}

export class MigrationFailedError extends DomainError {
  readonly code = 'migration.failed';
  readonly kind = 'internal';
  constructor(schema: string, name: string, cause: unknown) {
    super(`Migration ${name} of schema ${schema} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
      suggestion: 'Nothing of it was kept. Correct the cause and run "plinth migrate up" again.',
    });
  }
}

/** SQLSTATE of a PostgreSQL error, or undefined. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

const UNIQUE_VIOLATION = '23505';

/** Waits for a write of a resource; that its unique key is taken becomes `AlreadyExistsError`. */
export async function refuseDuplicate<Result>(write: Promise<Result>, resource: string, key: string): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new AlreadyExistsError(resource, key, error);
    throw error;
  }
}

/** Name of the constraint that a write broke, or undefined. */
export function violatedConstraint(error: unknown): string | undefined {
  const constraint = (error as { constraint?: unknown } | null)?.constraint;
  return typeof constraint === 'string' ? constraint : undefined;
}

const connectionFailures = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/**
 * Turns a lost or refused connection into `DatabaseUnavailableError` and gives everything else back as it is.
 * Connection failures: SQLSTATE class 08, 57P01–57P03 (shutdown, starting up), 53300 (too many connections).
 */
export function translateDatabaseError(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') {
    if (connectionFailures.has(code) || code.startsWith('08') || code.startsWith('57P0') || code === '53300') {
      return new DatabaseUnavailableError(error);
    }
    return error;
  }
  // The driver gives these no code: a socket that ended under a query, and the pool's connection time-out.
  const message = error instanceof Error ? error.message : '';
  if (
    /^Connection terminated|timeout exceeded when trying to connect|^Client has encountered a connection error|not queryable/.test(
      message,
    )
  ) {
    return new DatabaseUnavailableError(error);
  }
  return error;
}
