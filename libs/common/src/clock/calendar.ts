const dayMilliseconds = 86_400_000;

/** Calendar date without a zone, `YYYY-MM-DD`; texts compare as the dates do. */
export type LocalDate = string;

/** Accepts a real date of the proleptic Gregorian calendar in ISO 8601 form (RFC 3339 full-date). */
export function parseLocalDate(text: string): LocalDate {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || fromDayNumber(midnight / dayMilliseconds) !== text) {
    throw new RangeError(`not a calendar date: ${text}`);
  }
  return text;
}

/** The date so many calendar days later. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** The date so many months later, on the same day or else the month's last: 31 Jan + 1 → 28 or 29 Feb (rule 8). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = split(date);
  const total = year * 12 + (month - 1) + months;
  const newYear = Math.floor(total / 12);
  const newMonth = total - newYear * 12 + 1;
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return `${pad(newYear, 4)}-${pad(newMonth, 2)}-${pad(newDay, 2)}`;
}

/** Calendar days from one date to another, negative when it lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** Calendar months from the month of one date to the month of another, whatever their days. */
export function monthsBetween(from: LocalDate, to: LocalDate): number {
  const [fromYear, fromMonth] = split(from);
  const [toYear, toMonth] = split(to);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function split(date: LocalDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function toDayNumber(date: LocalDate): number {
  return remember(dayNumbers, date, () => {
    const milliseconds = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(milliseconds)) throw new RangeError(`not a calendar date: ${date}`);
    return milliseconds / dayMilliseconds;
  });
}

function fromDayNumber(days: number): LocalDate {
  return remember(dates, days, () => new Date(days * dayMilliseconds).toISOString().slice(0, 10));
}

// Few days are asked for over and over: an invoice run works out the same boundaries for each subscription.
const mostRemembered = 10_000;
const dayNumbers = new Map<LocalDate, number>();
const dates = new Map<number, LocalDate>();

function remember<Key, Value>(known: Map<Key, Value>, key: Key, workOut: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = workOut();
    if (known.size >= mostRemembered) known.clear();
    known.set(key, value);
  }
  return value;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
