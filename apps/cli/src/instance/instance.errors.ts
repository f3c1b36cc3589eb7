import { DomainError } from '@plinth/common/errors';

/** The embedded PostgreSQL ended, and starting it again did not help. */
export class DatabaseLostError extends DomainError {
  readonly code = 'platform.database_lost';
  readonly kind = 'unavailable';
  constructor() {
    super('The embedded PostgreSQL could not be kept running, so the platform ended too.', {
      suggestion: 'Look at postgres/postgres.log in the data directory, then start again: committed data is safe.',
    });
  }
}

/** There is no data to look at. */
export class DataDirectoryMissingError extends DomainError {
  readonly code = 'platform.data_directory_missing';
  readonly kind = 'not_found';
  readonly exitCode = 66;
  constructor(dataDirectory: string) {
    super(`There is no platform in ${dataDirectory}.`, {
      suggestion: 'Name its directory with --data, set DATABASE_URL, or start one with plinth up.',
    });
  }
}

/** The database is there but its tables are not. */
export class NotMigratedError extends DomainError {
  readonly code = 'platform.not_migrated';
  readonly kind = 'precondition';
  constructor(cause: unknown) {
    super('The database has no tables of this platform.', {
      cause,
      suggestion: 'Apply the migrations with plinth migrate up, and check that DATABASE_URL names the right database.',
    });
  }
}
