import { expect, test } from 'vitest';
import { BinaryRows } from './binary-rows.ts';
import { UsageGenerator, type GeneratedUsage } from './generated-usage.ts';

const uuid = (digit: string): string => `${digit.repeat(8)}-0000-7000-8000-000000000000`;
const usage: GeneratedUsage = {
  tenantId: uuid('a'),
  accounts: [uuid('b'), uuid('c'), uuid('d')],
  heavyShare: 0.5,
  from: new Date('2026-01-01T00:00:00Z'),
  to: new Date('2026-01-01T01:00:00Z'),
  events: 1000,
  series: [uuid('e'), uuid('f')],
};

/** Fields of the rows, as COPY reads them. */
function readRows(bytes: Buffer): Buffer[][] {
  const rows: Buffer[][] = [];
  for (let at = 19; bytes.readInt16BE(at) !== -1;) {
    const row: Buffer[] = [];
    const fields = bytes.readInt16BE(at);
    at += 2;
    while (row.length < fields) {
      const length = bytes.readInt32BE(at);
      row.push(bytes.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    rows.push(row);
  }
  return rows;
}

function readNumeric(bytes: Buffer): number {
  const digits = Array.from({ length: bytes.readInt16BE(0) }, (_, index) => bytes.readInt16BE(8 + 2 * index));
  return digits.reduce((value, digit) => value * 10_000 + digit, 0);
}

test('windows add up to the generated events', () => {
  const sinks = { events: new BinaryRows(), keys: new BinaryRows(), windows: new BinaryRows() };
  const generator = new UsageGenerator(usage);
  for (let number = 1; number <= usage.events; number += 1) generator.write(number, sinks);
  generator.closeWindow(sinks.windows, generator.timeOf(usage.events));
  const [events, keys, windows] = [sinks.events, sinks.keys, sinks.windows].map((rows) => readRows(rows.end()));
  const bytes = events!.map((row) => (JSON.parse(row[7]!.toString()) as { bytes: number }).bytes);
  const summed = bytes.filter((_, index) => events![index]![4]!.toString() === 'egress_bytes');
  expect(events).toHaveLength(usage.events);
  expect(keys!.map(([, hash]) => hash!.toString('hex'))).toEqual(events!.map((row) => row[1]!.toString('hex')));
  expect(new Set(keys!.map(([, hash]) => hash!.toString('hex'))).size).toBe(usage.events);
  expect(windows).toHaveLength(4 * 3 * 2);
  expect(windows!.reduce((sum, row) => sum + Number(row[4]!.readBigInt64BE()), 0)).toBe(usage.events);
  expect(windows!.reduce((sum, row) => sum + readNumeric(row[5]!), 0)).toBe(summed.reduce((sum, value) => sum + value));
});

test('the heavy account has its share', () => {
  const sinks = { events: new BinaryRows(), keys: new BinaryRows(), windows: new BinaryRows() };
  const generator = new UsageGenerator(usage);
  for (let number = 1; number <= usage.events; number += 1) generator.write(number, sinks);
  const accounts = readRows(sinks.events.end()).map((row) => row[5]!.toString('hex').slice(0, 1));
  expect(accounts.filter((account) => account === 'b').length / usage.events).toBeCloseTo(0.5, 1);
  expect(new Set(accounts)).toEqual(new Set(['b', 'c', 'd']));
});
