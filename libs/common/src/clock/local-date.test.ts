import { describe, expect, it } from 'vitest';
import { addDays } from './calendar.ts';
import { countDays, localDateAt, startOfDay } from './local-date.ts';

function startText(zone: string, date: string): string {
  return startOfDay(zone, date).toISOString();
}

/** Whole numbers in [0, below), far apart for neighbours: the prime shares no factor with the ranges used. */
function spread(index: number, below: number): number {
  return (index * 7_919) % below;
}

/** The date by another road than the code takes: a formatter of its own, in a locale that writes ISO dates. */
function wallDate(zone: string, milliseconds: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(milliseconds);
}

describe('the start of a day', () => {
  it('is local midnight, by the offset of that day', () => {
    expect(startText('Europe/Berlin', '2024-01-15')).toBe('2024-01-14T23:00:00.000Z');
    expect(startText('Europe/Berlin', '2024-07-15')).toBe('2024-07-14T22:00:00.000Z');
    expect(startText('Asia/Kolkata', '2024-07-15')).toBe('2024-07-14T18:30:00.000Z');
    expect(startText('UTC', '2024-07-15')).toBe('2024-07-15T00:00:00.000Z');
  });

  it('is the end of the gap where midnight does not exist', () => {
    expect(startText('America/Sao_Paulo', '2018-11-04')).toBe('2018-11-04T03:00:00.000Z');
    expect(startText('Africa/Cairo', '2024-04-26')).toBe('2024-04-25T22:00:00.000Z');
    expect(startText('Asia/Beirut', '2024-03-31')).toBe('2024-03-30T22:00:00.000Z');
  });

  it('lets the day before last 25 hours where clocks go back at midnight', () => {
    expect(startText('America/Sao_Paulo', '2018-02-17')).toBe('2018-02-17T02:00:00.000Z');
    expect(startText('America/Sao_Paulo', '2018-02-18')).toBe('2018-02-18T03:00:00.000Z');
    expect(startText('Africa/Cairo', '2023-10-27')).toBe('2023-10-26T22:00:00.000Z');
  });

  it('is the first midnight where clocks pass it twice, and the repeated hour stays with the day begun', () => {
    expect(startText('America/Havana', '2024-11-03')).toBe('2024-11-03T04:00:00.000Z');
    expect(startText('America/St_Johns', '2010-11-07')).toBe('2010-11-07T02:30:00.000Z');
    expect(localDateAt('America/St_Johns', new Date('2010-11-07T02:45:00Z'))).toBe('2010-11-07');
    expect(localDateAt('America/St_Johns', new Date('2010-11-07T02:29:59.999Z'))).toBe('2010-11-06');
  });

  it('gives a date that never happened no length', () => {
    expect(startText('Pacific/Apia', '2011-12-30')).toBe('2011-12-30T10:00:00.000Z');
    expect(startText('Pacific/Apia', '2011-12-31')).toBe('2011-12-30T10:00:00.000Z');
    expect(localDateAt('Pacific/Apia', new Date('2011-12-30T10:00:00Z'))).toBe('2011-12-31');
    expect(localDateAt('Pacific/Apia', new Date('2011-12-30T09:59:59.999Z'))).toBe('2011-12-29');
  });

  it('honours offsets of seconds and changes of half an hour', () => {
    expect(startText('Africa/Monrovia', '1960-01-01')).toBe('1960-01-01T00:44:30.000Z');
    expect(startText('Australia/Lord_Howe', '2024-04-07')).toBe('2024-04-06T13:00:00.000Z');
    expect(startText('Australia/Lord_Howe', '2024-04-08')).toBe('2024-04-07T13:30:00.000Z');
  });

  it('refuses an unknown zone and a date that is not one', () => {
    expect(() => startOfDay('Mars/Olympus', '2024-01-01')).toThrow(RangeError);
    expect(() => startOfDay('UTC', 'tomorrow')).toThrow(RangeError);
  });

  it('is where the wall calendar first shows the date or a later one, in every zone there is', () => {
    for (const [index, zone] of Intl.supportedValuesOf('timeZone').entries()) {
      const date = addDays('1985-01-01', spread(index, 16_000));
      const start = startOfDay(zone, date).getTime();
      expect(wallDate(zone, start) >= date, `${zone} ${date}`).toBe(true);
      expect(wallDate(zone, start - 1_000) < date, `${zone} ${date}`).toBe(true);
      expect(localDateAt(zone, new Date(start)), `${zone} ${date}`).toBe(wallDate(zone, start));
      const later = start + spread(index, 200_000) * 1_000;
      expect(localDateAt(zone, new Date(later)), `${zone} ${later}`).toBe(wallDate(zone, later));
    }
  });
});

describe('counting days', () => {
  it('counts days of 23 and 25 hours as one', () => {
    expect(countDays('Europe/Berlin', '2024-03-01', '2024-04-01')).toBe(31);
    expect(countDays('Europe/Berlin', '2024-10-27', '2024-10-28')).toBe(1);
    expect(countDays('America/Sao_Paulo', '2018-11-04', '2018-11-05')).toBe(1);
  });

  it('leaves out a date that never happened', () => {
    expect(countDays('Pacific/Apia', '2011-12-01', '2012-01-01')).toBe(30);
    expect(countDays('Pacific/Apia', '2011-12-30', '2011-12-31')).toBe(0);
  });

  it('adds up however a span is cut', () => {
    for (const zone of ['Pacific/Apia', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/St_Johns']) {
      for (let run = 0; run < 100; run += 1) {
        const from = addDays('2011-06-01', spread(run, 300));
        const middle = addDays(from, spread(run + 100, 300));
        const to = addDays(middle, spread(run + 200, 300));
        expect(countDays(zone, from, middle) + countDays(zone, middle, to)).toBe(countDays(zone, from, to));
      }
    }
  });
});
