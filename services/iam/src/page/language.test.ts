import { expect, it } from 'vitest';
import { chooseLocale } from './language.ts';

const nothing = { asked: null, cookies: undefined, own: undefined, acceptLanguage: undefined };

it('takes what was chosen, then the cookie, the user’s own, what the browser asks for, and English', () => {
  const all = { asked: 'de', cookies: 'plinth.locale=en', own: 'en', acceptLanguage: 'en' };
  expect(chooseLocale(all)).toBe('de');
  expect(chooseLocale({ ...all, asked: null, cookies: 'a=b; plinth.locale=de' })).toBe('de');
  expect(chooseLocale({ ...all, asked: 'xx', cookies: undefined, own: 'de-AT' })).toBe('de');
  expect(chooseLocale({ ...nothing, acceptLanguage: 'fr, de-CH;q=0.8, en;q=0.7' })).toBe('de');
  expect(chooseLocale(nothing)).toBe('en');
});

it.each(['__proto__', 'constructor', 'DE', 'de-DE', ''])('knows no language %j', (asked) => {
  expect(chooseLocale({ ...nothing, asked })).toBe('en');
});
