import type { Transaction } from '@plinth/common';
import type { IdentityProvider } from './identity-provider.ts';

/** A provider with its encrypted secret. */
export interface StoredProvider extends IdentityProvider {
  readonly secret: Buffer | null;
}

const columns = `id, tenant_id AS "tenantId", organization_id AS "organizationId", origin, title, enabled, settings, secret,
  sign_up AS "signUp", allowed_domains AS "allowedDomains", home_realm AS "homeRealm", trust_email AS "trustEmail",
  trust_multi_factor AS "trustMultiFactor", join_role AS "joinRole", version, created_at AS "createdAt",
  updated_at AS "updatedAt"`;
const ofRealm = 'tenant_id IS NOT DISTINCT FROM $1::uuid';

/** The providers of a tenant or, for null, of the whole platform, by id. */
export async function listProviders(
  transaction: Transaction,
  query: { readonly tenantId: string | null; readonly after: string | undefined; readonly limit: number },
): Promise<StoredProvider[]> {
  return transaction.rows<StoredProvider>(
    `SELECT ${columns} FROM iam.identity_providers WHERE ${ofRealm} AND ($2::text IS NULL OR id > $2)
      ORDER BY id LIMIT $3`,
    [query.tenantId, query.after ?? null, query.limit],
  );
}

export async function findProviderOf(
  transaction: Transaction,
  tenantId: string | null,
  id: string,
): Promise<StoredProvider | undefined> {
  return transaction.findRow<StoredProvider>(
    `SELECT ${columns} FROM iam.identity_providers WHERE ${ofRealm} AND id = $2`,
    [tenantId, id],
  );
}

/** The same, and nobody else changes it until the end of the transaction. */
export async function lockProviderOf(
  transaction: Transaction,
  tenantId: string | null,
  id: string,
): Promise<StoredProvider | undefined> {
  return transaction.findRow<StoredProvider>(
    `SELECT ${columns} FROM iam.identity_providers WHERE ${ofRealm} AND id = $2 FOR UPDATE`,
    [tenantId, id],
  );
}

/** A provider that people may sign in by, whosever it is. Needs a platform transaction. */
export async function findEnabledProvider(transaction: Transaction, id: string): Promise<StoredProvider | undefined> {
  return transaction.findRow<StoredProvider>(
    `SELECT ${columns} FROM iam.identity_providers WHERE id = $1 AND enabled`,
    [id],
  );
}

/** The providers that people may sign in by: of the platform, for null, or those that a tenant sends its people to. */
export async function listEnabledProviders(
  transaction: Transaction,
  tenantId: string | null,
): Promise<StoredProvider[]> {
  return transaction.rows<StoredProvider>(
    `SELECT ${columns} FROM iam.identity_providers
      WHERE ${ofRealm} AND enabled AND ($1::uuid IS NULL OR home_realm) ORDER BY title, id`,
    [tenantId],
  );
}

/** Inserts a provider or replaces it. */
export async function saveProvider(transaction: Transaction, provider: StoredProvider): Promise<void> {
  await transaction.execute(
    `INSERT INTO iam.identity_providers (id, tenant_id, organization_id, origin, title, enabled, settings, secret, sign_up,
       allowed_domains, home_realm, trust_email, trust_multi_factor, join_role, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, enabled = excluded.enabled, settings = excluded.settings,
       secret = excluded.secret, sign_up = excluded.sign_up, allowed_domains = excluded.allowed_domains,
       home_realm = excluded.home_realm, trust_email = excluded.trust_email,
       trust_multi_factor = excluded.trust_multi_factor, join_role = excluded.join_role, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      provider.id,
      provider.tenantId,
      provider.organizationId,
      provider.origin,
      provider.title,
      provider.enabled,
      JSON.stringify(provider.settings),
      provider.secret,
      provider.signUp,
      provider.allowedDomains,
      provider.homeRealm,
      provider.trustEmail,
      provider.trustMultiFactor,
      provider.joinRole,
      provider.version,
      provider.createdAt,
      provider.updatedAt,
    ],
  );
}

/** Deletes a provider, and with a tenant's one the identities that only it can vouch for. */
export async function deleteProvider(transaction: Transaction, provider: IdentityProvider): Promise<void> {
  await transaction.execute(`DELETE FROM iam.identity_providers WHERE id = $1`, [provider.id]);
  if (provider.tenantId !== null)
    await transaction.execute(`DELETE FROM auth.identities WHERE provider_id = $1`, [provider.id]);
}

/** One process at a time brings the declared providers up to date. */
export async function lockDeclaredProviders(transaction: Transaction): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(hashtext('iam.identity_providers'))`);
}

/** The providers that came from the operator's file. Needs a platform transaction. */
export async function listDeclaredProviders(transaction: Transaction): Promise<StoredProvider[]> {
  return transaction.rows<StoredProvider>(`SELECT ${columns} FROM iam.identity_providers WHERE origin = 'declared'`);
}
