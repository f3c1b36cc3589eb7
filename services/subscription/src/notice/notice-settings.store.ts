import type { Transaction } from '@plinth/common';
import type { NoticeSettings } from './notice.ts';

const select = `SELECT id, legal_entity_id AS "legalEntityId", kinds, version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM subscription.notice_settings`;

export async function listSettings(transaction: Transaction): Promise<NoticeSettings[]> {
  return transaction.rows(`${select} ORDER BY legal_entity_id NULLS FIRST`);
}

export async function findSettingsForUpdate(
  transaction: Transaction,
  legalEntityId: string | null,
): Promise<NoticeSettings | undefined> {
  return transaction.findRow(`${select} WHERE legal_entity_id IS NOT DISTINCT FROM $1::uuid FOR UPDATE`, [
    legalEntityId,
  ]);
}

export async function saveSettings(transaction: Transaction, settings: NoticeSettings): Promise<void> {
  await transaction.execute(
    `INSERT INTO subscription.notice_settings (tenant_id, id, legal_entity_id, kinds, version, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant_id, legal_entity_id) DO UPDATE SET kinds = excluded.kinds, version = excluded.version,
       updated_at = excluded.updated_at`,
    [
      transaction.tenantId,
      settings.id,
      settings.legalEntityId,
      [...settings.kinds],
      settings.version,
      settings.createdAt,
      settings.updatedAt,
    ],
  );
}
