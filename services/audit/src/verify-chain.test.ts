import { expect, test } from 'vitest';
import { chainEntries, hashEntry, type Entry, type Unchained } from './trail/entry.ts';
import { parseJsonLine, renderJsonLine } from './trail/export-format.ts';
import { emptyChain, verifyChain } from './verify-chain.ts';

const tenantId = '01990000-0000-7000-8000-00000000000a';

function buildChain(length: number): Entry[] {
  const contents = Array.from({ length }, (_, index): Unchained => ({
    eventId: `01990000-0000-7000-8000-0000000000${String(index + 10)}`,
    occurredAt: '2026-01-02T03:04:05.678901Z',
    action: 'plan.updated',
    resourceType: 'plan',
    resourceId: 'p1',
    actorKind: 'user',
    actorId: 'u1',
    actorEmail: 'a@example.com',
    service: 'product',
    context: null,
    before: null,
    after: `{"step": ${index}}`,
  }));
  return chainEntries(tenantId, emptyChain, contents);
}

const chain = buildChain(5);
const head = chain[4]!;

test('accepts a chain that ends with its head, and an empty one', async () => {
  expect(await verifyChain(chain, { head })).toEqual({
    valid: true,
    entries: 5,
    last: { sequence: '5', hash: head.hash },
  });
  expect(await verifyChain([], { head: emptyChain })).toMatchObject({ valid: true, entries: 0 });
  expect(await verifyChain([], { head: 'missing' })).toMatchObject({ valid: true, entries: 0 });
});

test('finds every changed member of an entry', async () => {
  const changes: Partial<Entry>[] = [
    { occurredAt: '2026-01-02T03:04:05.678902Z' },
    { action: 'plan.deleted' },
    { resourceType: 'plam' },
    { resourceId: 'p2' },
    { actorKind: 'api-key' },
    { actorId: 'u2' },
    { actorEmail: null },
    { service: 'audit' },
    { context: '{}' },
    { before: 'null' },
    { after: '{"step": 2.0}' },
    { after: null },
    { eventId: '01990000-0000-7000-8000-000000000099' },
    { tenantId: '01990000-0000-7000-8000-00000000000b' },
    { hash: head.hash },
  ];
  for (const change of changes) {
    const changed = chain.with(2, { ...chain[2]!, ...change });
    expect(await verifyChain(changed, { head }), JSON.stringify(change)).toMatchObject({
      valid: false,
      entries: 2,
      brokenAt: '3',
      reason: 'entry_changed',
    });
  }
});

test('finds an entry that was changed together with its hash', async () => {
  const content = { ...chain[2]!, actorId: 'u2' };
  const forged = { ...content, hash: hashEntry(content) };
  expect(await verifyChain(chain.with(2, forged), { head })).toMatchObject({ brokenAt: '4', reason: 'link_broken' });
  const lastContent = { ...head, actorId: 'u2' };
  expect(await verifyChain(chain.with(4, { ...lastContent, hash: hashEntry(lastContent) }), { head })).toMatchObject({
    brokenAt: '5',
    reason: 'head_wrong',
  });
});

test('finds removed entries, at the end too', async () => {
  expect(await verifyChain(chain.toSpliced(1, 1), { head })).toMatchObject({ brokenAt: '2', reason: 'entry_missing' });
  expect(await verifyChain(chain.slice(1), { head })).toMatchObject({ brokenAt: '1', reason: 'entry_missing' });
  expect(await verifyChain(chain.slice(0, 3), { head })).toMatchObject({ brokenAt: '4', reason: 'tail_missing' });
});

test('finds entries that changed places', async () => {
  const moved = chain.with(1, chain[2]!).with(2, chain[1]!);
  expect(await verifyChain(moved, { head })).toMatchObject({ valid: false, reason: 'entry_missing' });
  const renumbered = chain.with(1, { ...chain[2]!, sequence: '2' }).with(2, { ...chain[1]!, sequence: '3' });
  expect(await verifyChain(renumbered, { head })).toMatchObject({ brokenAt: '2', reason: 'entry_changed' });
  expect(await verifyChain([...chain, chain[3]!], { head })).toMatchObject({
    brokenAt: '4',
    reason: 'entry_out_of_order',
  });
});

test('finds a head that is not the last entry', async () => {
  expect(await verifyChain(chain, { head: { sequence: '5', hash: chain[3]!.hash } })).toMatchObject({
    brokenAt: '5',
    reason: 'head_wrong',
  });
  expect(await verifyChain(chain, { head: chain[3]! })).toMatchObject({ brokenAt: '4', reason: 'head_wrong' });
  expect(await verifyChain(chain, { head: 'missing' })).toMatchObject({ brokenAt: '1', reason: 'head_missing' });
});

test('verifies an export by itself, also one that starts in the middle', async () => {
  const lines = chain.map(renderJsonLine);
  expect(await verifyChain(lines.map(parseJsonLine), { head })).toMatchObject({ valid: true, entries: 5 });
  expect(await verifyChain(lines.slice(2).map(parseJsonLine), { start: chain[1]! })).toMatchObject({
    valid: true,
    entries: 3,
  });
  const changed = lines.with(2, lines[2]!.replace('"step": 2', '"step": 3'));
  expect(await verifyChain(changed.map(parseJsonLine))).toMatchObject({ brokenAt: '3', reason: 'entry_changed' });
});
