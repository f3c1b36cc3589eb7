import type { Principal } from '@plinth/contracts';
import { decodeCursor, newId, NotFoundError, toPage, type Clock, type Database, type Page } from '@plinth/common';
import { z } from 'zod';
import type { TenantService } from '../tenant/tenant.service.ts';
import { ExportNotReadyError, ExportRunningError } from './export.errors.ts';
import * as store from './export.store.ts';
import type { TenantExport } from './export.ts';

export interface ExportServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly tenants: TenantService;
  readonly lifetimeMs: number;
  /** Asks for a run of the job that makes exports. */
  readonly onRequested: () => Promise<void>;
}

/** Takes requests for exports, shows them and hands them out. */
export class ExportService {
  readonly #options: ExportServiceOptions;

  constructor(options: ExportServiceOptions) {
    this.#options = options;
  }

  /** Asks for an archive of everything that is held about a tenant. */
  async request(caller: Principal, tenantId: string): Promise<TenantExport> {
    const { database, clock, tenants, lifetimeMs, onRequested } = this.#options;
    await tenants.getTenant(caller, tenantId);
    const now = clock.now();
    const made: TenantExport = {
      id: newId(now.getTime()),
      tenantId,
      requestedBy: caller.subject,
      status: 'waiting',
      sizeBytes: 0,
      rows: 0,
      createdAt: now,
      finishedAt: null,
      expiresAt: new Date(now.getTime() + lifetimeMs),
    };
    return database.transaction(tenantId, async (transaction) => {
      if (!(await store.insertExport(transaction, made))) throw new ExportRunningError();
      transaction.audit({
        action: 'tenant.export_requested',
        resourceType: 'tenant',
        resourceId: tenantId,
        after: made,
      });
      transaction.afterCommit(onRequested);
      return made;
    });
  }

  async list(
    caller: Principal,
    tenantId: string,
    query: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<TenantExport>> {
    const { database, tenants } = this.#options;
    await tenants.getTenant(caller, tenantId);
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await database.transaction(tenantId, (transaction) =>
      store.listExports(transaction, { tenantId, before, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (made) => [made.id],
      (made) => made,
    );
  }

  async get(caller: Principal, tenantId: string, id: string): Promise<TenantExport> {
    const { database, tenants } = this.#options;
    await tenants.getTenant(caller, tenantId);
    const made = await database.transaction(tenantId, (transaction) => store.findExport(transaction, tenantId, id));
    if (made === undefined) throw new NotFoundError('export', id);
    return made;
  }

  /** The archive, read piece by piece as the reader takes it. */
  async open(
    caller: Principal,
    tenantId: string,
    id: string,
  ): Promise<{ size: number; chunks: AsyncIterable<Buffer> }> {
    const { database, clock } = this.#options;
    const made = await this.get(caller, tenantId, id);
    if (made.expiresAt <= clock.now()) throw new NotFoundError('export', id);
    if (made.status !== 'ready') throw new ExportNotReadyError(made.status);
    await database.transaction(tenantId, async (transaction) =>
      transaction.audit({ action: 'tenant.export_downloaded', resourceType: 'tenant_export', resourceId: id }),
    );
    return { size: made.sizeBytes, chunks: this.#read(tenantId, id) };
  }

  async *#read(tenantId: string, id: string): AsyncGenerator<Buffer> {
    for (let position = 0; ; position += 1) {
      const bytes = await this.#options.database.transaction(tenantId, (transaction) =>
        store.findChunk(transaction, id, position),
      );
      if (bytes === undefined) return;
      yield bytes;
    }
  }
}
