import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SecretDefinition } from '../model/platform-model.ts';
import { writeSecrets } from './write-secrets.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'secrets');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const secrets: readonly SecretDefinition[] = [
  { name: 'app-password', doc: 'password', source: 'generated', workloads: ['api'] },
  {
    name: 'database-url',
    doc: 'address',
    source: 'derived',
    template: 'postgres://app:${app-password}@db/app',
    workloads: ['api'],
  },
  { name: 'stripe-key', doc: 'key of the Stripe account', source: 'provided', workloads: ['api'] },
];
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

it('makes random values, puts others together, and asks for the rest', async () => {
  const plan = await writeSecrets(secrets, folder);
  expect(plan.generate).toEqual(['app-password']);
  expect(plan.ask).toEqual([{ name: 'stripe-key', doc: 'key of the Stripe account' }]);
  expect(read('app-password')).toMatch(/^[\w-]{43}$/);
  expect(read('database-url')).toBe(`postgres://app:${read('app-password')}@db/app`);
  expect(readdirSync(folder)).toEqual(['.gitignore', 'app-password', 'database-url']);
  expect(read('.gitignore')).toBe('*\n');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('keeps what is there, and follows a password that somebody changed, percent-encoded', async () => {
  await writeSecrets(secrets, folder);
  writeFileSync(join(folder, 'app-password'), 'p@ss/word\n');
  const plan = await writeSecrets(secrets, folder);
  expect(plan.keep).toEqual(['app-password']);
  expect(read('app-password')).toBe('p@ss/word\n');
  expect(read('database-url')).toBe('postgres://app:p%40ss%2Fword@db/app');
});

it('makes values in the form that their reader takes, and keeps them', async () => {
  const formed: readonly SecretDefinition[] = [
    { name: 'cipher-key', doc: 'key', source: 'generated', form: { characters: 16 }, workloads: ['api'] },
    { name: 'token-key', doc: 'key', source: 'generated', form: 'rsa-key', workloads: ['api'] },
  ];
  await writeSecrets(formed, folder);
  const [cipherKey, tokenKey] = [read('cipher-key'), read('token-key')];
  expect(cipherKey).toMatch(/^[\w-]{16}$/);
  expect(tokenKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
  expect((await writeSecrets(formed, folder)).generate).toEqual([]);
  expect([read('cipher-key'), read('token-key')]).toEqual([cipherKey, tokenKey]);
});
