import type { Transaction } from '@plinth/common';
import type { EmailDomain } from './email-domain.ts';

const selectDomains = `SELECT c.id, c.tenant_id AS "tenantId", c.organization_id AS "organizationId", c.domain,
    c.verification_token AS "verificationToken", d.verified_at AS "verifiedAt", c.auto_join_role AS "autoJoinRole",
    c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt"
  FROM iam.domain_claims c
  LEFT JOIN iam.email_domains d ON d.domain = c.domain AND d.tenant_id = c.tenant_id`;

/** Inserts a domain; false when the tenant has it. */
export async function insertDomain(transaction: Transaction, domain: EmailDomain): Promise<boolean> {
  const inserted = await transaction.execute(
    `INSERT INTO iam.domain_claims (id, tenant_id, organization_id, domain, verification_token, auto_join_role, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT ON CONSTRAINT domain_claims_once DO NOTHING`,
    [
      domain.id,
      domain.tenantId,
      domain.organizationId,
      domain.domain,
      domain.verificationToken,
      domain.autoJoinRole,
      domain.createdAt,
    ],
  );
  return inserted === 1;
}

export async function findDomain(transaction: Transaction, id: string): Promise<EmailDomain | undefined> {
  return transaction.findRow<EmailDomain>(`${selectDomains} WHERE c.id = $1`, [id]);
}

/** Locks the domain until the transaction ends. */
export async function findDomainForUpdate(transaction: Transaction, id: string): Promise<EmailDomain | undefined> {
  return transaction.findRow<EmailDomain>(`${selectDomains} WHERE c.id = $1 FOR UPDATE OF c`, [id]);
}

export async function listDomains(
  transaction: Transaction,
  query: { readonly after: string | undefined; readonly limit: number },
): Promise<EmailDomain[]> {
  return transaction.rows<EmailDomain>(
    `${selectDomains} WHERE ($1::uuid IS NULL OR c.id > $1) ORDER BY c.id LIMIT $2`,
    [query.after ?? null, query.limit],
  );
}

/** How many domains the tenant has. Whoever counts at the same time waits, and then sees these too. */
export async function countDomains(transaction: Transaction): Promise<number> {
  await transaction.execute(
    `SELECT pg_advisory_xact_lock(hashtextextended('iam.email_domains ' || plinth.current_tenant(), 0))`,
  );
  const row = await transaction.findRow<{ count: number }>(`SELECT count(*)::int AS count FROM iam.domain_claims`);
  return row?.count ?? 0;
}

/** Saves a changed claim. Whether the domain is proven is kept by `proveDomain`. */
export async function updateDomain(transaction: Transaction, domain: EmailDomain): Promise<void> {
  await transaction.execute(
    `UPDATE iam.domain_claims SET auto_join_role = $2, version = $3, updated_at = $4 WHERE id = $1`,
    [domain.id, domain.autoJoinRole, domain.version, domain.updatedAt],
  );
}

/** Makes a proven domain the tenant's own; false when it is another tenant's. */
export async function proveDomain(
  transaction: Transaction,
  proof: { readonly tenantId: string; readonly domain: string; readonly now: Date },
): Promise<boolean> {
  await transaction.execute(
    `INSERT INTO iam.email_domains (domain, tenant_id, verified_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [proof.domain, proof.tenantId, proof.now],
  );
  const own = await transaction.findRow(`SELECT 1 FROM iam.email_domains WHERE domain = $1 AND tenant_id = $2`, [
    proof.domain,
    proof.tenantId,
  ]);
  return own !== undefined;
}

export async function deleteDomain(transaction: Transaction, { id, domain, tenantId }: EmailDomain): Promise<void> {
  await transaction.execute(`DELETE FROM iam.domain_claims WHERE id = $1`, [id]);
  await transaction.execute(`DELETE FROM iam.email_domains WHERE domain = $1 AND tenant_id = $2`, [domain, tenantId]);
}

/** The domain by which people of it join a tenant by themselves. Needs a platform transaction. */
export async function findJoinedDomain(transaction: Transaction, domain: string): Promise<EmailDomain | undefined> {
  return transaction.findRow<EmailDomain>(
    `${selectDomains} WHERE c.domain = $1 AND d.verified_at IS NOT NULL AND c.auto_join_role IS NOT NULL`,
    [domain],
  );
}
