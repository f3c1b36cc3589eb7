import { expect, test } from 'vitest';
import { findUnstorableTexts } from './storable-text.ts';

test('names every text that cannot be stored by its path', () => {
  const body = { name: 'a\0b', list: ['fine 😀', '\ud800'], deep: { ok: 1, none: null, 'k\0': 1 } };
  expect(findUnstorableTexts(body, '').map((fault) => fault.path)).toEqual(['/name', '/list/1', '/deep']);
});

test('finds nothing in ordinary input', () => {
  expect(findUnstorableTexts({ text: 'Grüße 👋', number: 1, list: [true, null], nested: { a: ['b'] } }, '')).toEqual(
    [],
  );
});
