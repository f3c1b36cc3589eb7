/** A person to be made in a directory. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
}

/** What of a person changes; a changed address counts as unverified. */
export interface PersonChanges {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
}

/** A sign-in as its directory knows it. */
export interface DirectorySession {
  readonly id: string;
  readonly ip: string | null;
  readonly startedAt: Date;
  readonly usedAt: Date;
}

/**
 * Where people have their accounts: credentials, sessions, and roles that reach beyond one tenant. `id` is the
 * directory's own. Every change may be repeated; of somebody who is gone, removal succeeds and everything else throws
 * `NotFoundError`. A directory that cannot be reached throws `DirectoryUnavailableError`.
 */
export interface UserDirectory {
  /** Makes a person, who has no credential yet; returns their id. Throws `EmailTakenError`. */
  create(person: NewPerson): Promise<string>;
  /** Throws `EmailTakenError`. */
  update(id: string, changes: PersonChanges): Promise<void>;
  /** Keeps a person from signing in, and ends their sign-ins; or lets them sign in again. */
  setEnabled(id: string, enabled: boolean): Promise<void>;
  remove(id: string): Promise<void>;
  /** Sends a mail by which the person chooses a password. */
  requestPasswordReset(id: string): Promise<void>;
  listSessions(id: string): Promise<DirectorySession[]>;
  endSessions(id: string): Promise<void>;
  /** Names of the platform's roles. */
  listRoles(id: string): Promise<string[]>;
  /** Gives and takes roles until the person has exactly these. Throws `RoleNotInDirectoryError`. */
  setRoles(id: string, roles: readonly string[]): Promise<void>;
}
