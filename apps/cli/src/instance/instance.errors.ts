import { DomainError } from '@plinth/common';

/** The embedded PostgreSQL ended although nobody asked it to. */
export class DatabaseLostError extends DomainError {
  readonly code = 'platform.database_lost';
  readonly kind = 'unavailable';
  constructor() {
    super('The embedded PostgreSQL ended by itself, so the platform ended too.', {
      suggestion: 'Look at postgres/postgres.log in the data directory, then start again: committed data is safe.',
    });
  }
}
