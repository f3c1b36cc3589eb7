import { createPrivateKey, createSign, createVerify } from 'node:crypto';
import { expect, it } from 'vitest';
import { generateSecret } from './generate-secret.ts';

it('makes another value each time', async () => {
  const values = await Promise.all(Array.from({ length: 20 }, () => generateSecret(undefined)));
  expect(new Set(values).size).toBe(20);
  for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
});

it.each([1, 16, 31, 32, 50])('makes exactly %d characters', async (characters) => {
  expect(await generateSecret({ characters })).toMatch(new RegExp(`^[\\w-]{${characters}}$`));
});

it('makes an RSA key of 4096 bits that signs', async () => {
  const pem = await generateSecret('rsa-key');
  expect(pem.split('\n')[0]).toBe('-----BEGIN RSA PRIVATE KEY-----');
  const key = createPrivateKey(pem);
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(4096);
  const signature = createSign('RSA-SHA256').update('text').sign(key);
  expect(createVerify('RSA-SHA256').update('text').verify(pem, signature)).toBe(true);
});
