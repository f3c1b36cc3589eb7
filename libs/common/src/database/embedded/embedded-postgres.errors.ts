import { DomainError } from '../../errors/domain-error.ts';

/** No PostgreSQL package is installed for this platform. */
export class RuntimeMissingError extends DomainError {
  readonly code = 'embedded_postgres.runtime_missing';
  readonly kind = 'precondition';

  constructor(platform: string, supported: readonly string[], cause: unknown) {
    super(`No built-in PostgreSQL is installed for ${platform}; it exists for ${supported.join(', ')}.`, {
      cause,
      details: { platform, supported },
      suggestion: supported.includes(platform)
        ? 'Reinstall with optional dependencies (pnpm install without --no-optional), or set DATABASE_URL to a PostgreSQL 18 of your own.'
        : 'Set DATABASE_URL to a PostgreSQL 18 of your own.',
    });
  }
}

/** PostgreSQL refuses root, and the machine has no account to run it as. */
export class AccountMissingError extends DomainError {
  readonly code = 'embedded_postgres.account_missing';
  readonly kind = 'precondition';

  constructor(names: readonly string[]) {
    super(`PostgreSQL refuses to run as root, and /etc/passwd has none of the accounts ${names.join(', ')}.`, {
      details: { accounts: names },
      suggestion: 'Run plinth as an ordinary user, add a postgres account, or set DATABASE_URL.',
    });
  }
}

/** Another living process owns the data directory. */
export class DataDirectoryInUseError extends DomainError {
  readonly code = 'embedded_postgres.data_directory_in_use';
  readonly kind = 'conflict';

  constructor(dataDirectory: string, pid: number) {
    super(`Another plinth (process ${pid}) is already running on ${dataDirectory}.`, {
      details: { dataDirectory, pid },
      suggestion: `Stop process ${pid}, or use --data to name another directory.`,
    });
  }
}

/** A server without an owner holds the data directory and does not stop. */
export class OrphanNotStoppedError extends DomainError {
  readonly code = 'embedded_postgres.orphan_not_stopped';
  readonly kind = 'conflict';

  constructor(cluster: string, pids: readonly number[]) {
    super(`PostgreSQL left over from an earlier run still uses ${cluster} (process ${pids.join(', ')}).`, {
      details: { cluster, pids },
      suggestion: `Stop it by hand (kill -INT ${pids[0]}) and start again.`,
    });
  }
}

/** The port that the caller asked for is taken. */
export class PortInUseError extends DomainError {
  readonly code = 'embedded_postgres.port_in_use';
  readonly kind = 'conflict';

  constructor(port: number) {
    super(`Port ${port} on 127.0.0.1 is in use by another program.`, {
      details: { port },
      suggestion: 'Stop that program, name another port, or name none and let plinth pick a free one.',
    });
  }
}

/** The data was written by another major version of PostgreSQL. */
export class DataVersionError extends DomainError {
  readonly code = 'embedded_postgres.data_version';
  readonly kind = 'precondition';

  constructor(cluster: string, found: string, expected: string) {
    super(`${cluster} holds data of PostgreSQL ${found}, but this plinth runs PostgreSQL ${expected}.`, {
      details: { cluster, found, expected },
      suggestion: `Run the plinth release that brings PostgreSQL ${found}, take a backup, and restore it into a new --data directory.`,
    });
  }
}

/** The directory is a PostgreSQL data directory that plinth did not make. */
export class ForeignDataDirectoryError extends DomainError {
  readonly code = 'embedded_postgres.foreign_data_directory';
  readonly kind = 'conflict';

  constructor(dataDirectory: string) {
    super(`${dataDirectory} is the data directory of another PostgreSQL server.`, {
      details: { dataDirectory },
      suggestion: 'Name an empty or new directory with --data, or set DATABASE_URL to that server.',
    });
  }
}

/** Existing data lies where the account that owns it cannot reach it. */
export class DataUnreachableError extends DomainError {
  readonly code = 'embedded_postgres.data_unreachable';
  readonly kind = 'precondition';

  constructor(cluster: string, account: string) {
    super(`The account ${account}, which must run PostgreSQL, cannot reach ${cluster}.`, {
      details: { cluster, account },
      suggestion: 'Allow others to pass through the folders above it (chmod o+x), or move the data and use --data.',
    });
  }
}

/** The directory was in use before, but its cluster is gone. */
export class ClusterMissingError extends DomainError {
  readonly code = 'embedded_postgres.cluster_missing';
  readonly kind = 'precondition';

  constructor(dataDirectory: string, cluster: string) {
    super(`${dataDirectory} was used before, but its data at ${cluster} is gone.`, {
      details: { dataDirectory, cluster },
      suggestion: `Bring ${cluster} back, or delete ${dataDirectory} to start without data.`,
    });
  }
}

/** The machine went down before a new cluster had reached the disk. */
export class ClusterNotDurableError extends DomainError {
  readonly code = 'embedded_postgres.cluster_not_durable';
  readonly kind = 'precondition';

  constructor(dataDirectory: string, marker: string) {
    super(`The machine went down seconds after ${dataDirectory} was created, so its files may be incomplete.`, {
      details: { dataDirectory, marker },
      suggestion: `Delete ${dataDirectory} and start again, or delete ${marker} to use the data at your own risk.`,
    });
  }
}

/** A password that PostgreSQL cannot read from one line of text. */
export class PasswordInvalidError extends DomainError {
  readonly code = 'embedded_postgres.password_invalid';
  readonly kind = 'invalid';

  constructor() {
    super('The database password is empty or has a line break or a NUL character.', {
      suggestion: 'Use a password of printable characters, or name none and let plinth generate one.',
    });
  }
}

/** A PostgreSQL program ended before it had done its work. */
export class PostgresStartError extends DomainError {
  readonly code = 'embedded_postgres.start_failed';
  readonly kind = 'unavailable';

  constructor(program: string, outcome: string, lastLines: readonly string[], cause?: unknown) {
    const log = lastLines.length === 0 ? '.' : `:\n${lastLines.map((line) => `  ${line}`).join('\n')}`;
    super(`${program} ${outcome}${log}`, {
      cause,
      details: { program, outcome, lastLines },
      suggestion: 'Read the lines above; the whole log is postgres.log in the data directory.',
    });
  }
}
