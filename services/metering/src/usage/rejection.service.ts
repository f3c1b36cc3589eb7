import {
  decodeCursor,
  InvalidInputError,
  newId,
  NotFoundError,
  toPage,
  type Clock,
  type Database,
  type Page,
} from '@plinth/common';
import { z } from 'zod';
import type { IngestionResult } from './usage.service.ts';
import * as store from './rejection.store.ts';

/** Of one request; more are counted, and their sender has the answer. */
const MOST_KEPT_OF_REQUEST = 100;
const LONGEST_KEPT = 16_384;

/** An event that was refused, with its reason. */
export interface Rejection {
  readonly event: unknown;
  readonly reason: string;
}

/** Keeps what was refused, so that it is seen, corrected and sent again. */
export class RejectionService {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async record(tenantId: string, rejections: readonly Rejection[]): Promise<void> {
    const receivedAt = this.#clock.now();
    const counts = new Map<string, number>();
    for (const { reason } of rejections) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const kept = rejections.slice(0, MOST_KEPT_OF_REQUEST).map(({ event, reason }) => ({
      id: newId(receivedAt.getTime()),
      reason,
      event: (JSON.stringify(event) ?? '').length > LONGEST_KEPT ? null : event,
      receivedAt,
    }));
    await this.#database.transaction(tenantId, async (transaction) => {
      await store.countRejections(transaction, counts, receivedAt);
      await store.insertRejected(transaction, kept);
    });
  }

  async listCounts(tenantId: string): Promise<store.RejectionCount[]> {
    return this.#database.transaction(tenantId, store.listRejectionCounts);
  }

  /** Refused events, newest first; of one reason where it is named. */
  async list(
    tenantId: string,
    query: { readonly reason?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<store.RejectedEvent>> {
    const before = decodeCursor(query.cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await this.#database.transaction(tenantId, (transaction) =>
      store.listRejected(transaction, { reason: query.reason, before, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => row,
    );
  }

  /** Ingests a refused event, corrected where `event` is given, and forgets it once it is accepted. */
  async resend(
    tenantId: string,
    id: string,
    { event, ingest }: { event: unknown; ingest: (values: readonly unknown[]) => Promise<IngestionResult> },
  ): Promise<IngestionResult> {
    const kept = await this.#database.transaction(tenantId, (transaction) => store.findRejected(transaction, id));
    if (kept === undefined) throw new NotFoundError('rejected event', id);
    const result = await ingest([event ?? kept.event]);
    const [fault] = result.rejected;
    if (fault !== undefined) throw new InvalidInputError([{ path: '/body/event', message: fault.reason }]);
    await this.#database.transaction(tenantId, (transaction) => store.deleteRejected(transaction, id));
    return result;
  }
}
