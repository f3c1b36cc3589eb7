import { createTenantData, type Clock, type Database, type JobDefinition, type Transaction } from '@plinth/common';
import { createTenantTables, keptInvoiceSql } from '../tenant-tables.ts';

/** Deletes what belongs to a tenant, keeps its final invoices as long as the law wants, and removes them then. */
export class RetentionService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #keptInvoice: string;
  readonly functions: ReturnType<typeof createTenantData>;

  constructor(database: Database, clock: Clock, retentionMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#keptInvoice = keptInvoiceSql(retentionMs);
    this.functions = createTenantData({
      database,
      tables: createTenantTables(retentionMs),
      prepareDeletion: (transaction, tenantId) => this.#noteKept(transaction, tenantId),
    });
  }

  /** The daily removal of invoices whose time is over, of tenants that are deleted. */
  get job(): JobDefinition {
    return { name: 'subscription.end-retention', schedule: '41 3 * * *', run: () => this.removeExpired() };
  }

  async removeExpired(): Promise<void> {
    const tenants = await this.#database.platformTransaction((transaction) =>
      transaction.rows<{ tenantId: string }>(
        `SELECT tenant_id AS "tenantId" FROM subscription.kept_tenants ORDER BY tenant_id`,
      ),
    );
    for (const { tenantId } of tenants) await this.#removeOf(tenantId);
  }

  async #removeOf(tenantId: string): Promise<void> {
    const counts = new Map<string, number>();
    for (let done = false; !done;) {
      const batch = await this.functions.deleteTenantData({ tenantId });
      for (const [table, rows] of Object.entries(batch.deleted)) counts.set(table, (counts.get(table) ?? 0) + rows);
      done = batch.done;
    }
    const removed = Object.fromEntries([...counts].filter(([, rows]) => rows > 0));
    if (Object.keys(removed).length === 0) return;
    // In the platform's trail: the tenant's own is closed.
    await this.#database.transaction(undefined, async (transaction) =>
      transaction.audit({
        action: 'tenant.retention_ended',
        resourceType: 'tenant',
        resourceId: tenantId,
        after: { removed },
      }),
    );
  }

  async #noteKept(transaction: Transaction, tenantId: string): Promise<void> {
    await transaction.execute(
      `INSERT INTO subscription.kept_tenants (tenant_id, since)
       SELECT $1, $2 WHERE EXISTS (SELECT FROM subscription.invoices WHERE tenant_id = $1 AND ${this.#keptInvoice})
       ON CONFLICT DO NOTHING`,
      [tenantId, this.#clock.now()],
    );
  }
}
