import type { Transaction } from '@plinth/common';

/** The domains of email addresses that a tenant has proven to be its own. Needs a platform transaction. */
export async function listVerifiedDomains(transaction: Transaction, tenantId: string): Promise<string[]> {
  const rows = await transaction.rows<{ domain: string }>(
    `SELECT domain FROM iam.email_domains WHERE tenant_id = $1 ORDER BY domain`,
    [tenantId],
  );
  return rows.map((row) => row.domain);
}

/** The tenant whose domain it is; undefined when nobody has proven it. Needs a platform transaction. */
export async function findDomainOwner(transaction: Transaction, domain: string): Promise<string | undefined> {
  const row = await transaction.findRow<{ tenantId: string }>(
    `SELECT tenant_id AS "tenantId" FROM iam.email_domains WHERE domain = $1`,
    [domain],
  );
  return row?.tenantId;
}
