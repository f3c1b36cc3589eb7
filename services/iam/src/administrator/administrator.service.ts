import { randomBytes } from 'node:crypto';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ConfigurationError,
  newId,
  sqlStateOf,
  type Clock,
  type Database,
  type Logger,
  type Secret,
} from '@plinth/common';
import { hashPassword } from '../authentication/password-hash.ts';
import { savePassword } from '../authentication/password.store.ts';
import { insertAssignment } from '../role/role.store.ts';
import { createUser } from '../user/create-user.ts';
import { AdministratorEmailTakenError } from './administrator.errors.ts';
import * as store from './administrator.store.ts';

export interface AdministratorServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly email: string;
  /** Drawn and kept in the data directory when undefined. */
  readonly password: Secret | undefined;
  readonly dataDirectory: string | undefined;
}

const uniqueViolation = '23505';

/** Name of the file in the data directory that holds a drawn password. */
export const initialPasswordFile = 'initial-admin-password';

/** Makes the platform's first administrator. */
export class AdministratorService {
  readonly #options: AdministratorServiceOptions;
  constructor(options: AdministratorServiceOptions) {
    this.#options = options;
  }

  /** Makes the first administrator unless that has been done once, by whichever process. */
  async ensureFirst(): Promise<void> {
    const { database, clock, log, email, password, dataDirectory } = this.#options;
    if (await database.transaction(undefined, store.hasAdministrator)) return;
    if (password === undefined && dataDirectory === undefined) {
      throw new ConfigurationError([
        {
          variable: 'IAM_INITIAL_ADMIN_PASSWORD',
          message: 'must be set where there is no data directory to keep one in',
        },
      ]);
    }
    const drawn = password === undefined ? randomBytes(18).toString('base64url') : undefined;
    const passwordHash = await hashPassword(password?.reveal() ?? drawn!);
    const now = clock.now();
    const id = newId(now.getTime());
    const file = drawn === undefined ? undefined : join(dataDirectory!, initialPasswordFile);
    const created = await database
      .platformTransaction(async (transaction) => {
        if (!(await store.claimSetup(transaction, id, now))) return false;
        await createUser(transaction, { id, email, name: 'Platform administrator', emailVerifiedAt: now, now });
        await savePassword(transaction, { userId: id, hash: passwordHash, now });
        await insertAssignment(
          transaction,
          {
            tenantId: null,
            organizationId: null,
            holder: { userId: id },
            role: { name: 'platform_admin' },
            scope: null,
          },
          now,
        );
        transaction.audit({ action: 'administrator.created', resourceType: 'user', resourceId: id, after: { email } });
        // Before the commit: an administrator whose password nobody can read must not exist.
        if (file !== undefined) await writePrivately(file, `${drawn}\n`);
        return true;
      })
      .catch((error: unknown) => {
        throw sqlStateOf(error) === uniqueViolation ? new AdministratorEmailTakenError(email, error) : error;
      });
    if (!created) return;
    log.info(
      { email, file },
      file === undefined
        ? 'the first platform administrator was made'
        : 'the first platform administrator was made; the password is in the file',
    );
  }
}

// A file that was there before keeps its mode when it is written over; a new one under its name does not.
async function writePrivately(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
