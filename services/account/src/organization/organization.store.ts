import type { Transaction } from '@plinth/common';
import type { Organization } from './organization.ts';

interface OrganizationRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const columns = 'id, tenant_id, name, version, created_at, updated_at';

export async function insertOrganization(transaction: Transaction, organization: Organization): Promise<void> {
  const { id, tenantId, name, version, createdAt, updatedAt } = organization;
  await transaction.execute(`INSERT INTO account.organizations (${columns}) VALUES ($1, $2, $3, $4, $5, $6)`, [
    id,
    tenantId,
    name,
    version,
    createdAt,
    updatedAt,
  ]);
}

/** Makes a user the owner of an organization. */
export async function insertOwner(transaction: Transaction, organization: Organization, userId: string): Promise<void> {
  await transaction.execute(
    `INSERT INTO account.memberships (organization_id, user_id, tenant_id, is_owner, created_at) VALUES ($1, $2, $3, true, $4)`,
    [organization.id, userId, organization.tenantId, organization.createdAt],
  );
}

export async function findOrganization(transaction: Transaction, id: string): Promise<Organization | undefined> {
  const row = await transaction.findRow<OrganizationRow>(`SELECT ${columns} FROM account.organizations WHERE id = $1`, [
    id,
  ]);
  return row && fromRow(row);
}

/** Locks the organization's row until the transaction ends. */
export async function findOrganizationForUpdate(
  transaction: Transaction,
  id: string,
): Promise<Organization | undefined> {
  const row = await transaction.findRow<OrganizationRow>(
    `SELECT ${columns} FROM account.organizations WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return row && fromRow(row);
}

export interface OwnOrganizations {
  /** The person whose memberships count. */
  readonly userId: string | undefined;
  /** The tenant that the caller acts in: its organization counts too. */
  readonly tenantId: string | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** A caller's organizations across tenants. Needs a platform transaction; the caller is the only restriction. */
export async function listOwnOrganizations(transaction: Transaction, own: OwnOrganizations): Promise<Organization[]> {
  const rows = await transaction.rows<OrganizationRow>(
    `SELECT ${columns} FROM account.organizations
      WHERE id IN (SELECT organization_id FROM account.memberships WHERE user_id = $1
                   UNION SELECT id FROM account.organizations WHERE tenant_id = $2)
        AND ($3::uuid IS NULL OR id > $3)
      ORDER BY id LIMIT $4`,
    [own.userId ?? null, own.tenantId ?? null, own.after ?? null, own.limit],
  );
  return rows.map(fromRow);
}

export async function updateOrganization(transaction: Transaction, organization: Organization): Promise<void> {
  await transaction.execute(`UPDATE account.organizations SET name = $2, version = $3, updated_at = $4 WHERE id = $1`, [
    organization.id,
    organization.name,
    organization.version,
    organization.updatedAt,
  ]);
}

function fromRow(row: OrganizationRow): Organization {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
