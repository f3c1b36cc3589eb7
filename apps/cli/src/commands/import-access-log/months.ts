/** `2015-05` for an instant, in UTC: the accounts of a log live there. */
export function monthOf(time: Date): string {
  return time.toISOString().slice(0, 7);
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function firstDayOf(month: string): string {
  return `${month}-01`;
}

/** The month after: where a month's billing falls due. */
export function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return monthOf(new Date(Date.UTC(year, number, 1)));
}
