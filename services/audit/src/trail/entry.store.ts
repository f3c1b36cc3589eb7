import { plainArray, textArray, type Transaction } from '@plinth/common';
import type { ChainHead, Entry, Unchained } from './entry.ts';

export interface EntryFilter {
  readonly action?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly resourceIds?: readonly string[] | undefined;
  readonly actorId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

// Texts, so that neither a float nor a Date loses a digit between the database and the hash.
const occurredAtText = `to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const contentColumns = `event_id AS "eventId", ${occurredAtText} AS "occurredAt", action, resource_type AS "resourceType",
  resource_id AS "resourceId", actor_kind AS "actorKind", actor_id AS "actorId", actor_email AS "actorEmail", service,
  context::text, before::text, after::text`;
const columns = `tenant_id AS "tenantId", sequence::text, ${contentColumns},
  encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash`;

/** The head of the chain, locked until the transaction ends; makes the chain if it is not there. */
export async function lockHead(
  transaction: Transaction,
  tenantId: string,
): Promise<ChainHead & { readonly closed: boolean }> {
  const [, head] = await Promise.all([
    transaction.execute(
      `INSERT INTO audit.chains (tenant_id, sequence, hash) VALUES ($1, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING`,
      [tenantId],
    ),
    transaction.rows<ChainHead & { readonly closed: boolean }>(
      `SELECT sequence::text, encode(hash, 'hex') AS hash, closed_at IS NOT NULL AS closed
         FROM audit.chains WHERE tenant_id = $1 FOR UPDATE`,
      [tenantId],
    ),
  ]);
  return head[0]!;
}

/** The entries as the database will give them back, without those that it has already. Needs the chain's lock. */
export async function normalizeEntries(transaction: Transaction, entries: readonly Unchained[]): Promise<Unchained[]> {
  return transaction.rows<Unchained>(
    `SELECT ${contentColumns}
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                 $10::text[]::jsonb[], $11::text[]::jsonb[], $12::text[]::jsonb[]) WITH ORDINALITY
       AS given (event_id, occurred_at, action, resource_type, resource_id, actor_kind, actor_id, actor_email, service, context, before, after, place)
     WHERE NOT EXISTS (SELECT FROM audit.entries AS known WHERE known.event_id = given.event_id)
     ORDER BY place`,
    [entries.map((entry) => entry.eventId), ...contentParameters(entries).slice(1)],
  );
}

/** Inserts all entries with one statement. */
export async function insertEntries(
  transaction: Transaction,
  tenantId: string,
  entries: readonly Entry[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO audit.entries (event_id, occurred_at, action, resource_type, resource_id, actor_kind, actor_id, actor_email, service,
                                context, before, after, tenant_id, sequence, previous_hash, hash)
     SELECT event_id, occurred_at, action, resource_type, resource_id, actor_kind, actor_id, actor_email, service,
            context, before, after, $13::uuid, sequence, decode(previous_hash, 'hex'), decode(hash, 'hex')
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                 $10::text[]::jsonb[], $11::text[]::jsonb[], $12::text[]::jsonb[], $14::bigint[], $15::text[], $16::text[])
       AS given (event_id, occurred_at, action, resource_type, resource_id, actor_kind, actor_id, actor_email, service, context, before, after,
                 sequence, previous_hash, hash)`,
    [
      ...contentParameters(entries),
      tenantId,
      plainArray(entries.map((entry) => entry.sequence)),
      textArray(entries.map((entry) => entry.previousHash)),
      textArray(entries.map((entry) => entry.hash)),
    ],
  );
}

export async function moveHead(transaction: Transaction, tenantId: string, head: ChainHead): Promise<void> {
  await transaction.execute(`UPDATE audit.chains SET sequence = $2, hash = decode($3, 'hex') WHERE tenant_id = $1`, [
    tenantId,
    head.sequence,
    head.hash,
  ]);
}

export async function findEntry(
  transaction: Transaction,
  tenantId: string,
  eventId: string,
): Promise<Entry | undefined> {
  return transaction.findRow<Entry>(`SELECT ${columns} FROM audit.entries WHERE tenant_id = $1 AND event_id = $2`, [
    tenantId,
    eventId,
  ]);
}

/** Newest first, below the sequence `before`. */
export async function listEntries(
  transaction: Transaction,
  tenantId: string,
  filter: EntryFilter,
  limit: number,
  before: string | undefined,
): Promise<Entry[]> {
  const conditions: string[] = [];
  const parameters: unknown[] = [tenantId, limit];
  const add = (condition: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(` AND ${condition}$${parameters.push(value)}`);
  };
  add('sequence < ', before);
  add('action = ', filter.action);
  add('resource_type = ', filter.resourceType);
  add('resource_id = ', filter.resourceId);
  if (filter.resourceIds !== undefined)
    conditions.push(` AND resource_id = ANY ($${parameters.push([...filter.resourceIds])}::text[])`);
  add('actor_id = ', filter.actorId);
  add('occurred_at >= ', filter.from);
  add('occurred_at < ', filter.to);
  return transaction.rows<Entry>(
    `SELECT ${columns} FROM audit.entries WHERE tenant_id = $1${conditions.join('')} ORDER BY entries.sequence DESC LIMIT $2`,
    parameters,
  );
}

/** In the order of the chain, above the sequence `after`. */
export async function listChain(
  transaction: Transaction,
  tenantId: string,
  limit: number,
  after: string,
  filter: Pick<EntryFilter, 'from' | 'to'> = {},
): Promise<Entry[]> {
  return transaction.rows<Entry>(
    `SELECT ${columns} FROM audit.entries
     WHERE tenant_id = $1 AND sequence > $3
       AND ($4::timestamptz IS NULL OR occurred_at >= $4) AND ($5::timestamptz IS NULL OR occurred_at < $5)
     ORDER BY entries.sequence LIMIT $2`,
    [tenantId, limit, after, filter.from ?? null, filter.to ?? null],
  );
}

function contentParameters(entries: readonly Unchained[]): unknown[] {
  const textsOf = (read: (entry: Unchained) => string | null): Buffer => textArray(entries.map(read));
  return [
    plainArray(entries.map((entry) => entry.eventId)),
    plainArray(entries.map((entry) => entry.occurredAt)),
    textsOf((entry) => entry.action),
    textsOf((entry) => entry.resourceType),
    textsOf((entry) => entry.resourceId),
    textsOf((entry) => entry.actorKind),
    textsOf((entry) => entry.actorId),
    textsOf((entry) => entry.actorEmail),
    textsOf((entry) => entry.service),
    textsOf((entry) => entry.context),
    textsOf((entry) => entry.before),
    textsOf((entry) => entry.after),
  ];
}
