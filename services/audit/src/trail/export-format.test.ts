import { expect, test } from 'vitest';
import { chainEntries, genesisHash, type Unchained } from './entry.ts';
import { csvHeader, parseJsonLine, renderCsvLine, renderJsonLine } from './export-format.ts';

const content: Unchained = {
  eventId: '01990000-0000-7000-8000-000000000001',
  occurredAt: '2026-01-02T03:04:05.678901Z',
  action: 'plan.updated',
  resourceType: 'plan',
  resourceId: 'p1',
  actorKind: 'user',
  actorId: 'u1',
  actorEmail: null,
  service: 'product',
  context: null,
  before: 'null',
  after: '{"price": 12345678901234567890.10, "name": "Größe \\"L\\""}',
};
const [entry] = chainEntries('01990000-0000-7000-8000-00000000000a', { sequence: '0', hash: genesisHash }, [content]);

test('a line of the export has everything that the hash is made of', () => {
  const line = renderJsonLine(entry!);
  expect(line.endsWith('}\n')).toBe(true);
  const [again] = chainEntries(entry!.tenantId, { sequence: '0', hash: genesisHash }, [parseJsonLine(line)]);
  expect(again!.hash).toBe(entry!.hash);
  expect(parseJsonLine(line)).toMatchObject({ before: 'null', context: null, actorEmail: null });
});

test('CSV quotes what needs it and starts no formula', () => {
  const line = renderCsvLine({ ...entry!, actorId: '=HYPERLINK("x")', resourceId: 'a,b' });
  expect(csvHeader.split(',')[0]).toBe('sequence');
  expect(line).toContain(`,"a,b",user,"'=HYPERLINK(""x"")",`);
});
