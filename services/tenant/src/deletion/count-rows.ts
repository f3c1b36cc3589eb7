import type { KeptRows } from '@plinth/contracts';
import type { DataHolder } from '../data-holders.ts';

/** What a service has of a tenant. */
export interface CountedRows {
  readonly service: string;
  /** Rows by table that a deletion deletes. */
  readonly remaining: Readonly<Record<string, number>>;
  readonly kept: readonly KeptRows[];
  readonly facts: Readonly<Record<string, string>>;
}

/** Counts the rows of a tenant in one service, in as many calls as it takes. */
export async function countRows({ service, functions }: DataHolder, tenantId: string): Promise<CountedRows> {
  const remaining: Record<string, number> = {};
  const kept = new Map<string, KeptRows>();
  for (let cursor: string | undefined; ;) {
    const page = await functions.countTenantData({ tenantId, ...(cursor === undefined ? {} : { cursor }) });
    for (const [table, rows] of Object.entries(page.remaining)) remaining[table] = (remaining[table] ?? 0) + rows;
    for (const part of page.kept)
      kept.set(part.table, { ...part, rows: part.rows + (kept.get(part.table)?.rows ?? 0) });
    cursor = page.nextCursor;
    if (cursor === undefined) return { service, remaining, kept: [...kept.values()], facts: page.facts ?? {} };
  }
}
