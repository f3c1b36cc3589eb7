import type { AuditRecord, EventEnvelope, Principal } from '@plinth/contracts';
import {
  NotFoundError,
  PermissionDeniedError,
  TenantRequiredError,
  decodeCursor,
  hasPermission,
  toPage,
  type Database,
  type Page,
  type Transaction,
} from '@plinth/common';
import { z } from 'zod';
import { chainEntries, platformChainId, type Entry, type Unchained } from './entry.ts';
import * as store from './entry.store.ts';
import { csvHeader, renderCsvLine, renderJsonLine } from './export-format.ts';

/** Whose trail a caller reads: the own tenant's, or the platform's, which is the operator's. */
export type ChainName = 'tenant' | 'platform';

export interface ExportQuery {
  readonly chain: ChainName;
  readonly format: 'jsonl' | 'csv';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const EXPORT_PAGE = 1000;
const cursorSchema = z.tuple([z.string().regex(/^[1-9]\d{0,17}$/)]);

/** Appends to the trail and reads it. */
export class EntryService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Appends the records of one tenant inside the transaction of their events; known ones are left out. */
  async appendIn(transaction: Transaction, events: readonly EventEnvelope<AuditRecord>[]): Promise<void> {
    const tenantId = transaction.tenantId ?? platformChainId;
    if (transaction.tenantId === undefined) await transaction.enterTenant(tenantId);
    // Sent together, run one after the other: the second statement sees what was committed before the lock.
    const [head, normalized] = await Promise.all([
      store.lockHead(transaction, tenantId),
      store.normalizeEntries(transaction, events.map(toEntry)),
    ]);
    if (head.closed) {
      // Whatever comes after a tenant's deletion is the platform's business.
      await transaction.enterTenant(undefined);
      return this.appendIn(transaction, events);
    }
    const entries = chainEntries(tenantId, head, normalized);
    const last = entries.at(-1);
    if (last === undefined) return;
    await Promise.all([
      store.insertEntries(transaction, tenantId, entries),
      store.moveHead(transaction, tenantId, last),
    ]);
  }

  async listEntries(
    caller: Principal,
    chain: ChainName,
    filter: store.EntryFilter,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Entry>> {
    return this.listOf(getChainId(caller, chain), filter, limit, cursor);
  }

  /** Entries of a tenant's own chain, for another service that has checked its caller. */
  async listOf(
    tenantId: string,
    filter: store.EntryFilter,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Entry>> {
    const before = decodeCursor(cursor, cursorSchema)?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listEntries(transaction, tenantId, filter, limit + 1, before),
    );
    return toPage(
      rows,
      limit,
      (entry) => [entry.sequence],
      (entry) => entry,
    );
  }

  async getEntry(caller: Principal, chain: ChainName, entryId: string): Promise<Entry> {
    const tenantId = getChainId(caller, chain);
    const entry = await this.#database.transaction(tenantId, (transaction) =>
      store.findEntry(transaction, tenantId, entryId),
    );
    if (entry === undefined) throw new NotFoundError('audit entry', entryId);
    return entry;
  }

  /** The trail in the order of the chain as lines of text, read page by page as the reader takes them. */
  exportLines(caller: Principal, query: ExportQuery): AsyncIterable<string> {
    const tenantId = getChainId(caller, query.chain);
    return query.format === 'csv'
      ? this.#renderPages(tenantId, query, renderCsvLine, csvHeader)
      : this.#renderPages(tenantId, query, renderJsonLine, '');
  }

  async *#renderPages(
    tenantId: string,
    query: ExportQuery,
    render: (entry: Entry) => string,
    header: string,
  ): AsyncGenerator<string> {
    if (header !== '') yield header;
    for (let after = '0'; ;) {
      const page = await this.#database.transaction(tenantId, (transaction) =>
        store.listChain(transaction, tenantId, EXPORT_PAGE, after, query),
      );
      if (page.length > 0) yield page.map(render).join('');
      if (page.length < EXPORT_PAGE) return;
      after = page.at(-1)!.sequence;
    }
  }
}

/** The chain that the caller may read under this name. */
export function getChainId(caller: Principal, chain: ChainName): string {
  if (chain === 'platform') {
    if (!hasPermission(caller, 'tenant:suspend')) throw new PermissionDeniedError('tenant:suspend');
    return platformChainId;
  }
  if (caller.tenant === undefined) throw new TenantRequiredError();
  return caller.tenant;
}

function toEntry({ id, data }: EventEnvelope<AuditRecord>): Unchained {
  return {
    eventId: id,
    occurredAt: data.occurredAt,
    action: data.action,
    resourceType: data.resourceType,
    resourceId: data.resourceId,
    actorKind: data.actor.kind,
    actorId: data.actor.id,
    actorEmail: data.actor.email ?? null,
    service: data.service,
    context: toJson(data.context),
    before: toJson(data.before),
    after: toJson(data.after),
  };
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
