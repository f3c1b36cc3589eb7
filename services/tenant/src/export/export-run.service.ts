import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock, Database, JobDefinition, Logger } from '@plinth/common';
import type { DataHolder } from '../data-holders.ts';
import * as store from './export.store.ts';
import { addFile, exportStart, fileName, type ExportProgress } from './export.ts';
import { renderTarEntry, tarEnd } from './tar.ts';

export interface ExportRunServiceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly holders: readonly DataHolder[];
  readonly lifetimeMs: number;
}

export const exportJobName = 'tenant.exports';

const compress = promisify(gzip);
/** A file is closed when it has this many bytes: what is in memory is about one file. */
const fileBytes = 1024 * 1024;
/** Longer than making any file takes. */
const leaseMs = 120_000;
const mostAttempts = 5;

interface Lines {
  readonly kind: string | null;
  readonly text: string;
  readonly rows: number;
  readonly nextCursor: string | null;
}

/**
 * Makes the archives that were asked for: a gzip member for each file, kept with the place where the next one begins,
 * so that a run that died costs one file. It is no picture of one moment: rows are read while others change.
 */
export class ExportRunService {
  readonly #options: ExportRunServiceOptions;

  constructor(options: ExportRunServiceOptions) {
    this.#options = options;
  }

  get job(): JobDefinition {
    return { name: exportJobName, schedule: '* * * * *', run: () => this.run() };
  }

  /** Makes every export that waits and removes those whose time is over. */
  async run(): Promise<void> {
    const { database, clock, log } = this.#options;
    await this.#removeExpired();
    for (;;) {
      const now = clock.now();
      const taken = await database.platformTransaction((transaction) =>
        store.claimExport(transaction, now, later(now, leaseMs)),
      );
      if (taken === undefined) return;
      try {
        await this.#make(taken);
      } catch (error) {
        log.error({ err: error, tenantId: taken.tenantId, exportId: taken.id }, 'an export failed');
        await this.#release(taken);
      }
    }
  }

  async #make(taken: store.RunningExport): Promise<void> {
    const { holders } = this.#options;
    let progress = taken.progress ?? exportStart;
    while (progress.holder < holders.length) progress = await this.#step(taken, progress);
    await this.#finish(taken, progress);
  }

  /** Reads rows of one table until they fill a file or the table ends, and keeps that file. */
  async #step(taken: store.RunningExport, progress: ExportProgress): Promise<ExportProgress> {
    const { database, clock, holders } = this.#options;
    const holder = holders[progress.holder]!;
    const { kind, text, rows, nextCursor } = await readLines(holder, taken.tenantId, progress.cursor);
    const next = nextCursor === null ? { holder: progress.holder + 1, cursor: null } : { cursor: nextCursor };
    if (kind === null) return { ...progress, ...next };
    if (rows === 0) return { ...progress, ...next, kinds: addFile(progress.kinds, holder.service, kind) };
    const bytes = Buffer.from(text);
    const name = fileName(progress.kinds, holder.service, kind);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const after: ExportProgress = {
      ...progress,
      ...next,
      position: progress.position + 1,
      kinds: addFile(progress.kinds, holder.service, kind, { name, rows, bytes: bytes.length, sha256 }),
    };
    const now = clock.now();
    const chunk = await compress(renderTarEntry(name, bytes, now));
    await database.transaction(taken.tenantId, (transaction) =>
      store.saveChunk(transaction, {
        id: taken.id,
        tenantId: taken.tenantId,
        bytes: chunk,
        rows,
        position: progress.position,
        progress: after,
        leasedUntil: later(now, leaseMs),
      }),
    );
    return after;
  }

  async #finish(taken: store.RunningExport, progress: ExportProgress): Promise<void> {
    const { database, clock, lifetimeMs } = this.#options;
    const { id, tenantId, requestedBy } = taken;
    const now = clock.now();
    const manifest = {
      format: 'plinth.tenant-export/1',
      tenantId,
      exportId: id,
      startedAt: taken.createdAt.toISOString(),
      finishedAt: now.toISOString(),
      kinds: progress.kinds,
    };
    const entry = renderTarEntry('manifest.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`), now);
    const bytes = await compress(Buffer.concat([entry, tarEnd]));
    await database.transaction(tenantId, async (transaction) => {
      await store.saveChunk(transaction, {
        id,
        tenantId,
        bytes,
        rows: 0,
        position: progress.position,
        progress,
        leasedUntil: now,
      });
      await store.finishExport(transaction, id, { status: 'ready', now, expiresAt: later(now, lifetimeMs) });
      transaction.audit({ action: 'tenant.exported', resourceType: 'tenant_export', resourceId: id });
      transaction.publish('tenant.export_ready', tenantId, { tenantId, exportId: id, requestedBy });
    });
  }

  /** Tries again later, and gives up after a few times. */
  async #release({ id, tenantId, attempts }: store.RunningExport): Promise<void> {
    const { database, clock, lifetimeMs } = this.#options;
    const now = clock.now();
    await database.transaction(tenantId, async (transaction) => {
      if (attempts < mostAttempts) await store.postponeExport(transaction, id, later(now, 60_000 * attempts));
      else await store.finishExport(transaction, id, { status: 'failed', now, expiresAt: later(now, lifetimeMs) });
    });
  }

  async #removeExpired(): Promise<void> {
    const { database, clock } = this.#options;
    const expired = await database.platformTransaction((transaction) => store.listExpired(transaction, clock.now()));
    for (const { id, tenantId } of expired)
      await database.transaction(tenantId, (transaction) => store.deleteExport(transaction, id));
  }
}

async function readLines({ functions }: DataHolder, tenantId: string, cursor: string | null): Promise<Lines> {
  let text = '';
  let rows = 0;
  for (let at = cursor; ;) {
    const page = await functions.exportTenantData({ tenantId, ...(at === null ? {} : { cursor: at }) });
    for (const row of page.rows) text += `${row}\n`;
    rows += page.rows.length;
    // A page without rows ends its table; the cursor then begins the next one.
    if (page.rows.length === 0 || page.nextCursor === null || text.length >= fileBytes)
      return { kind: page.kind, text, rows, nextCursor: page.nextCursor };
    at = page.nextCursor;
  }
}

function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
