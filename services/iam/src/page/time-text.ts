import type { Locale } from '../mail/locale.ts';
import { html, type Html } from './html.ts';
import { fillIn, type Texts } from './texts.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A moment for people. Where they are is not known: the time zone is said. */
export function formatTime(time: Date, locale: Locale, texts: Texts): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return fillIn(texts.common.utc, { time: format.format(time) });
}

export function formatDate(time: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}

/** How long ago, such as "5 minutes ago". */
export function formatAge(time: Date, now: Date, locale: Locale): string {
  const seconds = Math.max(0, Math.round((now.getTime() - time.getTime()) / 1000));
  const [count, unit] =
    seconds < hour
      ? ([Math.floor(seconds / minute), 'minute'] as const)
      : seconds < day
        ? ([Math.floor(seconds / hour), 'hour'] as const)
        : ([Math.floor(seconds / day), 'day'] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-count, unit);
}

/** How long somebody waits, such as "2 minutes". */
export function formatWait(seconds: number, locale: Locale): string {
  const [count, unit] = seconds < 2 * minute ? [seconds, 'second'] : [Math.ceil(seconds / minute), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(
    Number(count),
  );
}

/** A `time` element around a text about a moment. */
export function renderTime(time: Date, text: string): Html {
  return html`<time datetime="${time.toISOString()}">${text}</time>`;
}
