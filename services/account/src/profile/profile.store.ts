import type { Transaction } from '@plinth/common';
import type { Profile } from './profile.ts';

interface ProfileRow {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly display_name: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = 'id, user_id, email, display_name, locale, time_zone, version, created_at, updated_at';

/** Lets the transaction see this person's profile, and no other one. Without it there are none. */
export async function enterUser(transaction: Transaction, userId: string): Promise<void> {
  await transaction.execute(`SELECT set_config('plinth.user_id', $1, true)`, [userId]);
}

/** Inserts the profile unless the person has one; tells whether it did. */
export async function insertProfile(transaction: Transaction, profile: Profile): Promise<boolean> {
  const { id, userId, email, displayName, locale, timeZone, version, createdAt, updatedAt } = profile;
  const inserted = await transaction.execute(
    `INSERT INTO account.profiles (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_id) DO NOTHING`,
    [id, userId, email, displayName, locale, timeZone, version, createdAt, updatedAt],
  );
  return inserted === 1;
}

export async function findProfile(transaction: Transaction, userId: string): Promise<Profile | undefined> {
  const row = await transaction.findRow<ProfileRow>(`SELECT ${columns} FROM account.profiles WHERE user_id = $1`, [
    userId,
  ]);
  return row && fromRow(row);
}

/** Locks the profile's row until the transaction ends. */
export async function findProfileForUpdate(transaction: Transaction, userId: string): Promise<Profile | undefined> {
  const row = await transaction.findRow<ProfileRow>(
    `SELECT ${columns} FROM account.profiles WHERE user_id = $1 FOR UPDATE`,
    [userId],
  );
  return row && fromRow(row);
}

export async function updateProfile(transaction: Transaction, profile: Profile): Promise<void> {
  await transaction.execute(
    `UPDATE account.profiles SET display_name = $2, locale = $3, time_zone = $4, version = $5, updated_at = $6 WHERE user_id = $1`,
    [profile.userId, profile.displayName, profile.locale, profile.timeZone, profile.version, profile.updatedAt],
  );
}

function fromRow(row: ProfileRow): Profile {
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    displayName: row.display_name,
    locale: row.locale,
    timeZone: row.time_zone,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
