import { expect, it } from 'vitest';
import { generateApiKey, hashApiKey, isApiKey } from './key-format.ts';

it('generates keys of one form, each with its own prefix and a hash that is not the key', () => {
  const first = generateApiKey();
  const second = generateApiKey();
  expect(first.key).toMatch(/^plk_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/);
  expect(first.key.startsWith(`${first.prefix}_`)).toBe(true);
  expect(first.hash).toEqual(hashApiKey(first.key));
  expect(second.key).not.toBe(first.key);
});

it('accepts what it generated', () => {
  for (let index = 0; index < 200; index++) expect(isApiKey(generateApiKey().key)).toBe(true);
});

it('refuses a key with one character changed, cut off or added', () => {
  const { key } = generateApiKey();
  const changed = key.slice(0, 20) + (key[20] === 'a' ? 'b' : 'a') + key.slice(21);
  expect(isApiKey(changed)).toBe(false);
  expect(isApiKey(key.slice(0, -1))).toBe(false);
  expect(isApiKey(`${key}0`)).toBe(false);
  expect(isApiKey('')).toBe(false);
});

it('is recognized by the expression that secret scanners are given', () => {
  const published = /\bpl[ks]_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}\b/;
  for (const kind of ['plk', 'pls'] as const) expect(`x ${generateApiKey(kind).key} y`).toMatch(published);
  expect(isApiKey(generateApiKey('pls').key)).toBe(false);
});
