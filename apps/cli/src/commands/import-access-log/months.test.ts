import { expect, it } from 'vitest';
import { isMonth, monthAfter, monthOf } from './months.ts';

it('knows the month of an instant in UTC', () => {
  expect(monthOf(new Date('2015-05-31T23:59:59.999Z'))).toBe('2015-05');
});

it('knows the month after, over the end of a year too', () => {
  expect(['2015-05', '2015-11', '2015-12'].map(monthAfter)).toEqual(['2015-06', '2015-12', '2016-01']);
});

it('tells months from other text', () => {
  expect(['2015-05', '2015-13', '2015-5', 'May', '2015-05-01'].map(isMonth)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
