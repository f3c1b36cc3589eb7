import { expect, test } from 'vitest';
import { formatQuantity, parseQuantity } from './quantity.ts';

test.each([
  ['0', '0'],
  ['1', '1'],
  [5, '5'],
  [0.1, '0.1'],
  ['0.10', '0.1'],
  ['-3.5', '-3.5'],
  ['123456789012345678.123456789012', '123456789012345678.123456789012'],
  ['0.000000000001', '0.000000000001'],
  ['-0.5', '-0.5'],
])('%j is %s', (value, expected) => {
  expect(formatQuantity(parseQuantity(value) as bigint)).toBe(expected);
});

test.each([
  '',
  '1e5',
  '.5',
  '5.',
  '+1',
  '0.0000000000001',
  '1234567890123456789',
  ' 1',
  null,
  undefined,
  {},
  true,
  Number.NaN,
  Infinity,
  1e21,
  9007199254740994,
])('%j is no quantity', (value) => {
  expect(parseQuantity(value)).toBeUndefined();
});
