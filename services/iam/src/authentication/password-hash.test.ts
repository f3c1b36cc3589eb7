import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password-hash.ts';

it('hashes with argon2id at the parameters that OWASP asks for, salted anew each time', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(first).not.toBe(second);
});

it('accepts the password of a hash and no other', async () => {
  const hash = await hashPassword('correct horse');
  expect(await verifyPassword({ hash, password: 'correct horse' })).toBe(true);
  expect(await verifyPassword({ hash, password: 'correct horsf' })).toBe(false);
});

it('accepts the same password in another Unicode normal form', async () => {
  expect(
    await verifyPassword({ hash: await hashPassword('caf\u00e9 caf\u00e9'), password: 'cafe\u0301 cafe\u0301' }),
  ).toBe(true);
});

it('refuses a hash that is no PHC string instead of throwing', async () => {
  expect(await verifyPassword({ hash: 'plain', password: 'plain' })).toBe(false);
});
