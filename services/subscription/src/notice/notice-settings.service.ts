import { newId, VersionMismatchError, type Clock, type Database, type Transaction } from '@plinth/common';
import type { LegalEntityService } from '../legal-entity/legal-entity.service.ts';
import { findSettingsForUpdate, listSettings, saveSettings } from './notice-settings.store.ts';
import { defaultKinds, type NoticeKind, type NoticeSettings } from './notice.ts';

/** Keeps which mails customers get, for the tenant and for single legal entities. */
export class NoticeSettingsService {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #entities: Pick<LegalEntityService, 'get'>;
  constructor(database: Database, clock: Clock, entities: Pick<LegalEntityService, 'get'>) {
    this.#database = database;
    this.#clock = clock;
    this.#entities = entities;
  }

  async list(tenantId: string): Promise<NoticeSettings[]> {
    return this.#database.transaction(tenantId, listSettings);
  }

  /** Sets the kinds for a legal entity or, for null, for all without settings of their own. */
  async set(
    tenantId: string,
    legalEntityId: string | null,
    kinds: readonly NoticeKind[],
    ifMatch: number | undefined,
  ): Promise<NoticeSettings> {
    if (legalEntityId !== null) await this.#entities.get(tenantId, legalEntityId);
    return this.#database.transaction(tenantId, async (transaction) => {
      const before = await findSettingsForUpdate(transaction, legalEntityId);
      if (ifMatch !== undefined && ifMatch !== (before?.version ?? 0)) throw new VersionMismatchError();
      const now = this.#clock.now();
      const after: NoticeSettings = {
        id: before?.id ?? newId(),
        legalEntityId,
        kinds,
        version: (before?.version ?? 0) + 1,
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      };
      await saveSettings(transaction, after);
      transaction.audit({
        action: 'notice_settings.set',
        resourceType: 'notice_settings',
        resourceId: after.id,
        ...(before === undefined ? {} : { before }),
        after,
      });
      return after;
    });
  }

  /** Tells whether customers of a legal entity are mailed about a kind; null: no legal entity in particular. */
  async loadIn(transaction: Transaction): Promise<(legalEntityId: string | null, kind: NoticeKind) => boolean> {
    const kinds = new Map((await listSettings(transaction)).map((one) => [one.legalEntityId, one.kinds]));
    return (legalEntityId, kind) => (kinds.get(legalEntityId) ?? kinds.get(null) ?? defaultKinds).includes(kind);
  }
}
