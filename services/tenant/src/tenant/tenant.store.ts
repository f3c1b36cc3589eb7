import type { TenantLimits, TenantStatus } from '@plinth/contracts';
import type { Transaction } from '@plinth/common';
import type { Tenant } from './tenant.ts';

interface TenantRow {
  readonly id: string;
  readonly organization_id: string;
  readonly name: string;
  readonly region: string;
  readonly status: TenantStatus;
  readonly limits: TenantLimits;
  readonly sandbox: boolean;
  readonly test_clock: Date | null;
  readonly plan_limits: TenantLimits;
  readonly deletes_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const inserted = 'id, organization_id, name, region, status, version, created_at, updated_at';
const columns = `${inserted}, limits, sandbox, test_clock, plan_limits, deletes_at`;

/** Inserts the tenant unless it exists; tells whether it did. */
export async function insertTenant(transaction: Transaction, tenant: Tenant): Promise<boolean> {
  const rows = await transaction.execute(
    `INSERT INTO tenant.tenants (${inserted}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      tenant.id,
      tenant.organizationId,
      tenant.name,
      tenant.region,
      tenant.status,
      tenant.version,
      tenant.createdAt,
      tenant.updatedAt,
    ],
  );
  return rows === 1;
}

export async function findTenant(transaction: Transaction, id: string): Promise<Tenant | undefined> {
  const row = await transaction.findRow<TenantRow>(`SELECT ${columns} FROM tenant.tenants WHERE id = $1`, [id]);
  return row && fromRow(row);
}

/** Locks the tenant's row until the transaction ends. */
export async function findTenantForUpdate(transaction: Transaction, id: string): Promise<Tenant | undefined> {
  const row = await transaction.findRow<TenantRow>(`SELECT ${columns} FROM tenant.tenants WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
  return row && fromRow(row);
}

export async function listTenants(
  transaction: Transaction,
  limit: number,
  after: string | undefined,
): Promise<Tenant[]> {
  const rows = await transaction.rows<TenantRow>(
    `SELECT ${columns} FROM tenant.tenants WHERE ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
  return rows.map(fromRow);
}

export async function listActiveTenantIds(
  transaction: Transaction,
  limit: number,
  after: string | undefined,
): Promise<string[]> {
  const rows = await transaction.rows<{ id: string }>(
    `SELECT id FROM tenant.tenants WHERE status = 'active' AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [limit, after ?? null],
  );
  return rows.map((row) => row.id);
}

export async function updateTenant(transaction: Transaction, tenant: Tenant): Promise<void> {
  await transaction.execute(
    `UPDATE tenant.tenants SET name = $2, status = $3, limits = $4, deletes_at = $5, version = $6, updated_at = $7, plan_limits = $8,
       sandbox = $9, test_clock = $10 WHERE id = $1`,
    [
      tenant.id,
      tenant.name,
      tenant.status,
      JSON.stringify(tenant.limits),
      tenant.deletesAt,
      tenant.version,
      tenant.updatedAt,
      JSON.stringify(tenant.planLimits),
      tenant.sandbox,
      tenant.testClock,
    ],
  );
}

function fromRow(row: TenantRow): Tenant {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    region: row.region,
    status: row.status,
    limits: row.limits,
    sandbox: row.sandbox,
    testClock: row.test_clock,
    planLimits: row.plan_limits,
    deletesAt: row.deletes_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
