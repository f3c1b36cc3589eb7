import type { Principal } from '@plinth/contracts';
import { decodeCursor, NotFoundError, toPage, userIdOf, type Database, type Page } from '@plinth/common';
import { z } from 'zod';
import * as store from './consent.store.ts';

/** Shows users what they agreed to, and lets them take it back. */
export class ConsentService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async listOwn(
    caller: Principal,
    query: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<store.Consent>> {
    const userId = userIdOf(caller);
    const after = decodeCursor(query.cursor, z.tuple([z.string()]))?.[0];
    const rows = await this.#database.transaction(undefined, (transaction) =>
      store.listConsents(transaction, { userId, after, limit: query.limit + 1 }),
    );
    return toPage(
      rows,
      query.limit,
      (consent) => [consent.clientId],
      (consent) => consent,
    );
  }

  /** Takes the caller's agreement back; the client's tokens for them end with it. */
  async withdrawOwn(caller: Principal, clientId: string): Promise<void> {
    const userId = userIdOf(caller);
    await this.#database.transaction(caller.tenant, async (transaction) => {
      if (!(await store.deleteConsent(transaction, userId, clientId))) throw new NotFoundError('consent', clientId);
      transaction.audit({ action: 'consent.withdrawn', resourceType: 'client', resourceId: clientId });
    });
  }
}
