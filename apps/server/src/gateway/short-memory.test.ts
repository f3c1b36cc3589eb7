import { expect, test } from 'vitest';
import { ShortMemory } from './short-memory.ts';

test('asks once for callers that come together, again after the time, and does not keep failures', async () => {
  const memory = new ShortMemory<number>(500, 2);
  let asked = 0;
  const look = async (): Promise<number> => {
    asked += 1;
    if (asked === 3) throw new Error('failed');
    return asked;
  };
  expect(await Promise.all([memory.get('a', 0, look), memory.get('a', 10, look)])).toEqual([1, 1]);
  expect(memory.peek('a', 499)).toEqual({ value: 1 });
  expect(memory.peek('a', 500)).toBeUndefined();
  expect(await memory.get('a', 500, look)).toBe(2);
  await expect(memory.get('b', 0, look)).rejects.toThrow('failed');
  expect(await memory.get('b', 0, look)).toBe(4);
  await memory.get('c', 0, look);
  expect(memory.peek('a', 501)).toBeUndefined();
});
