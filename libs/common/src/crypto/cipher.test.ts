import { expect, it } from 'vitest';
import { Secret } from '../config/secret.ts';
import { Cipher } from './cipher.ts';

const secret = new Secret('a secret of at least thirty-two characters');

it('gives a value back to whoever has secret, purpose and context', () => {
  const value = new Cipher(secret, 'totp').encrypt('grüße', 'row 1');
  expect(value.toString('utf8')).not.toContain('gr');
  expect(new Cipher(secret, 'totp').decrypt(value, 'row 1')).toBe('grüße');
});

it('refuses another secret, purpose or context, and a changed value', () => {
  const value = new Cipher(secret, 'totp').encrypt('text', 'row 1');
  expect(() => new Cipher(new Secret('another secret'), 'totp').decrypt(value, 'row 1')).toThrow();
  expect(() => new Cipher(secret, 'mail').decrypt(value, 'row 1')).toThrow();
  expect(() => new Cipher(secret, 'totp').decrypt(value, 'row 2')).toThrow();
  value[value.length - 1]! ^= 1;
  expect(() => new Cipher(secret, 'totp').decrypt(value, 'row 1')).toThrow();
});

it('never encrypts the same text to the same value', () => {
  const cipher = new Cipher(secret, 'totp');
  expect(cipher.encrypt('text', 'a').equals(cipher.encrypt('text', 'a'))).toBe(false);
});
