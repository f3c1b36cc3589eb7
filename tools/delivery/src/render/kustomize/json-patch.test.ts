import { expect, it } from 'vitest';
import { diffValues } from './json-patch.ts';

it.each([
  ['equal values', { a: [1] }, { a: [1] }, []],
  ['a changed value', { a: { b: 1 } }, { a: { b: 2 } }, [{ op: 'replace', path: '/a/b', value: 2 }]],
  ['a new key with a slash', {}, { 'a/b~c': 1 }, [{ op: 'add', path: '/a~1b~0c', value: 1 }]],
  ['a key that is gone', { a: 1 }, {}, [{ op: 'remove', path: '/a' }]],
  ['an item of a list', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, [{ op: 'replace', path: '/a/0/b', value: 2 }]],
  ['a longer list', { a: [1] }, { a: [1, 2] }, [{ op: 'replace', path: '/a', value: [1, 2] }]],
] as const)('names the least for %s', (_title, from, to, operations) => {
  expect(diffValues(from, to)).toEqual(operations);
});
