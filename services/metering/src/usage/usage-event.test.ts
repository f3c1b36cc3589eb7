import { expect, test } from 'vitest';
import { hashEvent } from './usage-event.ts';

const id = '01938f3e-5c7a-7d2b-9e41-0a1b2c3d4e5f';

test('an identity is that of source and id together', () => {
  expect(hashEvent('/a', 'b1')).toMatch(/^[0-9a-f]{32}$/);
  expect(hashEvent('/a', 'b1')).toBe(hashEvent('/a', 'b1'));
  expect(hashEvent('/a', 'b1')).not.toBe(hashEvent('/ab', '1'));
});

test('identities of ids that begin with their time begin with it, whichever case they are written in', () => {
  expect(hashEvent('/a', id)).toMatch(/^01938f3e5c7a[0-9a-f]{20}$/);
  expect(hashEvent('/a', id.toUpperCase())).toMatch(/^01938f3e5c7a[0-9a-f]{20}$/);
  // Ids are texts: another spelling is another event, and so is the same id of another source.
  expect(hashEvent('/a', id)).not.toBe(hashEvent('/a', id.toUpperCase()));
  expect(hashEvent('/a', id)).not.toBe(hashEvent('/b', id));
});

test('other ids have no time', () => {
  const [random, long] = [id.replace('-7', '-4'), `${id}0`];
  for (const other of [random, long, 'order-17']) expect(hashEvent('/a', other).startsWith('01938f3e')).toBe(false);
});
