import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/**
 * The chain of what belongs to no tenant: the nil UUID of RFC 9562, which no tenant can have because tenants get
 * UUIDs of version 7.
 */
export const platformChainId = '00000000-0000-0000-0000-000000000000';

/** What the first entry of a chain has as the hash before it. */
export const genesisHash = '0'.repeat(64);

/** An entry exactly as the database holds it: what is hashed must not depend on how a driver reads it. */
export interface Entry {
  readonly tenantId: string;
  /** From 1 without gaps; a 64-bit integer as text. */
  readonly sequence: string;
  /** Id of the event that brought the record; the entry's id. */
  readonly eventId: string;
  /** UTC with microseconds. */
  readonly occurredAt: string;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorEmail: string | null;
  readonly service: string;
  /** JSON texts; null when the record has none, which is not the same as the JSON null. */
  readonly context: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** Hexadecimal, like `hash`. */
  readonly previousHash: string;
  readonly hash: string;
}

/** An entry that has no place in a chain yet. */
export type Unchained = Omit<Entry, 'tenantId' | 'sequence' | 'previousHash' | 'hash'>;

export interface ChainHead {
  readonly sequence: string;
  readonly hash: string;
}

/** The entry as one JSON object on one line, everything in it but the hash. */
export function renderContent(entry: Omit<Entry, 'hash'>): string {
  const members: [string, string | null][] = [
    ['format', '1'],
    ['tenantId', JSON.stringify(entry.tenantId)],
    ['sequence', JSON.stringify(entry.sequence)],
    ['eventId', JSON.stringify(entry.eventId)],
    ['occurredAt', JSON.stringify(entry.occurredAt)],
    ['action', JSON.stringify(entry.action)],
    ['resourceType', JSON.stringify(entry.resourceType)],
    ['resourceId', JSON.stringify(entry.resourceId)],
    ['actorKind', JSON.stringify(entry.actorKind)],
    ['actorId', JSON.stringify(entry.actorId)],
    ['actorEmail', entry.actorEmail === null ? null : JSON.stringify(entry.actorEmail)],
    ['service', JSON.stringify(entry.service)],
    ['context', entry.context],
    ['before', entry.before],
    ['after', entry.after],
    ['previousHash', JSON.stringify(entry.previousHash)],
  ];
  return `{${members.flatMap(([name, json]) => (json === null ? [] : [`"${name}":${json}`])).join(',')}}`;
}

/** SHA-256 over the canonical JSON of the entry's content, hexadecimal. */
export function hashEntry(entry: Omit<Entry, 'hash'>): string {
  return createHash('sha256')
    .update(canonicalJson(renderContent(entry)), 'utf8')
    .digest('hex');
}

/** Gives entries their places behind the head of a chain. */
export function chainEntries(tenantId: string, head: ChainHead, entries: readonly Unchained[]): Entry[] {
  let { sequence, hash } = head;
  return entries.map((entry) => {
    sequence = String(BigInt(sequence) + 1n);
    const content = { ...entry, tenantId, sequence, previousHash: hash };
    hash = hashEntry(content);
    return { ...content, hash };
  });
}
