import { NotFoundError, decodeCursor, encodeCursor, type Clock, type Database, type Transaction } from '@plinth/common';
import { z } from 'zod';
import type { EvidenceService } from '../evidence/evidence.service.ts';
import { evidenceParts, type EvidencePartName, type EvidenceScope } from '../evidence/evidence.ts';
import { insertSnapshot, listSnapshotPages, type SnapshotPage } from './snapshot.store.ts';

export interface SnapshotPart {
  readonly items: SnapshotPage['items'];
  readonly missing: string | null;
  readonly takenAt: Date;
  readonly nextCursor: string | null;
}

const pageSize = 200;
/** Of one part; what is beyond stays where it is, and the snapshot says so. */
const mostPages = 50;

/** Keeps what was known when a dispute was opened, so that later corrections do not change it. */
export class SnapshotService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #evidence: Pick<EvidenceService, 'loadPart'>;
  constructor(database: Database, clock: Clock, evidence: Pick<EvidenceService, 'loadPart'>) {
    this.#database = database;
    this.#clock = clock;
    this.#evidence = evidence;
  }

  /** Reads all parts, page by page. What another service does not tell is noted as missing. */
  async take(tenantId: string, scope: EvidenceScope): Promise<SnapshotPage[]> {
    const pages: SnapshotPage[] = [];
    for (const part of evidenceParts) pages.push(...(await this.#takePart(tenantId, part, scope)));
    return pages;
  }

  async keepIn(transaction: Transaction, disputeId: string, pages: readonly SnapshotPage[]): Promise<void> {
    await insertSnapshot(transaction, disputeId, pages);
  }

  /** One page of a part, as it was kept. */
  async getPart(
    tenantId: string,
    disputeId: string,
    part: EvidencePartName,
    cursor: string | undefined,
  ): Promise<SnapshotPart> {
    const from = decodeCursor(cursor, z.tuple([z.int().min(0).max(mostPages)]))?.[0] ?? 0;
    const [page, next] = await this.#database.transaction(tenantId, (transaction) =>
      listSnapshotPages(transaction, disputeId, part, from),
    );
    if (page === undefined) throw new NotFoundError('dispute', disputeId);
    const { items, missing, takenAt } = page;
    return { items, missing, takenAt, nextCursor: next === undefined ? null : encodeCursor([next.page]) };
  }

  async #takePart(tenantId: string, part: EvidencePartName, scope: EvidenceScope): Promise<SnapshotPage[]> {
    const pages: SnapshotPage[] = [];
    let cursor: string | undefined;
    do {
      const found = await this.#evidence.loadPart(tenantId, part, scope, {
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      cursor = found.nextCursor ?? undefined;
      const isCut = cursor !== undefined && pages.length + 1 === mostPages;
      pages.push({
        part,
        page: pages.length,
        items: found.data,
        missing: isCut ? `more than ${mostPages * pageSize} entries` : found.reason,
        takenAt: this.#clock.now(),
      });
    } while (cursor !== undefined && pages.length < mostPages);
    return pages;
  }
}
