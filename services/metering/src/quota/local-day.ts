const DAY_MS = 86_400_000;
const MOST_ZONES = 1000;

/** Calendar date without a zone, `YYYY-MM-DD`; texts compare as the dates do. */
export type LocalDate = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which a date begins in an IANA zone: the first midnight, or the end of the gap that skips it. */
export function startOfLocalDay(zone: string, date: LocalDate): Date {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // What the clocks show a day before is the offset before any change of this night.
  const before = midnight - offsetAt(zone, midnight - DAY_MS);
  if (wallTime(zone, before) === midnight) return new Date(before);
  const after = midnight - offsetAt(zone, midnight + DAY_MS);
  if (wallTime(zone, after) === midnight) return new Date(after);
  // Midnight does not exist: the change itself is the first instant at which the clocks show this date or a later one.
  let [early, late] = [Math.min(before, after) - DAY_MS / 4, Math.max(before, after) + DAY_MS / 4];
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000;
    if (wallTime(zone, middle) >= midnight) late = middle;
    else early = middle;
  }
  return new Date(late);
}

/** The date in whose [start, next start) an instant lies. */
export function localDateAt(zone: string, instant: Date): LocalDate {
  let date = addDays(new Date(wallTime(zone, instant.getTime())).toISOString().slice(0, 10), 1);
  while (startOfLocalDay(zone, date) > instant) date = addDays(date, -1);
  return date;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The date so many months later, on the same day or else the month's last: 31 Jan + 1 is 28 or 29 Feb (rule 8). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

function offsetAt(zone: string, milliseconds: number): number {
  return wallTime(zone, milliseconds) - milliseconds;
}

/** What a wall clock shows, as if it were UTC; in milliseconds, rounded down to seconds. */
function wallTime(zone: string, milliseconds: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    if (formats.size >= MOST_ZONES) formats.clear();
    // ISO 8601 as Swedish writes it: 2024-03-31 02:00:00.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return Date.parse(`${format.format(milliseconds).replace(' ', 'T')}Z`);
}
