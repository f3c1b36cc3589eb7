import { genesisHash, hashEntry, type ChainHead, type Entry } from './trail/entry.ts';

/**
 * How a chain is broken: `entry_changed` – an entry does not have the hash of its content; `entry_missing` – a
 * sequence is left out; `entry_out_of_order` – a sequence comes twice or too late; `link_broken` – an entry does not
 * name the hash of the entry before it; `tail_missing` – entries before the head are gone; `head_wrong` – the head is
 * not the last entry; `head_missing` – there are entries and no head.
 */
export type ChainFault =
  | 'entry_changed'
  | 'entry_missing'
  | 'entry_out_of_order'
  | 'link_broken'
  | 'tail_missing'
  | 'head_wrong'
  | 'head_missing';

export interface ChainVerification {
  readonly valid: boolean;
  /** Entries that were found right. */
  readonly entries: number;
  /** The last entry that was found right: note it elsewhere, and a chain that was made anew shows. */
  readonly last: ChainHead;
  /** Sequence at which the chain is broken. */
  readonly brokenAt?: string;
  readonly reason?: ChainFault;
}

export interface ExpectedChain {
  /** The entry before the first one given; absent: the chain is given from its start. */
  readonly start?: ChainHead;
  /** What the chain must end with; `missing`: there is no head, so there may be no entry. Absent: any end is right. */
  readonly head?: ChainHead | 'missing';
}

export const emptyChain: ChainHead = { sequence: '0', hash: genesisHash };

/** Verifies the entries of one chain in their order. Pure: no clock, no database; it stops at the first fault. */
export async function verifyChain(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  expected: ExpectedChain = {},
): Promise<ChainVerification> {
  let last = expected.start ?? emptyChain;
  let count = 0;
  const broken = (brokenAt: string, reason: ChainFault): ChainVerification => ({
    valid: false,
    entries: count,
    last,
    brokenAt,
    reason,
  });
  for await (const entry of entries) {
    if (expected.head === 'missing') return broken(entry.sequence, 'head_missing');
    const next = String(BigInt(last.sequence) + 1n);
    const fault = findFault(entry, next, last.hash);
    if (fault !== undefined) return broken(fault === 'entry_missing' ? next : entry.sequence, fault);
    last = { sequence: entry.sequence, hash: entry.hash };
    count += 1;
  }
  if (expected.head === undefined || expected.head === 'missing') return { valid: true, entries: count, last };
  const { sequence, hash } = expected.head;
  if (BigInt(sequence) > BigInt(last.sequence)) return broken(String(BigInt(last.sequence) + 1n), 'tail_missing');
  if (sequence !== last.sequence || hash !== last.hash) return broken(sequence, 'head_wrong');
  return { valid: true, entries: count, last };
}

function findFault(entry: Entry, next: string, previousHash: string): ChainFault | undefined {
  const distance = BigInt(entry.sequence) - BigInt(next);
  if (distance > 0n) return 'entry_missing';
  if (distance < 0n) return 'entry_out_of_order';
  if (hashEntry(entry) !== entry.hash) return 'entry_changed';
  if (entry.previousHash !== previousHash) return 'link_broken';
  return undefined;
}
