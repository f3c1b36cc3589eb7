import { expect, test } from 'vitest';
import { countDistinct, makeBatch } from './usage-events.ts';

test('one event in twenty is a repetition, with the same content', () => {
  const time = new Date(0);
  const batches = Array.from({ length: 100 }, (_, index) =>
    makeBatch({ run: 'run', accounts: ['a', 'b', 'c'], time }, index),
  );
  const byId = new Map<string, string>();
  for (const event of batches.flat()) {
    const text = JSON.stringify(event);
    expect(byId.get(event.id) ?? text).toBe(text);
    byId.set(event.id, text);
  }
  expect(byId.size).toBe(9500);
  expect(countDistinct(100)).toBe(9500);
});
