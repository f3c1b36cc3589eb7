import { dictionary } from '@zxcvbn-ts/language-common';
import { readFile } from 'node:fs/promises';
import { packagePath } from '@plinth/common';
import { beforeAll, expect, it } from 'vitest';
import { CommonPasswords, encodeCommonPasswords } from './common-passwords.ts';
import { isMonotonous, isPersonal, listForms } from './password-rules.ts';

const listed = dictionary['passwords-common'] as string[];
let common: CommonPasswords;
beforeAll(async () => {
  common = await CommonPasswords.load();
});
const isCommon = (password: string) => listForms(password).some((form) => common.has(form));

it('knows every password of the list from five characters on', () => {
  const long = listed.filter((password) => password.length >= 5);
  expect(long.length).toBeGreaterThan(40_000);
  expect(long.filter((password) => !common.has(password.toLowerCase()))).toEqual([]);
});

it('comes with the list that its script makes', async () => {
  const kept = await readFile(packagePath(import.meta.url, 'assets/common-passwords.bin'));
  expect(kept.equals(encodeCommonPasswords(listed))).toBe(true);
  expect(kept.length).toBeLessThan(500_000);
});

it('knows a common password with digits and signs around it, other letters or written twice', () => {
  for (const password of ['Password1234!', 'P4$$w0rd2024', '!!sunshine!!', 'dragondragon', '1234567890', 'Qwertyuiop'])
    expect(isCommon(password), password).toBe(true);
});

it('leaves alone what only contains a common word, and what nobody uses', () => {
  for (const password of [
    'correct horse',
    'my sunshine is green',
    'kT9#vLq2mZx8',
    'sunshine 1234567',
    'password-of-a-long-sentence',
  ])
    expect(isCommon(password), password).toBe(false);
});

it('takes nothing for a common password by chance', () => {
  const drawn = Array.from({ length: 20_000 }, (_, index) => `nobody-uses-this-${index}`);
  expect(drawn.filter((password) => common.has(password))).toEqual([]);
});

it('recognises rows and repetitions', () => {
  for (const password of ['abcdefghijkl', '9876543210', 'aaaaaaaaaaaa', '1212121212', 'ABCabcABCabc'])
    expect(isMonotonous(password), password).toBe(true);
  expect(isMonotonous('correct horse')).toBe(false);
});

it('recognises the address of its owner and the name of the product, in any letter case', () => {
  const owner = { email: 'Ann.Smith@example.test', productName: 'Plinth' };
  expect(isPersonal('xx-ANN.SMITH-xx', owner)).toBe(true);
  expect(isPersonal('my-pLiNtH-login', owner)).toBe(true);
  expect(isPersonal('correct horse', owner)).toBe(false);
  // Three letters are in half of all words.
  expect(isPersonal('annual report', { email: 'ann@example.test', productName: 'Plinth' })).toBe(false);
});
