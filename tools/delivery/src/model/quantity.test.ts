import { expect, it } from 'vitest';
import { formatCpu, formatMemory, parseCpu, parseMemory } from './quantity.ts';

it.each([
  ['250m', 250],
  ['2', 2000],
  ['0.5', 500],
  ['0.25m', undefined],
  ['1 core', undefined],
  ['', undefined],
])('reads %s as %s thousandths of a core', (text, expected) => {
  expect(parseCpu(text)).toBe(expected);
});

it.each([
  ['256Mi', 256],
  ['2Gi', 2048],
  ['1.5Gi', 1536],
  ['512MB', undefined],
  ['512', undefined],
])('reads %s as %s MiB', (text, expected) => {
  expect(parseMemory(text)).toBe(expected);
});

it.each([100, 1000, 1500, 2000])('writes %d thousandths so that they are read the same', (value) => {
  expect(parseCpu(formatCpu(value))).toBe(value);
});

it.each([1, 512, 1024, 1536, 2048])('writes %d MiB so that they are read the same', (value) => {
  expect(parseMemory(formatMemory(value))).toBe(value);
});
