import { expect, it } from 'vitest';
import { languages } from './texts.ts';
import { formatAge, formatDate, formatTime, formatWait } from './time-text.ts';

const time = new Date('2026-03-01T17:05:00Z');

it('says moments in the words of the language, with their time zone', () => {
  expect(formatTime(time, 'en', languages.en.texts)).toMatch(/^Mar 1, 2026, 5:05\sPM UTC$/);
  expect(formatTime(time, 'de', languages.de.texts)).toBe('01.03.2026, 17:05 UTC');
  expect(formatDate(time, 'de')).toBe('1. März 2026');
});

it.each([
  [30, 'this minute', 'in dieser Minute'],
  [5 * 60, '5 minutes ago', 'vor 5 Minuten'],
  [3 * 3600, '3 hours ago', 'vor 3 Stunden'],
  [24 * 3600, 'yesterday', 'gestern'],
])('says how long ago %i seconds are', (seconds, en, de) => {
  const now = new Date(time.getTime() + seconds * 1000);
  expect([formatAge(time, now, 'en'), formatAge(time, now, 'de')]).toEqual([en, de]);
});

it('says how long to wait, rounded up', () => {
  expect([formatWait(1, 'en'), formatWait(61, 'de'), formatWait(121, 'en')]).toEqual([
    '1 second',
    '61 Sekunden',
    '3 minutes',
  ]);
});
