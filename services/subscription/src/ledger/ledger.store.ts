import { newId, plainArray, textArray, timestampArray, type Transaction } from '@plinth/common';
import { assertBalanced, type Posting } from './ledger.ts';

/** Appends postings to the ledger; entries of zero are left out. Throws where a posting does not add up to zero. */
export async function insertPostings(transaction: Transaction, postings: readonly Posting[]): Promise<void> {
  const rows = postings.flatMap((posting) => {
    assertBalanced(posting);
    const postingId = newId(posting.postedAt.getTime());
    const entries = posting.entries.filter(({ amountMinor }) => amountMinor !== 0n);
    return entries.map((entry, position) => ({ posting, postingId, position, ...entry }));
  });
  if (rows.length === 0) return;
  await transaction.execute(
    `INSERT INTO subscription.ledger_entries (tenant_id, posting_id, position, posted_at, legal_entity_id, account_id, ledger_account, currency,
       amount_minor, source_type, source_id)
     SELECT $1, * FROM unnest($2::uuid[], $3::smallint[], $4::timestamptz[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::numeric[],
       $10::text[], $11::uuid[])`,
    [
      transaction.tenantId,
      plainArray(rows.map(({ postingId }) => postingId)),
      plainArray(rows.map(({ position }) => position)),
      timestampArray(rows.map(({ posting }) => posting.postedAt.getTime())),
      plainArray(rows.map(({ posting }) => posting.legalEntityId)),
      plainArray(rows.map(({ posting }) => posting.accountId)),
      textArray(rows.map(({ account }) => account)),
      textArray(rows.map(({ posting }) => posting.currency)),
      plainArray(rows.map(({ amountMinor }) => amountMinor)),
      textArray(rows.map(({ posting }) => posting.sourceType)),
      plainArray(rows.map(({ posting }) => posting.sourceId)),
    ],
  );
}
