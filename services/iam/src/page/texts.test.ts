import { expect, it } from 'vitest';
import { fillIn, languages } from './texts.ts';

const flatten = (table: object): Map<string, string> =>
  new Map(
    Object.entries(table).flatMap(([section, texts]) =>
      Object.entries(texts as Record<string, string>).map(([key, text]) => [`${section}.${key}`, text] as const),
    ),
  );
const english = flatten(languages.en.texts);

it.each(Object.entries(languages))('has every text in %s, and none that is empty', (_locale, { texts }) => {
  const own = flatten(texts);
  expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  expect([...own].filter(([, text]) => text.trim() === '')).toEqual([]);
});

it.each(Object.entries(languages))('puts the same values into the texts of %s', (_locale, { texts }) => {
  const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
  for (const [key, text] of flatten(texts)) expect(placeholders(text), key).toEqual(placeholders(english.get(key)!));
});

it.each([
  ['en', /[“”’]/],
  ['de', /[„“]/],
] as const)('writes quotation marks of %s as they are written there', (locale, marks) => {
  const all = [...flatten(languages[locale].texts).values()].join('\n');
  expect(all).toMatch(marks);
  expect(all).not.toMatch(/["'`]|<|&\w+;/);
  if (locale === 'de') expect(all).not.toMatch(/[”’]/);
});

it('leaves a name without a value as it is', () => {
  expect(fillIn('{a} and {b}', { a: '{b}' })).toBe('{b} and {b}');
});
