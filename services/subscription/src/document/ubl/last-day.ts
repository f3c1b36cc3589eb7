import type { LocalDate } from '@plinth/common/calendar';
import { localDateAt } from '@plinth/common/local-date';
import type { Span } from '../document.ts';

/** The last day of a span, whose end is the moment after it. */
export function lastDay({ start, end }: Span, timeZone: string): LocalDate {
  return localDateAt(timeZone, end > start ? new Date(end.getTime() - 1) : start);
}
