import { formatMinor, minorDigits } from '@plinth/contracts';
import type { LocalDate } from '@plinth/common/calendar';
import type { Span } from './document.ts';

/** Writes values for a reader. Decimals stay text all the way: Intl formats the digits that it is given. */
export interface ValueFormat {
  /** An amount of smallest units with its currency. */
  money(minor: bigint): string;
  /** An exact amount in major units, with as many digits as it has. */
  price(amount: string): string;
  /** A plain number with as many digits as it has. */
  number(value: string): string;
  /** `19` is 19 %. */
  percent(value: string): string;
  /** The day of an instant in the document's zone. */
  date(instant: Date): string;
  day(date: LocalDate): string;
  /** From the first to the last day of a span. */
  span(span: Span): string;
}

export interface FormatContext {
  readonly locale: string;
  readonly currency: string;
  readonly timeZone: string;
}

const mostDigits = 24;
const dayMs = 86_400_000;

/** The values of documents in a locale, for example `1.234,50 €` of `de`; digits of a currency by ISO 4217. */
export function createFormat({ locale, currency, timeZone }: FormatContext): ValueFormat {
  const digits = minorDigits(currency);
  const style = { style: 'currency', currency, minimumFractionDigits: digits } as const;
  const money = new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: digits });
  const price = new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: mostDigits });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: mostDigits });
  const percent = new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent', maximumFractionDigits: mostDigits });
  const long = { year: 'numeric', month: 'long', day: 'numeric' } as const;
  const date = new Intl.DateTimeFormat(locale, { ...long, timeZone });
  const day = new Intl.DateTimeFormat(locale, { ...long, timeZone: 'UTC' });
  const range = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone });
  const write = (format: Intl.NumberFormat, text: string) => toPrintable(format.format(text as `${number}`));
  return {
    money: (minor) => write(money, formatMinor(minor, currency)),
    price: (amount) => write(price, amount),
    number: (value) => write(number, value),
    percent: (value) => write(percent, value),
    date: (instant) => toPrintable(date.format(instant)),
    day: (local) => toPrintable(day.format(new Date(`${local}T00:00:00Z`))),
    span: ({ start, end }) => {
      // The end is the moment after the last day; a span without length has the day that it lies on.
      const last = end.getTime() - start.getTime() > 1 ? new Date(end.getTime() - 1) : start;
      return toPrintable(
        last.getTime() - start.getTime() < dayMs / 2 ? range.format(start) : range.formatRange(start, last),
      );
    },
  };
}

/** Thin spaces, which some fonts lack, as the no-break space that every font has; a real minus instead of a hyphen. */
function toPrintable(text: string): string {
  return text.replaceAll(/[\u2009\u202F]/g, '\u00A0').replaceAll(/^-|(?<=\p{Sc}|\p{Z})-(?=\d)/gu, '\u2212');
}
