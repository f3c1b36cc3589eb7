import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, monthsBetween, parseLocalDate } from './calendar.ts';

describe('calendar dates', () => {
  it('clamps to the end of a shorter month', () => {
    expect([1, 2, 3, 13, -11, 25].map((months) => addMonths('2023-01-31', months))).toEqual([
      '2023-02-28',
      '2023-03-31',
      '2023-04-30',
      '2024-02-29',
      '2022-02-28',
      '2025-02-28',
    ]);
  });

  it('knows that centuries are leap years only every four hundred years', () => {
    expect(addMonths('1999-12-31', 2)).toBe('2000-02-29');
    expect(addMonths('2099-12-31', 2)).toBe('2100-02-28');
  });

  it('counts days and months across years in both directions', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysBetween('2024-03-01', '2023-03-01')).toBe(-366);
    expect(monthsBetween('2024-01-31', '2023-11-01')).toBe(-2);
  });

  it('refuses text that is not a real date', () => {
    expect(parseLocalDate('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2023-02-29', '2024-13-01', '2024-1-1', '2024-01-01T00:00:00Z', '']) {
      expect(() => parseLocalDate(text), text).toThrow(RangeError);
    }
  });
});
