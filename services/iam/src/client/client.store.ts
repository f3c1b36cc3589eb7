import type { Transaction } from '@plinth/common';
import type { Client } from './client.ts';

const columns = `id, origin, name, confidential, native, first_party AS "firstParty", acts_as_user AS "actsAsUser", grant_types AS "grantTypes",
  redirect_uris AS "redirectUris", post_logout_redirect_uris AS "postLogoutRedirectUris",
  backchannel_logout_uri AS "backchannelLogoutUri", permissions, logo_uri AS "logoUri", home_uri AS "homeUri", version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

export async function listClients(
  transaction: Transaction,
  query: { readonly after: string | undefined; readonly limit: number },
): Promise<Client[]> {
  return transaction.rows<Client>(
    `SELECT ${columns} FROM auth.clients WHERE ($1::text IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [query.after ?? null, query.limit],
  );
}

export async function findClient(transaction: Transaction, id: string): Promise<Client | undefined> {
  return transaction.findRow<Client>(`SELECT ${columns} FROM auth.clients WHERE id = $1`, [id]);
}

/** The same, and nobody else changes it until the end of the transaction. */
export async function lockClient(transaction: Transaction, id: string): Promise<Client | undefined> {
  return transaction.findRow<Client>(`SELECT ${columns} FROM auth.clients WHERE id = $1 FOR UPDATE`, [id]);
}

/** Inserts or replaces a client. */
export async function saveClient(transaction: Transaction, client: Client): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.clients (id, origin, name, confidential, native, first_party, acts_as_user, grant_types, redirect_uris,
       post_logout_redirect_uris, backchannel_logout_uri, permissions, logo_uri, home_uri, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     ON CONFLICT (id) DO UPDATE SET origin = excluded.origin, name = excluded.name, confidential = excluded.confidential,
       native = excluded.native, first_party = excluded.first_party, acts_as_user = excluded.acts_as_user, grant_types = excluded.grant_types,
       redirect_uris = excluded.redirect_uris, post_logout_redirect_uris = excluded.post_logout_redirect_uris,
       backchannel_logout_uri = excluded.backchannel_logout_uri, permissions = excluded.permissions,
       logo_uri = excluded.logo_uri, home_uri = excluded.home_uri, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      client.id,
      client.origin,
      client.name,
      client.confidential,
      client.native,
      client.firstParty,
      client.actsAsUser,
      client.grantTypes,
      client.redirectUris,
      client.postLogoutRedirectUris,
      client.backchannelLogoutUri,
      client.permissions,
      client.logoUri,
      client.homeUri,
      client.version,
      client.createdAt,
      client.updatedAt,
    ],
  );
}

export async function deleteClient(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute(`DELETE FROM auth.clients WHERE id = $1`, [id]);
}

/** Ids of the clients that came from the file or from the variables. */
export async function listDeclaredIds(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(`SELECT id FROM auth.clients WHERE origin <> 'administered'`);
  return rows.map((row) => row.id);
}

/** One process at a time brings the declared clients up to date. */
export async function lockDeclaredClients(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtext('auth.clients'))`);
}

/** Hashes of the secrets that count now, the newest first. */
export async function listSecretHashes(transaction: Transaction, clientId: string, now: Date): Promise<Buffer[]> {
  const rows = await transaction.rows<{ hash: Buffer }>(
    `SELECT hash FROM auth.client_secrets WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2)
      ORDER BY created_at DESC, id DESC`,
    [clientId, now],
  );
  return rows.map((row) => row.hash);
}

export async function insertSecret(
  transaction: Transaction,
  secret: { readonly id: string; readonly clientId: string; readonly hash: Buffer; readonly now: Date },
): Promise<void> {
  await transaction.execute(
    `INSERT INTO auth.client_secrets (id, client_id, hash, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (client_id, hash) DO UPDATE SET expires_at = NULL`,
    [secret.id, secret.clientId, secret.hash, secret.now],
  );
}

/** Makes the client's secrets, apart from one, end by then at the latest. */
export async function endSecrets(
  transaction: Transaction,
  secrets: { readonly clientId: string; readonly except: Buffer | undefined; readonly at: Date },
): Promise<void> {
  await transaction.execute(
    `UPDATE auth.client_secrets SET expires_at = least(expires_at, $3)
      WHERE client_id = $1 AND ($2::bytea IS NULL OR hash <> $2)`,
    [secrets.clientId, secrets.except ?? null, secrets.at],
  );
}

export async function deleteEndedSecrets(transaction: Transaction, now: Date): Promise<void> {
  await transaction.execute(`DELETE FROM auth.client_secrets WHERE expires_at <= $1`, [now]);
}
