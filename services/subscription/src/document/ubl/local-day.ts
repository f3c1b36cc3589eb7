import type { LocalDate } from '../../period/calendar.ts';
import type { Span } from '../document.ts';

/** The date of an instant in a zone. */
export function localDay(instant: Date, timeZone: string): LocalDate {
  // The Swedish locale writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(instant) as LocalDate;
}

/** The last day of a span, whose end is the moment after it. */
export function lastDay({ start, end }: Span, timeZone: string): LocalDate {
  return localDay(end > start ? new Date(end.getTime() - 1) : start, timeZone);
}
