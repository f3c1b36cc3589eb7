import { addDays, daysBetween } from './calendar.ts';
import type { LocalDate } from './calendar.ts';

const dayMilliseconds = 86_400_000;
const maximumZones = 1_024;
const maximumDaysPerZone = 4_096;

interface ZoneMemory {
  readonly format: Intl.DateTimeFormat;
  readonly dayStarts: Map<LocalDate, number>;
}

const zones = new Map<string, ZoneMemory>();

/**
 * The instant at which a calendar date begins in an IANA zone: the first midnight where clocks pass it twice, the end
 * of the gap where they skip it (as `startOfDay` of TC39 Temporal). A date that never happened, such as 30 December
 * 2011 in Apia, begins when the next one does and so has no length.
 */
export function startOfDay(zone: string, date: LocalDate): Date {
  return new Date(startOfDayMilliseconds(zone, date));
}

/**
 * The calendar date in whose [start, next start) an instant lies. It is the date on the wall clock, but for the
 * minutes that a change just after midnight repeats: those stay with the day that had begun, so days never overlap.
 */
export function localDateAt(zone: string, instant: Date): LocalDate {
  // Offsets are below a day, so the date is that of UTC or a neighbour; remembered starts find it without formatting.
  let date = addDays(instant.toISOString().slice(0, 10), 1);
  while (instant.getTime() < startOfDayMilliseconds(zone, date)) date = addDays(date, -1);
  return date;
}

/**
 * Days from one date to another that really happened in the zone: days of 23 and 25 hours count as one (rule 9), and
 * a date skipped by a move across the date line as none.
 */
export function countDays(zone: string, from: LocalDate, to: LocalDate): number {
  const elapsed = startOfDayMilliseconds(zone, to) - startOfDayMilliseconds(zone, from);
  return Math.min(daysBetween(from, to), Math.round(elapsed / dayMilliseconds));
}

function startOfDayMilliseconds(zone: string, date: LocalDate): number {
  const { format, dayStarts } = zoneMemory(zone);
  const known = dayStarts.get(date);
  if (known !== undefined) return known;
  const start = computeStart(format, date);
  if (dayStarts.size >= maximumDaysPerZone) dayStarts.clear();
  dayStarts.set(date, start);
  return start;
}

/** Midnight on the wall is an instant for each offset in force there; none of the two means that it was skipped. */
function computeStart(format: Intl.DateTimeFormat, date: LocalDate): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight)) throw new RangeError(`not a calendar date: ${date}`);
  const before = offsetAt(format, midnight - dayMilliseconds);
  const after = offsetAt(format, midnight + dayMilliseconds);
  // The larger offset gives the earlier instant.
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    const start = midnight - offset;
    if (offsetAt(format, start) === offset) return start;
  }
  return findEndOfGap(format, midnight);
}

function findEndOfGap(format: Intl.DateTimeFormat, midnight: number): number {
  // Offsets are below a day: the wall clock is before midnight at the one end and not at the other.
  let early = midnight / 1_000 - 93_600;
  let late = midnight / 1_000 + 93_600;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    const wall = middle * 1_000 + offsetAt(format, middle * 1_000);
    if (wall >= midnight) late = middle;
    else early = middle;
  }
  return late * 1_000;
}

/** Milliseconds by which the zone's wall clock is ahead of UTC at an instant; offsets are whole seconds. */
function offsetAt(format: Intl.DateTimeFormat, milliseconds: number): number {
  const wholeSeconds = Math.floor(milliseconds / 1_000) * 1_000;
  const field: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of format.formatToParts(wholeSeconds)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
}

function zoneMemory(zone: string): ZoneMemory {
  const known = zones.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (zones.size >= maximumZones) zones.clear();
  const memory: ZoneMemory = { format, dayStarts: new Map() };
  zones.set(zone, memory);
  return memory;
}
